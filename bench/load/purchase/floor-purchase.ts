import type { Commits } from '../floor-sqlite.ts'
import { isPostgres, type Place } from '../place.ts'
import { serveByHand } from '../serve-by-hand.ts'
import { purchasesOnPostgres } from './on-postgres.ts'
import { purchasesOnSqlite } from './on-sqlite.ts'

/** A floor of a purchase. */
interface Floor {
  /** All are on the same tables: each has a learner of its own (the first is of `growth`), and counts from so many times `FIRST`. */
  readonly nth: number
  /** Whether what Bursar writes after its answer is written too, to deliver what was bought. */
  readonly isDelivered: boolean
  /** On SQLite; PostgreSQL shares flushes as it sees fit. */
  readonly commits: Commits
}

const FIRST = 100_000_000
const FLOORS = {
  'floor-purchase': { nth: 2, isDelivered: true, commits: 'together' },
  'floor-purchase-calls': { nth: 3, isDelivered: false, commits: 'together' },
  'floor-purchase-alone': { nth: 4, isDelivered: true, commits: 'alone' },
} as const satisfies Record<string, Floor>

/** By name. */
export type PurchaseFloor = keyof typeof FLOORS

/**
 * What is done by hand when something is bought: bare node:http, bodies parsed, the reads and the commits of a
 * purchase by hand, with the same durability, in the same tables, and the same bytes answered. Rows and answers
 * are those of a purchase through core, with other ids; the reconciler's job, which comes and goes, is left out. Nothing
 * is validated, authenticated, priced or logged, and no processor and no platform is asked.
 */
export async function startPurchaseFloor(place: Place, name: PurchaseFloor) {
  const { nth, isDelivered, commits } = FLOORS[name]
  const traffic = { roundTrips: 0, statements: 0 }
  const template = { place, customerId: `learner-888000${nth}` }
  const store = isPostgres(place)
    ? await purchasesOnPostgres(template, traffic)
    : await purchasesOnSqlite(template, commits)
  let last = nth * FIRST

  async function create(): Promise<string> {
    last += 1
    const n = last
    await store.readNew(n)
    await store.create(n)
    return store.rows.createAnswer(n)
  }

  async function checkOut(n: number): Promise<string> {
    await store.readBought(n)
    await store.freeze(n)
    await store.settle(n)
    if (isDelivered) void store.deliver(n)
    return store.rows.checkoutAnswer(n)
  }

  const url = await serveByHand((request) => {
    const cart = request.url?.split('/')[3]
    return cart === undefined ? create() : checkOut(Number(cart.slice(-9)))
  })
  return { url, sent: () => traffic }
}
