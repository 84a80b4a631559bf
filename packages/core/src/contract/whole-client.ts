import type { AdminClient } from './admin-api.ts'
import { adminRoutes } from './admin-routes.ts'
import type { CommerceClient } from './api.ts'
import { clientBuilder } from './build-client.ts'
import type { Invoke } from './build-noun.ts'
import { routes } from './routes.ts'

/** All operations: the storefront's and, under `admin`, the admin's. */
export interface WholeClient extends CommerceClient {
  /** What finance, support and catalog people call. */
  readonly admin: AdminClient
}

const build = /* @__PURE__ */ clientBuilder<WholeClient>(routes, {
  nested: { admin: /* @__PURE__ */ clientBuilder<AdminClient>(adminRoutes, { prefix: 'admin.' }) },
})

/** A client with every operation of the contract, such as `commerce.as(principal)`. Costs less than a microsecond. */
export function buildWholeClient(invoke: Invoke): WholeClient {
  return build(invoke)
}
