import { statSync } from 'node:fs'
import pg from 'pg'
import { isPostgres, type Place } from '../load/place.ts'

/** Bytes that a shop's data take on disk, and the log of writes (WAL) beside them. */
export async function sizesOf(place: Place): Promise<{ data: number; log: number }> {
  if (!isPostgres(place)) return { data: sizeOf(place), log: sizeOf(`${place}-wal`) }
  const client = new pg.Client({ connectionString: place })
  await client.connect()
  const { rows } = await client.query(
    'select pg_database_size(current_database()) as data, (select sum(size) from pg_ls_waldir()) as log',
  )
  await client.end()
  return { data: Number(rows[0].data), log: Number(rows[0].log) }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
