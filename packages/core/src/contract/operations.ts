import { adminRoutes } from './admin-routes.ts'
import type { OperationName } from './operation.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'

/** One operation of the contract. */
export interface Operation {
  /** `carts.addLine`, `admin.products.create`. */
  readonly name: OperationName
  /** `carts`, `admin.products`. */
  readonly noun: string
  /** What the handler, the client, the rights and the docs need to know of it. */
  readonly route: Route
}

type Table = { readonly [noun: string]: { readonly [operation: string]: Route } }

/** Every `json` operation, the storefront's first, each once. */
export const operations: readonly Operation[] = /* @__PURE__ */ listAll()

// Calls at top level are marked pure, so that a bundler can drop what a program does not use.
const byName: ReadonlyMap<string, Operation> = /* @__PURE__ */ indexByName()

/** The operation of this name, or undefined. */
export function findOperation(name: string): Operation | undefined {
  return byName.get(name)
}

/** Names of the parameters in a route's path, in their order. */
export function pathParameters(path: string): string[] {
  return Array.from(path.matchAll(/\{([^}]+)\}/g), ([, name]) => name ?? '')
}

function listAll(): Operation[] {
  return [...listed(routes, ''), ...listed(adminRoutes, 'admin.')]
}

function indexByName(): ReadonlyMap<string, Operation> {
  return new Map(operations.map((operation) => [operation.name, operation]))
}

function listed(table: Table, prefix: string): Operation[] {
  return Object.entries(table).flatMap(([noun, operationsOfNoun]) =>
    Object.entries(operationsOfNoun).map(([name, route]) => ({
      name: `${prefix}${noun}.${name}` as OperationName, // keys of the tables that the type is made of
      noun: `${prefix}${noun}`,
      route,
    })),
  )
}
