import {
  type CollectionAdditions,
  type CollectionShape,
  type CompiledCollection,
  collectionAdditions,
} from '@bursar/core/storage-adapter'
import type { Connection } from './database.ts'
import type { Statement } from './statement.ts'
import { qualified } from './table.ts'

/** A collection as a migration finds it. */
export interface Planned {
  readonly collection: CompiledCollection
  readonly before: CollectionShape | null
  readonly additions: CollectionAdditions
  /** The generation that is stored; 0 where there is none. */
  readonly stored: number
  /** The one that it will have. */
  readonly generation: number
}

/** What collections lack. */
export async function planMigration(
  connection: Connection,
  schema: string,
  collections: readonly CompiledCollection[],
): Promise<Planned[]> {
  const text = `select c.name, c.shape, c.generation, tried.value from ${withTried(schema)}`
  const [rows = []] = await connection.run([{ text, values: [collections.map(({ name }) => name)] }])
  const found = new Map(rows.map(([name, shape, ...numbers]) => [name, { shape, numbers: numbers.map(Number) }]))
  return collections.map((collection) => {
    const row = found.get(collection.name)
    const before = row === undefined ? null : (JSON.parse(row.shape ?? '') as CollectionShape) // written by keepShape
    const additions = collectionAdditions(before ?? emptyShape(collection.shape), collection.shape)
    const [stored = 0, tried = 0] = row?.numbers ?? []
    const isChanged = before === null || hasAny(additions)
    return { collection, before, additions, stored, generation: isChanged ? Math.max(stored, tried) + 1 : stored }
  })
}

function emptyShape(shape: CollectionShape): CollectionShape {
  return { ...shape, columns: [], numbers: [], unique: {}, indexes: {}, search: false }
}

/** Is there no table of it yet? */
export function isNew({ before }: Planned): boolean {
  return before === null
}

/** Is anything added? */
export function hasAny({ columns, unique, indexes, search }: CollectionAdditions): boolean {
  return search || columns.length + unique.length + indexes.length > 0
}

/** Before the name of a collection, in `_meta`: the highest generation that a migration of it has begun with. */
const TRIED = 'tried:'

/**
 * Keeps the generation that a migration begins with, for none may be used twice: rows that one filled and did not bring to
 * its end would be taken for filled by the next. `_collections` keeps the one in use, which older processes count from.
 */
export function keepTried(schema: string, { collection, generation }: Planned): Statement {
  return {
    text: `insert into ${qualified(schema, '_meta')} values ($1, $2)
      on conflict (name) do update set value = excluded.value`,
    values: [TRIED + collection.name, generation],
  }
}

/** The highest generation of each collection that is stored or that a migration has begun with. */
export async function generationsBegun(
  connection: Connection,
  schema: string,
  collections: readonly string[],
): Promise<Map<string | null | undefined, number>> {
  const text = `select c.name, greatest(c.generation, tried.value) from ${withTried(schema)}`
  const [rows = []] = await connection.run([{ text, values: [collections] }])
  return new Map(rows.map(([name, generation]) => [name, Number(generation)]))
}

/** Of `$1`, names of collections. */
function withTried(schema: string): string {
  return `${qualified(schema, '_collections')} c left join ${qualified(schema, '_meta')} tried
    on tried.name = '${TRIED}' || c.name where c.name = any($1::text[])`
}
