import { searchEntries } from '@bursar/core/storage-adapter'
import type { Connection } from './database.ts'
import type { Statement, TextRow } from './statement.ts'
import { qualified, quoted, type Table } from './table.ts'
import { searchStatements } from './write-documents.ts'

/** Rows that are rewritten in one transaction. */
const BATCH = 200

const PLACE = '_op, _site, _id, _v, _body'

/** Computes columns and search entries of all rows that an older generation wrote. Writers are not kept out. */
export async function rewriteRows(connection: Connection, table: Table): Promise<void> {
  const text = `select ${PLACE} from ${table.name} where (_op, _site, _id) > ($1, $2, $3) and _gen < ${table.generation}
    order by _op, _site, _id limit ${BATCH}`
  for (let after: readonly string[] = ['', '', '']; ; ) {
    const [rows = []] = await connection.run([{ text, values: after }])
    if (rows.length > 0) await connection.run(rows.flatMap((row) => rewritten(table, row)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return
    after = last.slice(0, 3).map(String)
  }
}

/**
 * Rewrites what older code has written since the last migration, as the trigger `note_stale` has noted it; answers how
 * many rows there were.
 */
export async function repairStale(connection: Connection, schema: string, tables: readonly Table[]): Promise<number> {
  const stale = qualified(schema, '_stale')
  let repaired = 0
  for (const table of tables) {
    // Rows that are written again behind this pass are noted again, for the next: so it ends, however busy the shop.
    const text = `select s.op, s.site, s.id, d._v, d._body from ${stale} s left join ${table.name} d
      on d._op = s.op and d._site = s.site and d._id = s.id
      where s.collection = $1 and (s.op, s.site, s.id) > ($2, $3, $4) order by s.op, s.site, s.id limit ${BATCH}`
    for (let after: readonly string[] = ['', '', '']; ; ) {
      const [rows = []] = await connection.run([{ text, values: [table.collection.name, ...after] }])
      for (const row of rows) await repairRow(connection, stale, table, row)
      repaired += rows.length
      const last = rows.at(-1)
      if (last === undefined || rows.length < BATCH) break
      after = last.slice(0, 3).map(String)
    }
  }
  return repaired
}

async function repairRow(connection: Connection, stale: string, table: Table, row: TextRow): Promise<void> {
  const [operator = '', site = '', id = '', version] = row
  const place = [table.collection.name, operator, site, id]
  const forget = `delete from ${stale} where collection = $1 and op = $2 and site = $3 and id = $4`
  // Written again meanwhile: then it stays noted.
  const isSame = ` and exists (select 1 from ${table.name} where _op = $2 and _site = $3 and _id = $4 and _v = $5)`
  await connection.run(
    version === null || version === undefined
      ? [{ text: forget, values: place }]
      : [...rewritten(table, row), { text: forget + isSame, values: [...place, version] }],
  )
}

function rewritten(table: Table, row: TextRow): Statement[] {
  const [operator = '', site = '', id = '', version = '', text = 'null'] = row
  const body: unknown = JSON.parse(text ?? 'null')
  const { collection } = table
  const columns = collection.columns.map((column, index) => `${quoted(column)} = $${index + 5}`)
  const place = [operator ?? '', site ?? '', id ?? '']
  const update = `update ${table.name} set ${[`_gen = ${table.generation}`, ...columns].join(', ')}
    where _op = $1 and _site = $2 and _id = $3 and _v = $4`
  return [
    { text: update, values: [...place, version, ...collection.columnValues(body)] },
    ...(collection.search === null
      ? []
      : searchStatements(table, place, searchEntries(collection.search, body)).flat()),
  ]
}
