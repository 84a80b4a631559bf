import type { AddressText } from '../contract/addresses.ts'

/** What goes to `fetch`: path and query from the API's own root; method and, where the method has one, the body. */
export type OwnRequest = [address: string, init: { method: string; body?: string }]

/** Parts an input into path, query and body as the address has them. */
export function toRequest(text: AddressText, input: object): OwnRequest {
  const [method, path] = text.split(' ') as [string, string]
  const rest: Record<string, unknown> = { ...input }
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return inPath(value)
  })
  if (/^P/.test(method)) return [address, { method, body: JSON.stringify(rest) }]
  const query = new URLSearchParams()
  for (const name in rest) for (const one of [rest[name] ?? []].flat()) query.append(name, one as string) // it makes text of anything
  return [`${address}?${query}`.replace(/\?$/, ''), { method }]
}

/**
 * Nothing, `.` or `..` would be another address, and half a surrogate pair has no form in one: U+0000 goes in their place,
 * which the server takes in no input, so that its own answer says which member is wrong.
 */
function inPath(value: unknown): string {
  return encodeURIComponent(typeof value === 'string' && !/^\.{0,2}$|\p{Cs}/u.test(value) ? value : '\0')
}
