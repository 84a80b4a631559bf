import type { RouteAddress } from '../contract/index.ts'
import { INVALID_INPUT } from '../errors/client-codes.ts'
import { clientError } from './client-error.ts'

/** Where a request goes, and what it carries. */
export interface Address {
  /** Path and query, from the API's own root. */
  address: string
  /** JSON, where the method has a body. */
  body: string | undefined
}

/** Parts an input into path, query and body as the route has them. @throws BursarError `invalid_input` */
export function toAddress({ method, path }: RouteAddress, input: object): Address {
  const rest: Record<string, unknown> = { ...input }
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return inPath(name, value)
  })
  if (/^P/.test(method)) return { address, body: JSON.stringify(rest) }
  const query = new URLSearchParams()
  for (const name in rest) {
    for (const one of [rest[name]].flat()) if (one !== undefined) query.append(name, String(one))
  }
  return { address: `${address}?${query}`.replace(/\?$/, ''), body: undefined }
}

/** An empty part, `.` or `..` would be another address: refused here as the server refuses it in process. */
function inPath(path: string, value: unknown): string {
  try {
    if (typeof value === 'string' && !/^\.{0,2}$/.test(value)) return encodeURIComponent(value)
  } catch {
    // Half a surrogate pair has no form in an address.
  }
  throw clientError(INVALID_INPUT, { issues: [{ path, message: `${path} cannot stand in an address.` }] })
}
