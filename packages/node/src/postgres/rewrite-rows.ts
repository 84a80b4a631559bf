import { StorageUnavailableError, searchEntries } from '@bursar/core/storage-adapter'
import type { Connection } from './database.ts'
import { isRefusal } from './postgres-error.ts'
import type { Statement, TextRow } from './statement.ts'
import { quoted, refusing, type Table } from './table.ts'
import { searchStatements } from './write-documents.ts'

/** Rows that are rewritten in one transaction. */
export const BATCH = 200

const PLACE = '_op, _site, _id, _v, _body'

/** Rows of one operator and site, and the last of them: a pass that went on to those that come meanwhile would never end. */
interface Stretch {
  readonly place: readonly [operator: string, site: string]
  readonly last: string
}

/** Ends a pass before its end: there is no more to try. */
export class PassEnded extends Error {}

/** Computes columns and search entries of all rows that an older generation wrote. Writers are not kept out. */
export async function rewriteRows(connection: Connection, table: Table): Promise<void> {
  const stretches = `select _op, _site, max(_id) from ${table.name} where _gen < ${table.generation} group by _op, _site`
  const rows = `select ${PLACE} from ${table.name} where _op = $1 and _site = $2 and _id > $3 and _id <= $4
    and _gen < ${table.generation} order by _id limit ${BATCH}`
  const work = (found: readonly TextRow[]) =>
    runEach(
      connection,
      found,
      (row) => rewritten(table, row),
      (_row, error) => {
        throw error
      },
    )
  for (const stretch of await stretchesOf(connection, { text: stretches, values: [] })) {
    await eachBatch(connection, { stretch, text: rows, values: [] }, work)
  }
}

/** The stretches that a statement finds. */
export async function stretchesOf(connection: Connection, statement: Statement): Promise<Stretch[]> {
  const [rows = []] = await connection.run([statement])
  return rows.map(([operator, site, last]) => ({ place: [String(operator), String(site)], last: String(last) }))
}

/** Works through the rows of a stretch, of which the third column is the id. */
export async function eachBatch(
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

/**
 * In one transaction; where that fails, each row in one of its own. One that was written again or removed since it was read
 * is passed over: the trigger has noted it, or nothing is left to do.
 */
export async function runEach(
  connection: Connection,
  rows: readonly TextRow[],
  statementsOf: (row: TextRow) => Statement[],
  onFailed: (row: TextRow, error: unknown) => void,
): Promise<void> {
  try {
    await connection.run(rows.flatMap(statementsOf))
    return
  } catch (error) {
    if (endsAll(error)) throw error
  }
  for (const row of rows) {
    try {
      await connection.run(statementsOf(row))
    } catch (error) {
      if (endsAll(error)) throw error
      if (!(error instanceof Error && isRefusal(error.cause))) onFailed(row, error)
    }
  }
}

const endsAll = (error: unknown) => error instanceof StorageUnavailableError || error instanceof PassEnded

/** Brings a row's columns and search entries to its body; refuses where there are entries and the row is not what was read. */
export function rewritten(table: Table, row: TextRow): Statement[] {
  const [operator = '', site = '', id = '', version = '', text = 'null'] = row
  const body: unknown = JSON.parse(text ?? 'null')
  const { collection } = table
  const columns = collection.columns.map((column, index) => `${quoted(column)} = $${index + 5}`)
  const place = [operator ?? '', site ?? '', id ?? '']
  const update = `update ${table.name} set ${[`_gen = ${table.generation}`, ...columns].join(', ')}
    where _op = $1 and _site = $2 and _id = $3 and _v = $4`
  const values = [...place, version, ...collection.columnValues(body)]
  if (collection.search === null) return [{ text: update, values }]
  // Entries of a row that is gone would be found for ever.
  const statement = { text: refusing(`${update} returning 1`), values }
  return [statement, ...searchStatements(table, place, searchEntries(collection.search, body)).flat()]
}
