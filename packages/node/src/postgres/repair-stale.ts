import { type Connection, StatementError } from './database.ts'
import { generationsBegun } from './plan-migration.ts'
import { isRefusal } from './postgres-error.ts'
import { BATCH, eachBatch, PassEnded, rewritten, runEach, stretchesOf } from './rewrite-rows.ts'
import { repairLock } from './schema-lock.ts'
import type { Statement, TextRow } from './statement.ts'
import { qualified, type Table } from './table.ts'
import { searchStatements } from './write-documents.ts'

/** A document that cannot be brought up to date; it stays noted. */
export interface FailedRepair {
  readonly collection: string
  readonly operator: string
  readonly site: string
  readonly id: string
  readonly error: unknown
}

/**
 * Rewrites what older code has written since the last migration, as the triggers have noted it; answers how many rows
 * there were. What is noted while it works is left to the next pass. One process at a time works in a schema.
 *
 * A note goes before its row is rewritten, in the same transaction: where a newer version's trigger notes what this one
 * writes, it is noted again.
 *
 * @throws PassEnded while another process works.
 */
export async function repairStale(
  connection: Connection,
  schema: string,
  tables: readonly Table[],
  onFailed: (failed: FailedRepair) => void = () => {},
): Promise<number> {
  const alone = whileAlone(connection, schema)
  const begun = await generationsBegun(
    alone,
    schema,
    tables.map(({ collection }) => collection.name),
  )
  let repaired = 0
  for (const table of tables) {
    const { name, search } = table.collection
    // Of rows that this version wrote itself a newer one has notes, which are not for us.
    const isNewest = begun.get(name) === table.generation
    for (const noted of search === null ? [name] : [name, removedFrom(name)]) {
      const work = { stale: qualified(schema, '_stale'), noted, table, isNewest, onFailed }
      repaired += await repairNoted(alone, work)
    }
  }
  return repaired
}

/** Under which name `_stale` has what older code removed from a searchable collection; see `_note_removed`. */
const removedFrom = (collection: string): string => `_tokens_${collection}`

interface Work {
  readonly stale: string
  readonly noted: string
  readonly table: Table
  readonly isNewest: boolean
  readonly onFailed: (failed: FailedRepair) => void
}

async function repairNoted(connection: Connection, work: Work): Promise<number> {
  const { stale, noted, table, isNewest, onFailed } = work
  const ours = isNewest ? '' : `and (d._v is null or d._gen < ${table.generation})`
  const stretches = `select op, site, max(id) from ${stale} where collection = $1 group by op, site`
  // The limit within keeps the server from a join that reads all rows of the table for each batch.
  const text = `select s.op, s.site, s.id, d._v, d._body from ${stale} s left join lateral (
      select _v, _gen, _body from ${table.name} where _op = s.op and _site = s.site and _id = s.id limit 1
    ) d on true where s.op = $1 and s.site = $2 and s.id > $3 and s.id <= $4 and s.collection = $5 ${ours}
    order by s.id limit ${BATCH}`
  let repaired = 0
  for (const stretch of await stretchesOf(connection, { text: stretches, values: [noted] })) {
    await eachBatch(connection, { stretch, text, values: [noted] }, async (found) => {
      const failed = ([operator, site, id]: TextRow, error: unknown) =>
        onFailed({
          ...{ collection: table.collection.name, operator: operator ?? '', site: site ?? '', id: id ?? '', error },
        })
      await runEach(connection, found, (row) => repairStatements(work, row), failed)
      repaired += found.length
    })
  }
  return repaired
}

function repairStatements(work: Work, row: TextRow): Statement[] {
  const { stale, noted, table } = work
  const [operator = '', site = '', id = '', version] = row
  const place = [noted, operator, site, id]
  const forget = `delete from ${stale} where collection = $1 and op = $2 and site = $3 and id = $4`
  const found = `select 1 from ${table.name} where _op = $2 and _site = $3 and _id = $4`
  if (version === null || version === undefined) {
    return [...forgetEntries(table, row), { text: `${forget} and not exists (${found})`, values: place }]
  }
  // The row is locked first, as its writers do. Written again meanwhile, it stays noted.
  const locked = `with same as (${found} and _v = $5 for no key update) ${forget} and exists (select 1 from same)`
  return [{ text: locked, values: [...place, version] }, ...rewritten(table, row)]
}

/** What a document was found by that is gone. */
function forgetEntries(table: Table, [operator, site, id]: TextRow): Statement[] {
  if (table.collection.search === null) return []
  const [removals] = searchStatements(table, [operator ?? '', site ?? '', id ?? ''], null)
  const isGone = `not exists (select 1 from ${table.name} d where d._op = $1 and d._site = $2 and d._id = $3)`
  return removals.map(({ text, values }) => ({ text: `${text} and ${isGone}`, values }))
}

/** Each batch begins with the lock of whoever repairs, which its transaction gives back: also behind a pooler none is left. */
function whileAlone(connection: Connection, schema: string): Connection {
  const lock = { text: `select 1 / pg_try_advisory_xact_lock(${repairLock(schema)})::int`, values: [] }
  return {
    async run(statements) {
      try {
        return (await connection.run([lock, ...statements])).slice(1)
      } catch (error) {
        const isTaken = error instanceof StatementError && error.index === 0 && isRefusal(error.cause)
        throw isTaken ? new PassEnded('Another process repairs this schema.', { cause: error }) : error
      }
    },
  }
}
