import { type Database, StatementError } from './database.ts'
import type { Statement, TextRow } from './statement.ts'

/** Runs one statement in a trip that others may share; answers its rows. @throws StatementError when it was refused */
export type SharedTrip = (statement: Statement, lock?: string) => Promise<readonly TextRow[]>

/** A longer batch would keep its last statement waiting while other connections have nothing to do. */
const MOST = 8

interface Waiting {
  readonly statement: Statement
  readonly lock: string
  readonly resolve: (rows: readonly TextRow[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * Statements that arrive in one turn of the event loop share a round trip and a transaction, as commits on SQLite share a
 * flush: under load what a trip costs this process and the server, and a flush of the disk, is most of a small one.
 *
 * It is for statements that read, or that write one row and no other. `lock` is that row's name: rows are written in the
 * order of their names, so that no two transactions that share trips wait for each other. Where one is refused nothing of
 * its trip was done, and each is tried alone: who is neighbour to a conflict does not notice more than the time.
 * Each read sees its own moment, at or after its call.
 *
 * @param ahead what a trip that is shared begins with, such as how long it may wait for a row
 */
export function sharedTrips({ run }: Pick<Database, 'run'>, ahead: readonly Statement[] = []): SharedTrip {
  let waiting: Waiting[] = []

  function flush(): void {
    const turn = waiting.sort(byLock)
    waiting = []
    for (let first = 0; first < turn.length; first += MOST) send(turn.slice(first, first + MOST))
  }

  function send(trip: readonly Waiting[]): void {
    const first = trip.length > 1 ? ahead : []
    run([...first, ...trip.map(({ statement }) => statement)]).then(
      (rows) => {
        for (const [index, { resolve }] of trip.entries()) resolve(rows[first.length + index] ?? [])
      },
      (error: unknown) => {
        if (trip.length > 1 && error instanceof StatementError) for (const one of trip) send([one])
        else for (const { reject } of trip) reject(error)
      },
    )
  }

  return (statement, lock = '') =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ statement, lock, resolve, reject })
    })
}

function byLock({ lock }: Waiting, { lock: other }: Waiting): number {
  if (lock === other) return 0
  return lock < other ? -1 : 1
}
