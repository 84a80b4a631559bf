import { isPostgres, type Place } from '../place.ts'
import { serveByHand } from '../serve-by-hand.ts'
import { purchasesOnPostgres } from './on-postgres.ts'
import { purchasesOnSqlite } from './on-sqlite.ts'

/** Where the floor that delivers begins to count: both are on the same tables. */
const FIRST_DELIVERED = 5_000_000

/**
 * What is done by hand when something is bought: bare node:http, bodies parsed, the reads and the commits of a
 * purchase by hand, with the same durability, in the same tables, and the same bytes answered. Rows and answers
 * are those of a purchase through core, with other ids. Nothing is validated, authenticated, priced or logged, and no
 * processor and no platform is asked.
 *
 * @param isDelivered whether what Bursar writes after its answer is written too, to deliver what was bought
 */
export async function startPurchaseFloor(place: Place, isDelivered: boolean) {
  const traffic = { roundTrips: 0, statements: 0 }
  const template = { place, customerId: isDelivered ? 'learner-8880002' : 'learner-8880003' }
  const store = isPostgres(place) ? await purchasesOnPostgres(template, traffic) : await purchasesOnSqlite(template)
  let last = isDelivered ? FIRST_DELIVERED : 0

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
