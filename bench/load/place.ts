import type { Storage } from '@bursar/core'
import type { Traffic } from '@bursar/node/postgres'
import { postgresStorage } from '@bursar/node/postgres'
import { sqliteStorage } from '@bursar/node/sqlite'

/** What a shop is kept in: the path of a SQLite file, or the URL of a PostgreSQL database. */
export type Place = string

export const isPostgres = (place: Place): boolean => place.startsWith('postgres:')

/** Opens the storage, and what counts its statements where they can be counted. */
export function openPlace(place: Place): { storage: Storage; sent: () => Traffic } {
  if (!isPostgres(place))
    return { storage: sqliteStorage({ file: place }), sent: () => ({ roundTrips: 0, statements: 0 }) }
  const storage = postgresStorage({ url: place })
  return { storage, sent: () => storage.sent }
}
