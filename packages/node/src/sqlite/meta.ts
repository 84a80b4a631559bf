import type { DatabaseSync } from 'node:sqlite'

/** A number that a file keeps about itself; null for one that it does not. */
export function metaValue(database: DatabaseSync, name: string): number | null {
  const row = database.prepare('select value from _meta where name = ?').get(name)
  return row === undefined ? null : Number(row.value)
}

/** Keeps a number about the file. */
export function setMeta(database: DatabaseSync, name: string, value: number): void {
  database
    .prepare('insert into _meta values (?, ?) on conflict (name) do update set value = excluded.value')
    .run(name, value)
}

/** Name of the number that says that rows of a collection stand where their ids say. */
export const placedRows = (collection: string): string => `rows:${collection}`
