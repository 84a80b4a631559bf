import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CollectionAdditions,
  type CollectionShape,
  type CompiledCollection,
  collectionAdditions,
  HOLDS,
} from '@bursar/core/storage-adapter'
import { builtInStatements, FORMAT, NEWEST_INDEX, TEXT } from './built-in.ts'
import { type Connection, type Database, StatementError } from './database.ts'
import { brokenConstraint } from './postgres-error.ts'
import { viewStatements, viewsAreCurrent } from './reporting-views.ts'
import { rewriteRows } from './rewrite-rows.ts'
import type { Statement } from './statement.ts'
import { listIndex, makeTable, qualified, quoted, type Table, uniqueIndex } from './table.ts'

/** One migration at a time holds this advisory lock of the database. A number of our own. */
const LOCK = 0x42555253
/** Between two tries for it, in milliseconds. A session that waited inside the server would keep indexes from being built. */
const LOCK_RETRY_MS = 25
/** A change of a table gives up rather than let all others wait behind it for longer. */
const LOCK_TIMEOUT = '3s'

/** A migration of large tables takes its time, in milliseconds: a day. */
const LONGEST_MS = 24 * 60 * 60 * 1000

/** A collection as a migration finds it. */
interface Planned {
  readonly collection: CompiledCollection
  readonly before: CollectionShape | null
  readonly additions: CollectionAdditions
  readonly generation: number
}

/**
 * Makes room for collections while others go on writing; answers their tables. What is added to a collection in use is
 * nullable, filled row by row, and indexed without locking writers out. Rows that older code writes meanwhile are noted
 * by a trigger and rewritten afterwards (see `repairStale`).
 */
export async function migrateCollections(
  database: Database,
  schema: string,
  collections: readonly CompiledCollection[],
): Promise<Table[]> {
  const isReady = await tablesIfReady(database, schema, collections)
  if (isReady !== null) return isReady
  const migrate = (connection: Connection) =>
    withLock(connection, async () => {
      await connection.run([BEGIN, ...builtInStatements(schema), COMMIT])
      await checkFormat(connection, schema)
      const planned = await planMigration(connection, schema, [HOLDS, ...collections])
      await connection.run([BEGIN, ...planned.filter(isNew).flatMap((each) => createStatements(schema, each)), COMMIT])
      for (const each of planned) if (!isNew(each) && hasAny(each.additions)) await widen(connection, schema, each)
      for (const each of collections) if (each.search !== null) await indexSearchOrder(connection, schema, each)
      if (needsViews(collections) && !(await viewsAreCurrent(connection, schema))) {
        await connection.run([BEGIN, ...viewStatements(schema, namesOf(collections)), COMMIT])
      }
      const tables = planned.map(({ collection, generation }) => makeTable(schema, collection, generation))
      return tables.filter(({ collection }) => collection !== HOLDS)
    })
  return database.withConnection(migrate, { timeoutMs: LONGEST_MS })
}

/** The tables, where the schema is as it should be: what most processes find when they start. */
async function tablesIfReady(
  database: Database,
  schema: string,
  collections: readonly CompiledCollection[],
): Promise<Table[] | null> {
  const [there] = await database.run([
    {
      text: 'select to_regclass($1) is not null and to_regclass($2) is not null',
      values: [qualified(schema, '_collections'), qualified(schema, NEWEST_INDEX)],
    },
  ])
  if (there?.[0]?.[0] !== 't') return null
  return database.withConnection(async (connection) => {
    await checkFormat(connection, schema)
    const planned = await planMigration(connection, schema, collections)
    if (planned.some((each) => isNew(each) || hasAny(each.additions))) return null
    for (const each of collections)
      if (each.search !== null && !(await hasSearchOrder(connection, schema, each))) return null
    if (needsViews(collections) && !(await viewsAreCurrent(connection, schema))) return null
    return planned.map(({ collection, generation }) => makeTable(schema, collection, generation))
  })
}

const namesOf = (collections: readonly CompiledCollection[]) => new Set(collections.map(({ name }) => name))

/** Views are of a shop's own collections: a storage of other things has none. */
function needsViews(collections: readonly CompiledCollection[]): boolean {
  const names = namesOf(collections)
  return names.has('orders') && names.has('journal')
}

async function withLock<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const ask = { text: `select pg_try_advisory_lock(${LOCK})`, values: [] }
  for (;;) {
    const [rows] = await connection.run([ask])
    if (rows?.[0]?.[0] === 't') break
    await sleep(LOCK_RETRY_MS)
  }
  const one = (text: string): Statement => ({ text, values: [] })
  await connection.run([one('set statement_timeout = 0')])
  try {
    return await work()
  } finally {
    const end = [ROLLBACK, one('reset statement_timeout'), one(`select pg_advisory_unlock(${LOCK})`)]
    await connection.run(end).catch(() => [])
  }
}

