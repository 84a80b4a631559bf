import type { CompiledCollection } from '@bursar/core/storage-adapter'
import {
  columnDefinition,
  indexStatements,
  keepShape,
  type NewIndex,
  searchTableStatements,
} from './collection-statements.ts'
import { type Connection, StatementError } from './database.ts'
import { changePatiently } from './patient-change.ts'
import { hasAny, keepTried, keepWords, type Planned } from './plan-migration.ts'
import { brokenConstraint } from './postgres-error.ts'
import { rewriteRows } from './rewrite-rows.ts'
import type { Statement } from './statement.ts'
import { makeTable, qualified, quoted } from './table.ts'

const one = (text: string): Statement => ({ text, values: [] })

/** Adds to a collection that is in use. */
export async function widen(connection: Connection, schema: string, planned: Planned): Promise<void> {
  const { collection, additions, isReworded, stored, generation } = planned
  const indexes = indexStatements(schema, collection, additions, 'concurrently')
  await changePatiently(connection, [
    keepTried(schema, planned),
    ...(additions.columns.length > 0 ? [await columnStatement(connection, schema, planned)] : []),
    ...(additions.search ? [...emptySearchTables(schema, collection), noteRemoved(schema, collection)] : []),
    noteStale(schema, collection, generation),
  ])
  try {
    if (additions.columns.length > 0 || additions.search || isReworded) {
      await rewriteRows(connection, makeTable(schema, collection, generation))
    }
    await dropIndexes(connection, schema, indexes)
    for (const index of indexes) await connection.run([one(index.text)])
    // Older code that starts reads the words' generation nowhere, so that what it writes is noted.
    const kept = keepShape(schema, collection, hasAny(additions) ? generation : stored)
    await connection.run([kept, ...(additions.search || isReworded ? keepWords(schema, planned) : [])])
  } catch (error) {
    // What is left where that fails, as where the server is gone, binds older code to no more than what a process leaves that is killed.
    await undo(connection, schema, planned, indexes).catch(() => {})
    throw explained(error, collection, indexes)
  }
}

/** Waits for those who use them, and keeps nobody out. */
async function dropIndexes(connection: Connection, schema: string, indexes: readonly NewIndex[]): Promise<void> {
  for (const { name } of indexes) {
    await connection.run([one(`drop index concurrently if exists ${qualified(schema, name)}`)])
  }
}

/** Adds columns. Those that a migration left which did not come to its end are taken as they are, unless they hold another type. */
async function columnStatement(connection: Connection, schema: string, { collection, additions }: Planned) {
  const name = qualified(schema, collection.name)
  const [rows = []] = await connection.run([
    {
      text: `select attname from pg_attribute where attrelid = to_regclass($1) and attname = any($2::text[])
        and (atttypid = 'double precision'::regtype) <> (attname = any($3::text[]))`,
      values: [name, additions.columns, [...collection.numbers]],
    },
  ])
  const changes = [
    ...rows.map(([column]) => `drop column ${quoted(String(column))}`),
    ...additions.columns.map((column) => `add column if not exists ${columnDefinition(collection, column)}`),
  ]
  return one(`alter table ${name} ${changes.join(', ')}`)
}

/** What a migration left in them that did not come to its end may be of documents that are gone. */
function emptySearchTables(schema: string, collection: CompiledCollection): Statement[] {
  const { tokens, facets } = makeTable(schema, collection, 0)
  return [one(`drop table if exists ${tokens}, ${facets}`), ...searchTableStatements(schema, collection)]
}

/** Rows that code of before a generation writes are noted. */
function noteStale(schema: string, { name }: CompiledCollection, generation: number): Statement {
  return one(`create or replace trigger note_stale after insert or update on ${qualified(schema, name)} for each row
    when (new._gen < ${generation}) execute function ${qualified(schema, '_note_stale')}()`)
}

/** Documents that code removes which knows of no search are noted, for what they are found by. */
function noteRemoved(schema: string, { name }: CompiledCollection): Statement {
  return one(`create or replace trigger note_removed after delete on ${qualified(schema, name)} for each row
    execute function ${qualified(schema, '_note_removed')}()`)
}

/**
 * Takes back what would bind older code. New columns stay, which nobody reads: PostgreSQL counts those that are dropped among the
 * 1600 of a table, and a process that tries again all night would spend them.
 */
async function undo(
  connection: Connection,
  schema: string,
  { collection, additions, current }: Planned,
  indexes: readonly NewIndex[],
): Promise<void> {
  const table = qualified(schema, collection.name)
  await dropIndexes(connection, schema, indexes)
  await changePatiently(connection, [
    current > 1 ? noteStale(schema, collection, current) : one(`drop trigger if exists note_stale on ${table}`),
    ...(additions.search ? [one(`drop trigger if exists note_removed on ${table}`)] : []),
  ])
}

function explained(error: unknown, { name }: CompiledCollection, indexes: readonly NewIndex[]): unknown {
  const broken = error instanceof StatementError ? brokenConstraint(error.cause) : null
  const key = indexes.find((index) => index.name === broken)?.key
  if (!key) return error
  return new TypeError(`Collection "${name}" cannot be migrated: documents break its unique key "${key}".`, {
    cause: error,
  })
}
