import { compare } from './compare.ts'
import { type Database, type Rows, StatementError } from './database.ts'
import type { Statement, TextRow } from './statement.ts'

/** Runs statements in a trip that others may share; answers the rows of each. @throws StatementError when one was refused */
export type SharedTrip = (statements: readonly Statement[], lock?: string) => Promise<Rows>

/** Statements of a trip, unless one alone has more: others' connections have something to do meanwhile. */
const MOST = 64

/** While so many trips are under way, what comes gathers for the next: fewer and larger ones cost less for the same work. */
const BUSY = 2

/** It gathers no longer than this, in milliseconds: a trip that waits for a row keeps no other waiting for longer. */
const LONGEST_GATHERING = 5

interface Waiting {
  readonly statements: readonly Statement[]
  readonly lock: string
  /** Of each statement, once it is answered. */
  readonly rows: (readonly TextRow[])[]
  readonly resolve: (rows: Rows) => void
  readonly reject: (error: unknown) => void
}

/**
 * What arrives in one turn of the event loop, or while trips are under way, shares a round trip and a transaction, as commits on
 * SQLite share a flush: under load what a trip costs this process and the server, and a flush of the disk, is most of a small one.
 *
 * It is for reads and for commits. `lock` names the first row that a commit changes: they go in the order of these names,
 * and what many want at once (`turn`) goes last, in an order of its own, so that transactions that share trips wait for each
 * other in one direction. Where one is refused nothing of its trip was done, and each is tried alone: who is neighbour to a
 * conflict does not notice more than the time. Each read sees its own moment, at or after its call.
 *
 * @param ahead what a trip that is shared begins with, such as how long it may wait for a row
 */
export function sharedTrips({ run }: Pick<Database, 'run'>, ahead: readonly Statement[] = []): SharedTrip {
  let waiting: Waiting[] = []
  let underWay = 0
  let gathering: NodeJS.Timeout | null = null

  function arrive(): void {
    if (underWay < BUSY) flush()
    else gathering ??= setTimeout(flush, LONGEST_GATHERING)
  }

  function flush(): void {
    if (gathering !== null) clearTimeout(gathering)
    gathering = null
    const turn = waiting.sort((a, b) => compare(a.lock, b.lock))
    waiting = []
    for (const trip of tripsOf(turn)) send(trip)
  }

  function send(trip: readonly Waiting[]): void {
    const isShared = trip.length > 1
    const first = isShared ? ahead : []
    const parts = trip.flatMap((one) => one.statements.map((statement, place) => ({ one, statement, place })))
    if (isShared) parts.sort((a, b) => compare(a.statement.turn ?? '', b.statement.turn ?? ''))
    underWay += 1
    run([...first, ...parts.map(({ statement }) => statement)]).then(
      (rows) => {
        ended()
        for (const [index, { one, place }] of parts.entries()) one.rows[place] = rows[first.length + index] ?? []
        for (const { rows: own, resolve } of trip) resolve(own)
      },
      (error: unknown) => {
        ended()
        if (isShared && error instanceof StatementError) for (const one of trip) send([one])
        else for (const { reject } of trip) reject(error)
      },
    )
  }

  function ended(): void {
    underWay -= 1
    if (gathering !== null && underWay < BUSY) flush()
  }

  return (statements, lock = '') =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(arrive)
      waiting.push({ statements, lock, rows: [], resolve, reject })
    })
}

function tripsOf(turn: readonly Waiting[]): Waiting[][] {
  const trips: Waiting[][] = []
  let room = 0
  for (const one of turn) {
    const { length } = one.statements
    if (length > room) {
      trips.push([])
      room = MOST
    }
    trips.at(-1)?.push(one)
    room -= length
  }
  return trips
}