async function checkFormat(connection: Connection, schema: string): Promise<void> {
  const [rows] = await connection.run([
    { text: `select value from ${qualified(schema, '_meta')} where name = 'format'`, values: [] },
  ])
  const format = Number(rows?.[0]?.[0])
  if (format === FORMAT) return
  throw new TypeError(`This schema has format ${format}; this version of Bursar reads format ${FORMAT} only.`)
}

async function planMigration(
  connection: Connection,
  schema: string,
  collections: readonly CompiledCollection[],
): Promise<Planned[]> {
  const text = `select name, shape, generation from ${qualified(schema, '_collections')} where name = any($1::text[])`
  const [rows = []] = await connection.run([{ text, values: [collections.map(({ name }) => name)] }])
  const found = new Map(rows.map(([name, shape, generation]) => [name, { shape, generation: Number(generation) }]))
  return collections.map((collection) => {
    const row = found.get(collection.name)
    const before = row === undefined ? null : (JSON.parse(row.shape ?? '') as CollectionShape) // written by keepShape
    const additions = collectionAdditions(before ?? emptyShape(collection.shape), collection.shape)
    const isChanged = before === null || hasAny(additions)
    return { collection, before, additions, generation: (row?.generation ?? 0) + (isChanged ? 1 : 0) }
  })
}

function emptyShape(shape: CollectionShape): CollectionShape {
  return { ...shape, columns: [], numbers: [], unique: {}, indexes: {}, search: false }
}

function isNew({ before }: Planned): boolean {
  return before === null
}

function hasAny({ columns, unique, indexes, search }: CollectionAdditions): boolean {
  return search || columns.length + unique.length + indexes.length > 0
}

function createStatements(schema: string, { collection, additions, generation }: Planned): Statement[] {
  const { name } = qualifiedTable(schema, collection)
  const own = collection === HOLDS ? ', _n bigint not null, _state text not null' : ''
  // What is asked first is asked of tables without statistics; so they are to come soon.
  const analyzed = 'autovacuum_analyze_threshold = 50, autovacuum_analyze_scale_factor = 0.02'
  // Room on each page for the next version of what stands there: the first change of a full page's row costs all its indexes.
  const settings = collection.isAppendOnly ? analyzed : `${analyzed}, fillfactor = 75`
  return [
    {
      text: `create table ${name} (
        _op ${TEXT} not null, _site ${TEXT} not null, _id ${TEXT} not null, _v integer not null,
        _gen smallint not null default 1, _body json not null${own}
        ${collection.columns.map((column) => `, ${columnDefinition(collection, column)}`).join('')},
        constraint ${quoted(`${collection.name}_pkey`)} primary key (_op, _site, _id)
      ) with (${settings})`,
      values: [],
    },
    ...(collection.search === null ? [] : searchTableStatements(schema, collection)),
    ...indexStatements(schema, collection, additions).map(({ text }) => ({ text, values: [] })),
    keepShape(schema, collection, generation),
  ]
}

function qualifiedTable(schema: string, collection: CompiledCollection): { name: string } {
  return { name: qualified(schema, collection.name) }
}

function columnDefinition(collection: CompiledCollection, column: string): string {
  return `${quoted(column)} ${collection.numbers.has(column) ? 'double precision' : TEXT}`
}

function searchTableStatements(schema: string, { name }: CompiledCollection): Statement[] {
  const place = `_op ${TEXT} not null, _site ${TEXT} not null`
  const [tokens, facets] = [`_tokens_${name}`, `_facets_${name}`]
  return [
    `create table if not exists ${qualified(schema, tokens)} (${place}, token ${TEXT} not null, id ${TEXT} not null,
      weight integer not null, primary key (_op, _site, token, id))`,
    `create index if not exists ${quoted(`${tokens}_place`)} on ${qualified(schema, tokens)} (_op, _site, id)`,
    searchOrderIndex(schema, name),
    `create table if not exists ${qualified(schema, facets)} (${place}, facet ${TEXT} not null, value ${TEXT} not null,
      id ${TEXT} not null, primary key (_op, _site, facet, value, id))`,
    `create index if not exists ${quoted(`${facets}_place`)} on ${qualified(schema, facets)} (_op, _site, id)`,
  ].map((text) => ({ text, values: [] }))
}

/** In this order a search reaches the entries of a token. */
function searchOrderIndex(schema: string, name: string, how = ''): string {
  return `create index ${how} if not exists ${quoted(searchOrder(name))} on ${qualified(schema, `_tokens_${name}`)}
    (_op, _site, token, weight desc, id)`
}

const searchOrder = (name: string): string => `_tokens_${name}_order`

