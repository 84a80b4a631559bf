import type { RouteTable } from '../contract/build-noun.ts'
import { mapMembers } from '../contract/map-members.ts'
import type { ClientOptions } from './client-options.ts'
import { remoteInvoke } from './remote-invoke.ts'

/** A client over HTTP. A page makes one, so its nouns are made at once; the server's are made when they are used. */
export function remoteClient<Client>(table: RouteTable, options: ClientOptions): Client {
  const client = mapMembers(table, (operations) =>
    mapMembers(
      operations,
      (route) =>
        (input = {}, call = {}) =>
          remoteInvoke(options, route, input, call),
    ),
  )
  return client as Client // the nouns of the table that the caller's type was checked against
}
