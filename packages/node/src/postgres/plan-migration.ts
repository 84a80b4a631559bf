import {
  type CollectionAdditions,
  type CollectionShape,
  type CompiledCollection,
  collectionAdditions,
  SEARCH_WORDS,
} from '@bursar/core/storage-adapter'
import type { Connection } from './database.ts'
import type { Statement } from './statement.ts'
import { qualified } from './table.ts'

/** A collection as a migration finds it. */
export interface Planned {
  readonly collection: CompiledCollection
  readonly before: CollectionShape | null
  readonly additions: CollectionAdditions
  /** Are the words that it is found by those of older code? */
  readonly isReworded: boolean
  /** The generation that is stored, which older processes take for theirs; 0 where there is none. */
  readonly stored: number
  /** The one whose rows have all that was there before this migration. */
  readonly current: number
  /** The one that it will have. */
  readonly generation: number
}

/** What collections lack. */
export async function planMigration(
  connection: Connection,
  schema: string,
  collections: readonly CompiledCollection[],
): Promise<Planned[]> {
  const text = `select c.name, c.shape, c.generation, tried.value, words.value from ${withTried(schema)}
    left join ${qualified(schema, '_meta')} words on words.name = '${WORDS}' || c.name where ${ASKED}`
  const [rows = []] = await connection.run([{ text, values: [collections.map(({ name }) => name)] }])
  const found = new Map(rows.map(([name, shape, ...numbers]) => [name, { shape, numbers: numbers.map(Number) }]))
  return collections.map((collection) => {
    const row = found.get(collection.name)
    const before = row === undefined ? null : (JSON.parse(row.shape ?? '') as CollectionShape) // written by keepShape
    const additions = collectionAdditions(before ?? emptyShape(collection.shape), collection.shape)
    const [stored = 0, tried = 0, words = 0] = row?.numbers ?? []
    const isReworded = before?.search === true && words === 0
    const current = Math.max(stored, words)
    const isChanged = before === null || isReworded || hasAny(additions)
    const generation = isChanged ? Math.max(stored, tried) + 1 : current
    return { collection, before, additions, isReworded, stored, current, generation }
  })
}

function emptyShape(shape: CollectionShape): CollectionShape {
  return { ...shape, columns: [], numbers: [], unique: {}, indexes: {}, search: false }
}

/** Is there no table of it yet? */
export function isNew({ before }: Planned): boolean {
  return before === null
}

/** Is anything to be done for a collection that is in use? */
export function isWidened({ before, additions, isReworded }: Planned): boolean {
  return before !== null && (isReworded || hasAny(additions))
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
  const text = `select c.name, greatest(c.generation, tried.value) from ${withTried(schema)} where ${ASKED}`
  const [rows = []] = await connection.run([{ text, values: [collections] }])
  return new Map(rows.map(([name, generation]) => [name, Number(generation)]))
}

/**
 * Before the name of a collection, in `_meta`: the generation from which on rows have these words. `_collections` does not
 * tell it: an older process that starts would take it for its own, and what it writes would not be noted.
 */
const WORDS = `words${SEARCH_WORDS}:`

/** Keeps from which generation on rows have the words of this version. */
export function keepWords(schema: string, { collection, generation }: Planned): Statement[] {
  if (collection.search === null) return []
  const text = `insert into ${qualified(schema, '_meta')} values ($1, $2)
    on conflict (name) do update set value = excluded.value`
  return [{ text, values: [WORDS + collection.name, generation] }]
}

/** Names of collections. */
const ASKED = 'c.name = any($1::text[])'

function withTried(schema: string): string {
  return `${qualified(schema, '_collections')} c left join ${qualified(schema, '_meta')} tried
    on tried.name = '${TRIED}' || c.name`
}