async function hasSearchOrder(connection: Connection, schema: string, { name }: CompiledCollection): Promise<boolean> {
  const text = 'select indisvalid from pg_index where indexrelid = to_regclass($1)'
  const [rows] = await connection.run([{ text, values: [qualified(schema, searchOrder(name))] }])
  return rows?.[0]?.[0] === 't'
}

/** Schemas of before searches had a bound lack it; one that was ended while it was made is made anew. */
async function indexSearchOrder(connection: Connection, schema: string, collection: CompiledCollection): Promise<void> {
  if (await hasSearchOrder(connection, schema, collection)) return
  const name = qualified(schema, searchOrder(collection.name))
  for (const text of [`drop index if exists ${name}`, searchOrderIndex(schema, collection.name, 'concurrently')]) {
    await connection.run([{ text, values: [] }])
  }
}

interface NewIndex {
  readonly name: string
  /** The unique key that it holds, or null. */
  readonly key: string | null
  readonly text: string
}

function indexStatements(
  schema: string,
  collection: CompiledCollection,
  additions: CollectionAdditions,
  how = '',
): NewIndex[] {
  const { name: table } = qualifiedTable(schema, collection)
  const unique = additions.unique.map((key): NewIndex => {
    const name = uniqueIndex(collection.name, key)
    const columns = (collection.unique.get(key) ?? []).map(quoted)
    return { name, key, text: `create unique index ${how} ${quoted(name)} on ${table} (_op, _site, ${columns})` }
  })
  const lists = additions.indexes.map((index): NewIndex => {
    const name = listIndex(collection.name, index)
    const columns = (collection.indexes.get(index) ?? []).map(quoted)
    const isThere = columns.map((column) => `${column} is not null`).join(' and ')
    const text = `create index ${how} ${quoted(name)} on ${table} (_op, _site, ${columns}, _id) where ${isThere}`
    return { name, key: null, text }
  })
  return [...unique, ...lists]
}

function keepShape(schema: string, { name, shape }: CompiledCollection, generation: number): Statement {
  return {
    text: `insert into ${qualified(schema, '_collections')} values ($1, $2, $3)
      on conflict (name) do update set shape = excluded.shape, generation = excluded.generation`,
    values: [name, JSON.stringify(shape), generation],
  }
}

/** Adds to a collection that is in use. */
async function widen(connection: Connection, schema: string, planned: Planned): Promise<void> {
  const { collection, additions, generation } = planned
  const { name } = qualifiedTable(schema, collection)
  const indexes = indexStatements(schema, collection, additions, 'concurrently')
  const added = additions.columns.map((column) => `add column if not exists ${columnDefinition(collection, column)}`)
  const one = (text: string): Statement => ({ text, values: [] })
  await connection.run([
    BEGIN,
    one(`set local lock_timeout = '${LOCK_TIMEOUT}'`),
    ...(added.length > 0 ? [one(`alter table ${name} ${added.join(', ')}`)] : []),
    ...(additions.search ? searchTableStatements(schema, collection) : []),
    one(`create or replace trigger note_stale after insert or update on ${name} for each row
      when (new._gen < ${generation}) execute function ${qualified(schema, '_note_stale')}()`),
    COMMIT,
  ])
  try {
    if (added.length > 0 || additions.search) {
      await rewriteRows(connection, makeTable(schema, collection, generation))
    }
    for (const index of indexes) {
      await connection.run([one(`drop index if exists ${qualified(schema, index.name)}`)])
      await connection.run([one(index.text)])
    }
    await connection.run([keepShape(schema, collection, generation)])
  } catch (error) {
    await undo(connection, schema, planned, indexes)
    throw explained(error, collection, indexes)
  }
}

async function undo(
  connection: Connection,
  schema: string,
  { collection, additions }: Planned,
  indexes: readonly NewIndex[],
): Promise<void> {
  const { name } = qualifiedTable(schema, collection)
  const dropped = additions.columns.map((column) => `drop column if exists ${quoted(column)}`)
  const texts = [
    ...indexes.map((index) => `drop index if exists ${qualified(schema, index.name)}`),
    ...(dropped.length > 0 ? [`alter table ${name} ${dropped.join(', ')}`] : []),
    `drop trigger if exists note_stale on ${name}`,
  ]
  await connection.run(texts.map((text) => ({ text, values: [] })))
}

function explained(error: unknown, { name }: CompiledCollection, indexes: readonly NewIndex[]): unknown {
  const broken = error instanceof StatementError ? brokenConstraint(error.cause) : null
  const key = indexes.find((index) => index.name === broken)?.key
  if (!key) return error
  return new TypeError(`Collection "${name}" cannot be migrated: documents break its unique key "${key}".`, {
    cause: error,
  })
}

const BEGIN: Statement = { text: 'begin', values: [] }
const COMMIT: Statement = { text: 'commit', values: [] }
const ROLLBACK: Statement = { text: 'rollback', values: [] }
