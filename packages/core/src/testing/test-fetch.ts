import type { Commerce } from '../commerce/commerce.ts'
import { decodeOptions, decodeRequest, type Operation, operations, toProblem } from '../contract/index.ts'
import { BursarError, isBursarError } from '../errors/index.ts'
import type { Principal } from '../ports/index.ts'

/**
 * A `fetch` that a commerce answers, on what the contract exports: each request's bytes are read and written as JSON.
 *
 * @param principalOf who calls, by the request's bearer and cart token.
 */
export function testFetch(
  commerce: Commerce,
  principalOf: (bearer: string | null, cartToken: string | undefined) => Principal,
): (address: string, init: RequestInit) => Promise<Response> {
  const answer = async (address: string, init: RequestInit): Promise<unknown> => {
    const url = new URL(address)
    const headers = new Headers(init.headers)
    const found = operationAt(init.method ?? 'GET', url.pathname)
    if (found === null) throw new BursarError('not_found')
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const input = decodeRequest(found.operation, { path: found.path, query: url.searchParams, body })
    const bearer = headers.get('authorization')?.replace('Bearer ', '') ?? null
    const caller = principalOf(bearer, headers.get('bursar-cart-token') ?? undefined)
    return commerce.invoke(
      found.operation.name,
      caller,
      input,
      decodeOptions((name) => headers.get(name)),
    )
  }
  return async (address, init) => {
    try {
      return Response.json(await answer(address, init))
    } catch (error) {
      if (!isBursarError(error)) throw error
      const headers = { 'content-type': 'application/problem+json' }
      return Response.json(toProblem(error), { status: error.status, headers })
    }
  }
}

const matchers = operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))

/** The operation that answers at an address, and what the address's parts say; null where there is none. */
export function operationAt(
  method: string,
  pathname: string,
): { operation: Operation; path: Record<string, string> } | null {
  for (const { operation, pattern } of matchers) {
    const groups = operation.route.method === method ? pattern.exec(pathname) : null
    if (groups === null) continue
    const parts = Object.entries(groups.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
    return { operation, path: Object.fromEntries(parts) }
  }
  return null
}
