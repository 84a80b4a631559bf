import type { ErrorCode } from '../errors/index.ts'
import type { Caller } from '../ports/index.ts'

/** Where an operation is over HTTP. */
export interface RouteAddress {
  /** HTTP method. */
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Path with `{parameters}`, each a member of the input. */
  readonly path: string
}

/** One operation of the API as data: what the handler, the docs and the rights need to know of it. */
export interface Route extends RouteAddress {
  /** Status of success. @default 200 */
  readonly status?: 200 | 201 | 204
  /** Who may call it. `service` needs the scope that `scope` names. */
  readonly who: readonly Caller[]
  /** Scope that a service needs. @default 'shop' */
  readonly scope?: 'shop' | 'admin' | 'read'
  /**
   * How far the role of a member of staff must reach: `operator` where the operation touches what all sites share and one
   * site's staff must not decide, such as keys and accounts. @default 'site'
   */
  readonly reach?: 'site' | 'operator'
  /** Errors of its own, besides the common ones. */
  readonly errors: readonly ErrorCode[]
  /** Does it take an idempotency key? @default 'none' */
  readonly key?: 'required' | 'optional'
  /** Does it take the version that the caller saw? @default 'none' */
  readonly version?: 'optional'
}
