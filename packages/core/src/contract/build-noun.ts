import type { OperationOptions } from './common.ts'
import type { RouteAddress } from './route.ts'

/** Does one operation: in process by calling it, remote by a request. */
export type Invoke = (
  operation: string,
  input: unknown,
  options: OperationOptions,
  route: RouteAddress,
) => Promise<unknown>

/** Routes by noun and operation. */
export type RouteTable = { readonly [noun: string]: { readonly [operation: string]: RouteAddress } }

/** A noun's operations as methods, which may be taken off it. */
export function buildNoun(invoke: Invoke, operations: RouteTable[string], prefix: string): object {
  const noun: Record<string, (input?: unknown, options?: OperationOptions) => Promise<unknown>> = {}
  for (const [name, route] of Object.entries(operations)) {
    noun[name] = (input = {}, options = {}) => invoke(prefix + name, input, options, route)
  }
  return noun
}
