import type { AdminClient } from '../contract/admin-api.ts'
import { adminRoutes } from '../contract/admin-routes.ts'
import { clientBuilder } from '../contract/build-client.ts'
import type { ClientOptions } from './client-options.ts'
import { remoteInvoke } from './remote-invoke.ts'

const build = /* @__PURE__ */ clientBuilder<AdminClient>(adminRoutes, { prefix: 'admin.' })

/** The admin's operations over HTTP: the same client as `commerce.as(principal).admin`. */
export function createAdminClient(options: ClientOptions): AdminClient {
  return build(remoteInvoke(options))
}
