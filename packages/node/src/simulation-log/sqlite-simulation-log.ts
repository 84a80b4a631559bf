import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { LogFilter, LogRow, RowKind, SimulationLog } from '@bursar/core/testing'
import { openingFile } from '../sqlite/opening-file.ts'

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS simulation_rows (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    tag TEXT,
    document TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS simulation_rows_by_seq ON simulation_rows (kind, seq);
  CREATE INDEX IF NOT EXISTS simulation_rows_by_tag ON simulation_rows (kind, tag, seq);
`

/** How long a process waits for another that writes the same file. */
const BUSY_TIMEOUT_MS = 10_000

/**
 * A simulation's log in an SQLite file of its own: what a call has changed is on the disk when the call answers, so it
 * outlives a killed process. Several processes may use one file. `:memory:` keeps it in memory.
 */
export function sqliteSimulationLog(file: string): SimulationLog {
  const database = openingFile(file, () => openLog(file))
  const selectOne = database.prepare('SELECT document FROM simulation_rows WHERE kind = ? AND id = ?')
  const selectAll = database.prepare(
    'SELECT seq, id, document FROM simulation_rows WHERE kind = ? AND seq > ? ORDER BY seq',
  )
  const selectTagged = database.prepare(
    'SELECT seq, id, document FROM simulation_rows WHERE kind = ? AND tag = ? AND seq > ? ORDER BY seq',
  )
  const upsert = database.prepare(`
    INSERT INTO simulation_rows (kind, id, tag, document) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET tag = excluded.tag, document = excluded.document`)

  let isInside = false // Nodes before 22.16 have no `isTransaction`

  function transact<Result>(work: () => Result): Result {
    if (isInside) return work()
    database.exec('BEGIN IMMEDIATE')
    isInside = true
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      rollBack()
      throw error
    } finally {
      isInside = false
    }
  }

  function rollBack(): void {
    // After some failures SQLite has rolled back by itself.
    try {
      database.exec('ROLLBACK')
    } catch {}
  }

  return {
    transact,
    get(kind, id) {
      const row = selectOne.get(kind.name, id)
      return row === undefined ? undefined : JSON.parse(String(row.document))
    },
    put(kind, id, document, tag) {
      upsert.run(kind.name, id, tag ?? null, JSON.stringify(document))
    },
    list<Document>(kind: RowKind<Document>, { tag, after = 0 }: LogFilter = {}): LogRow<Document>[] {
      const rows = tag === undefined ? selectAll.all(kind.name, after) : selectTagged.all(kind.name, tag, after)
      return rows.map((row) => ({
        seq: Number(row.seq),
        id: String(row.id),
        document: JSON.parse(String(row.document)),
      }))
    },
    close: () => database.close(),
  }
}

function openLog(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`) // as an option Nodes before 22.16 pass over it
  database.exec(SCHEMA)
  return database
}

/**
 * Reads the log of a process that may be dead.
 *
 * @throws Error when there is no such file.
 */
export function readSimulationLog<Result>(file: string, read: (log: SimulationLog) => Result): Result {
  if (!existsSync(file)) throw new Error(`There is no log at ${file}: nothing was written yet, or elsewhere.`)
  const log = sqliteSimulationLog(file)
  try {
    return read(log)
  } finally {
    log.close()
  }
}
