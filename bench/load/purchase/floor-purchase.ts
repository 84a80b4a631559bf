import { isPostgres, type Place } from '../place.ts'
import { serveByHand } from '../serve-by-hand.ts'
import { purchasesOnPostgres } from './on-postgres.ts'
import { purchasesOnSqlite } from './on-sqlite.ts'

/**
 * What nobody can go below when something is bought: bare node:http, bodies parsed, the reads and the commits of the two
 * calls of a purchase by hand, with the same durability, in the same tables, and the same bytes answered. Rows and answers
 * are those of a purchase through core, with other ids. Nothing is validated, authenticated, priced or logged, no
 * processor is asked and nothing delivered.
 */
export async function startPurchaseFloor(place: Place) {
  const traffic = { roundTrips: 0, statements: 0 }
  const store = isPostgres(place) ? await purchasesOnPostgres(place, traffic) : await purchasesOnSqlite(place)
  let last = 0

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
    return store.rows.checkoutAnswer(n)
  }

  const url = await serveByHand((request) => {
    const cart = request.url?.split('/')[3]
    return cart === undefined ? create() : checkOut(Number(cart.slice(-9)))
  })
  return { url, sent: () => traffic }
}
