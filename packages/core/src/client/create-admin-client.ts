import type { AddressText } from '../contract/addresses.ts'
import type { AdminClient } from '../contract/admin-api.ts'
import { adminRoutes } from '../contract/admin-routes.ts'
import { mapMembers } from '../contract/map-members.ts'
import type { RouteAddress } from '../contract/route.ts'
import type { ClientOptions } from './client-options.ts'
import { remoteClient } from './remote-client.ts'

/** The admin's operations over HTTP: the same client as `commerce.as(principal).admin`. */
export function createAdminClient(options: ClientOptions): AdminClient {
  return remoteClient(
    mapMembers(adminRoutes, (operations) =>
      mapMembers<RouteAddress, AddressText>(operations, ({ method, path }) => `${method} ${path}` as AddressText),
    ),
    options,
  )
}
