import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { rowOfId } from '@bursar/node/sqlite'
import pg from 'pg'
import { isPostgres, type Place } from '../load/place.ts'

/** The tables of a shop, beside core: for rows that are written in the shape that core gave others. */
export interface RowStore {
  /** The rows that a condition finds, each as JSON text. */
  find(table: string, where: string): Promise<string[]>
  /** Adds rows, each as JSON text. */
  add(table: string, rows: readonly string[]): Promise<void>
  /** Statistics, and everything in its place; of these tables what fits is in memory, as after days of use. */
  close(warm: readonly string[]): Promise<void>
}

/** Opens the tables of a shop that nothing else has open. */
export function openRowStore(place: Place): Promise<RowStore> {
  return isPostgres(place) ? onPostgres(place) : onSqlite(place)
}

async function onSqlite(file: string): Promise<RowStore> {
  const database = new DatabaseSync(file)
  // Filled in one go, or not at all: nothing is flushed until the end.
  database.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000')
  const inserts = new Map<string, { columns: string[]; statement: StatementSync }>()
  const insertInto = (table: string, row: object) => {
    const columns = Object.keys(row)
    const marks = columns.map(() => '?')
    // A document goes where the storage would have put it.
    const [place, mark] = '_id' in row ? ['_rowid_,', '?,'] : ['', '']
    const names = columns.map((name) => `"${name}"`)
    const statement = database.prepare(`insert into "${table}" (${place} ${names}) values (${mark} ${marks})`)
    return { columns, statement }
  }
  return {
    find: async (table, where) =>
      database
        .prepare(`select * from "${table}" where ${where}`)
        .all()
        .map((row) => JSON.stringify(row)),
    async add(table, rows) {
      database.exec('begin')
      for (const text of rows) {
        const row = JSON.parse(text) as Record<string, SQLInputValue> // a row of this database, altered
        const { columns, statement } = inserts.get(table) ?? insertInto(table, row)
        inserts.set(table, { columns, statement })
        const { _op: operator, _site: site, _id: id } = row
        const place = id === undefined ? [] : [rowOfId(String(operator), String(site), String(id))]
        statement.run(...place, ...columns.map((name) => row[name] ?? null))
      }
      database.exec('commit')
    },
    async close() {
      database.exec('analyze; pragma journal_mode = wal')
      database.close()
      // The system keeps of it what it has room for.
      await once(createReadStream(file, { highWaterMark: 2 ** 20 }).resume(), 'close')
    },
  }
}

/** Reads tables and their indexes into the server's own buffers. */
const WARM = `
  select sum(pg_prewarm(found.oid)) from (
    select oid from pg_class where relkind = 'r' and relnamespace = 'bursar'::regnamespace and relname = any($1)
    union all
    select indexrelid from pg_index join pg_class on pg_class.oid = indrelid
    where relnamespace = 'bursar'::regnamespace and relname = any($1)
  ) found`

async function onPostgres(url: string): Promise<RowStore> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('set synchronous_commit = off; set search_path = bursar')
  return {
    async find(table, where) {
      const { rows } = await client.query(`select row_to_json(t)::text as row from "${table}" t where ${where}`)
      return rows.map(({ row }) => row)
    },
    async add(table, rows) {
      const text = `insert into "${table}" select * from json_populate_recordset(null::"${table}", $1::json)`
      await client.query(text, [`[${rows}]`])
    },
    async close(warm) {
      await client.query('vacuum (analyze)')
      await client.query('checkpoint')
      await client.query('create extension if not exists pg_prewarm')
      await client.query(WARM, [warm])
      await client.end()
    },
  }
}
