import { buildNoun, type RouteTable } from '../contract/build-noun.ts'
import type { ClientOptions } from './client-options.ts'
import { remoteInvoke } from './remote-invoke.ts'

/** A client over HTTP. A page makes one, so its nouns are made at once; the server's are made when they are used. */
export function remoteClient<Client>(table: RouteTable, options: ClientOptions, prefix = ''): Client {
  const invoke = remoteInvoke(options)
  const nouns = Object.entries(table).map(([noun, operations]) => [
    noun,
    buildNoun(invoke, operations, `${prefix + noun}.`),
  ])
  return Object.fromEntries(nouns) // the nouns of the table that the caller's type was checked against
}
