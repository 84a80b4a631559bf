import type { AddressText } from '../contract/addresses.ts'
import type { OperationOptions } from '../contract/index.ts'
import { mapMembers } from '../contract/map-members.ts'
import type { ClientOptions } from './client-options.ts'
import { remoteInvoke } from './remote-invoke.ts'

/** Where operations are, by noun and name. */
export type AddressTable = { readonly [noun: string]: { readonly [operation: string]: AddressText } }

/** A client over HTTP. A page makes one, so its nouns are made at once; the server's are made when they are used. */
export function remoteClient<Client>(table: AddressTable, options: ClientOptions): Client {
  if (typeof options.baseUrl !== 'string') throw new TypeError('baseUrl is missing.')
  const client = mapMembers(table, (operations) =>
    mapMembers(
      operations,
      (text) =>
        (input: object = {}, call: OperationOptions = {}) =>
          remoteInvoke(options, text, input, call),
    ),
  )
  return client as Client // the nouns of the table that the caller's type was checked against
}
