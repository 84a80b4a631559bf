import type { Storage } from '@bursar/core'
import { postgresStorage } from '../postgres/index.ts'
import { sqliteStorage } from '../sqlite/index.ts'

/** Where the data of a shop are, as a process of its own can be told. */
export type RacePlace =
  /** Its file may grow to so many bytes. @default as far as the disk has room */
  | { readonly type: 'sqlite'; readonly maxFileBytes?: number | undefined }
  | { readonly type: 'postgres'; readonly url: string; readonly schema: string }

/** A storage on it. */
export function openStorage(place: RacePlace, file: string): Storage {
  if (place.type === 'sqlite') return sqliteStorage({ file, maxFileBytes: place.maxFileBytes })
  const { url, schema } = place
  // Two hundred buyers at once are to wait here, not to be turned away.
  return postgresStorage({ url, schema, maxConnections: 8, maxWaiting: 10_000, timeoutMs: 60_000 })
}
