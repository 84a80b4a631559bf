import type { Logger } from '@bursar/core'
import { type CompiledCollection, HOLDS } from '@bursar/core/storage-adapter'
import { builtInStatements, FORMAT, NEWEST_INDEX } from './built-in.ts'
import { createStatements, searchOrder, searchOrderIndex } from './collection-statements.ts'
import type { Connection, Database } from './database.ts'
import { whileMigrating } from './migration-lock.ts'
import { changePatiently } from './patient-change.ts'
import { isNew, isWidened, planMigration } from './plan-migration.ts'
import { viewStatements, viewsAreCurrent } from './reporting-views.ts'
import { makeTable, qualified, type Table } from './table.ts'
import { widen } from './widen-collection.ts'

/** A migration of large tables takes its time, in milliseconds: a day. */
const LONGEST_MS = 24 * 60 * 60 * 1000

/**
 * Makes room for collections while others go on writing; answers their tables. What is added to a collection in use is
 * nullable, filled row by row, and indexed without locking writers out. Rows that older code writes meanwhile are noted
 * by a trigger and rewritten afterwards (see `repairStale`).
 */
export async function migrateCollections(
  database: Database,
  { schema, logger }: { schema: string; logger: Logger },
  collections: readonly CompiledCollection[],
): Promise<Table[]> {
  const hasAll = await lookAround(database, { schema, logger })
  const isReady = hasAll ? await tablesIfReady(database, schema, collections) : null
  if (isReady !== null) return isReady
  const migrate = (connection: Connection) =>
    whileMigrating(connection, { schema, logger }, async () => {
      await changePatiently(connection, builtInStatements(schema))
      await checkFormat(connection, schema)
      const planned = await planMigration(connection, schema, [HOLDS, ...collections])
      const added = planned.filter(isNew)
      await changePatiently(
        connection,
        added.flatMap((each) => createStatements(schema, each)),
      )
      for (const each of planned) if (isWidened(each)) await widen(connection, schema, each)
      for (const each of collections) if (each.search !== null) await indexSearchOrder(connection, schema, each)
      if (needsViews(collections) && !(await viewsAreCurrent(connection, schema))) {
        await changePatiently(connection, viewStatements(schema, namesOf(collections)))
      }
      const tables = planned.map(({ collection, generation }) => makeTable(schema, collection, generation))
      return tables.filter(({ collection }) => collection !== HOLDS)
    })
  return database.withConnection(migrate, { timeoutMs: LONGEST_MS })
}

/** Encodings in which a text is stored as its bytes in UTF-8, whatever stands in it. */
const ENCODINGS = ['UTF8', 'SQL_ASCII']

/**
 * Whether all that is built in is there. What is made in a database of another encoding cannot be searched, and refuses texts of other
 * alphabets: nothing is made there, and who is there already goes on.
 *
 * @throws Error that says what to do
 */
async function lookAround(
  database: Database,
  { schema, logger }: { schema: string; logger: Logger },
): Promise<boolean> {
  const [rows] = await database.run([
    {
      text: `select to_regclass($1) is not null, to_regclass($2) is not null, current_setting('server_encoding')`,
      values: [qualified(schema, '_collections'), qualified(schema, NEWEST_INDEX)],
    },
  ])
  const [isInstalled, isNewest, encoding] = rows?.[0] ?? []
  if (encoding && !ENCODINGS.includes(encoding)) {
    const message = `This database has the encoding ${encoding}, in which searches fail and not every text can be stored`
    if (isInstalled !== 't') {
      throw new Error(
        `${message}: make one by \`create database … template template0 encoding 'UTF8'\` and give its address.`,
      )
    }
    logger.warn(`${message}: move the shop to one of UTF8`, { encoding, schema })
  }
  return isInstalled === 't' && isNewest === 't'
}

/** The tables, where the schema is as it should be: what most processes find when they start. */
async function tablesIfReady(
  database: Database,
  schema: string,
  collections: readonly CompiledCollection[],
): Promise<Table[] | null> {
  return database.withConnection(async (connection) => {
    await checkFormat(connection, schema)
    const planned = await planMigration(connection, schema, collections)
    if (planned.some((each) => isNew(each) || isWidened(each))) return null
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

async function checkFormat(connection: Connection, schema: string): Promise<void> {
  const [rows] = await connection.run([
    { text: `select value from ${qualified(schema, '_meta')} where name = 'format'`, values: [] },
  ])
  const format = Number(rows?.[0]?.[0])
  if (format === FORMAT) return
  throw new TypeError(`This schema has format ${format}; this version of Bursar reads format ${FORMAT} only.`)
}

async function hasSearchOrder(connection: Connection, schema: string, { name }: CompiledCollection): Promise<boolean> {
  const text = 'select indisvalid from pg_index where indexrelid = to_regclass($1)'
  const [rows] = await connection.run([{ text, values: [qualified(schema, searchOrder(name))] }])
  return rows?.[0]?.[0] === 't'
}

/** Schemas of before searches had a bound lack it; one that was ended while it was made is made anew. */
async function indexSearchOrder(connection: Connection, schema: string, collection: CompiledCollection): Promise<void> {
  if (await hasSearchOrder(connection, schema, collection)) return
  const name = qualified(schema, searchOrder(collection.name))
  for (const text of [
    `drop index concurrently if exists ${name}`,
    searchOrderIndex(schema, collection.name, 'concurrently'),
  ]) {
    await connection.run([{ text, values: [] }])
  }
}
