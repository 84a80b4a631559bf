import { type Database, StatementError } from './database.ts'
import type { Statement, TextRow } from './statement.ts'

/** Runs one statement that only reads, and finds its rows by keys or by a page of an index; answers its rows. */
export type SharedRead = (statement: Statement) => Promise<readonly TextRow[]>

/** A longer batch would keep its last read waiting while other connections have nothing to do. */
const MOST = 8

interface Waiting {
  readonly statement: Statement
  readonly resolve: (rows: readonly TextRow[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * Reads that arrive in one turn of the event loop share a round trip, as commits on SQLite share a flush: under load what
 * a trip costs this process and the server is most of a read. Each sees its own moment, at or after its call.
 */
export function sharedReads({ run }: Pick<Database, 'run'>): SharedRead {
  let waiting: Waiting[] = []

  function flush(): void {
    const turn = waiting
    waiting = []
    for (let first = 0; first < turn.length; first += MOST) send(turn.slice(first, first + MOST))
  }

  function send(reads: readonly Waiting[]): void {
    run(reads.map(({ statement }) => statement)).then(
      (rows) => {
        for (const [index, { resolve }] of reads.entries()) resolve(rows[index] ?? [])
      },
      (error: unknown) => {
        // Where one was refused all were: each is tried alone, for they only read.
        if (reads.length > 1 && error instanceof StatementError) for (const read of reads) send([read])
        else for (const { reject } of reads) reject(error)
      },
    )
  }

  return (statement) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ statement, resolve, reject })
    })
}
