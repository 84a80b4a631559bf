import { searchEntries } from '@bursar/core/storage-adapter'
import { type Connection, StatementError } from './database.ts'
import type { Statement, TextRow } from './statement.ts'
import { qualified, quoted, type Table } from './table.ts'
import { searchStatements } from './write-documents.ts'

/** Rows that are rewritten in one transaction. */
const BATCH = 200

const PLACE = '_op, _site, _id, _v, _body'

/** Rows of one operator and site, and the last of them: a pass that went on to those that come meanwhile would never end. */
interface Stretch {
  readonly place: readonly [operator: string, site: string]
  readonly last: string
}

/** Computes columns and search entries of all rows that an older generation wrote. Writers are not kept out. */
export async function rewriteRows(connection: Connection, table: Table): Promise<void> {
  const stretches = `select _op, _site, max(_id) from ${table.name} where _gen < ${table.generation} group by _op, _site`
  const rows = `select ${PLACE} from ${table.name} where _op = $1 and _site = $2 and _id > $3 and _id <= $4
    and _gen < ${table.generation} order by _id limit ${BATCH}`
  const work = (found: readonly TextRow[]) => runEach(connection, found, (row) => rewritten(table, row))
  for (const stretch of await stretchesOf(connection, { text: stretches, values: [] })) {
    await eachBatch(connection, { stretch, text: rows, values: [] }, work)
  }
}

/**
 * Rewrites what older code has written since the last migration, as the trigger `note_stale` has noted it; answers how
 * many rows there were. What is noted while it works is left to the next pass.
 */
export async function repairStale(connection: Connection, schema: string, tables: readonly Table[]): Promise<number> {
  const stale = qualified(schema, '_stale')
  let repaired = 0
  for (const table of tables) {
    const values = [table.collection.name]
    const stretches = `select op, site, max(id) from ${stale} where collection = $1 group by op, site`
    const rows = `select s.op, s.site, s.id, d._v, d._body from ${stale} s left join ${table.name} d
      on d._op = s.op and d._site = s.site and d._id = s.id
      where s.op = $1 and s.site = $2 and s.id > $3 and s.id <= $4 and s.collection = $5 order by s.id limit ${BATCH}`
    for (const stretch of await stretchesOf(connection, { text: stretches, values })) {
      await eachBatch(connection, { stretch, text: rows, values }, async (found) => {
        await runEach(connection, found, (row) => repairStatements(stale, table, row))
        repaired += found.length
      })
    }
  }
  return repaired
}

async function stretchesOf(connection: Connection, statement: Statement): Promise<Stretch[]> {
  const [rows = []] = await connection.run([statement])
  return rows.map(([operator, site, last]) => ({ place: [String(operator), String(site)], last: String(last) }))
}

/** Works through the rows of a stretch, of which the third column is the id. */
async function eachBatch(
  connection: Connection,
  { stretch, text, values }: { stretch: Stretch; text: string; values: readonly string[] },
  work: (rows: readonly TextRow[]) => Promise<unknown>,
): Promise<void> {
  for (let after = ''; ; ) {
    const [rows = []] = await connection.run([{ text, values: [...stretch.place, after, stretch.last, ...values] }])
    if (rows.length > 0) await work(rows)
    if (rows.length < BATCH) return
    after = String(rows.at(-1)?.[2])
  }
}

/** In one transaction; where it meets one of a writer that took its rows in another order, each row in one of its own. */
async function runEach(
  connection: Connection,
  rows: readonly TextRow[],
  statementsOf: (row: TextRow) => Statement[],
): Promise<void> {
  try {
    await connection.run(rows.flatMap(statementsOf))
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
    for (const row of rows) await connection.run(statementsOf(row))
  }
}

function repairStatements(stale: string, table: Table, row: TextRow): Statement[] {
  const [operator = '', site = '', id = '', version] = row
  const place = [table.collection.name, operator, site, id]
  const forget = `delete from ${stale} where collection = $1 and op = $2 and site = $3 and id = $4`
  if (version === null || version === undefined) return [{ text: forget, values: place }]
  // Written again meanwhile: then it stays noted.
  const isSame = ` and exists (select 1 from ${table.name} where _op = $2 and _site = $3 and _id = $4 and _v = $5)`
  return [...rewritten(table, row), { text: forget + isSame, values: [...place, version] }]
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
