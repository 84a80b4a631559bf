import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atOnce, cartOf, everyOrder, names } from './race-buyers.ts'
import { RACE_KINDS } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

const PLACES = 5

/** A company's places: as many single-use codes that pay the whole price, assigned to its people. The numbers are those of the failures that shops have had. */
describe.each(Object.entries(RACE_KINDS))('%s', (_name, serve) => {
  let shop: RaceShop
  let batch: string
  beforeEach(async () => {
    shop = await raceShop(serve)
    const { promotions, codeBatches, customers } = shop.admin()
    await promotions.create({
      id: 'place',
      name: 'A place',
      requiresCode: true,
      benefit: { type: 'percent', percent: '100' },
    })
    batch = (await codeBatches.create({ name: 'Acme', promotionId: 'place', count: PLACES })).record.id
    await Promise.all(names(12).map((hostId) => customers.put({ hostId, email: mailOf(hostId) })))
  })
  // Each race ends with an examination of the books.
  afterEach(() => shop.end())

  const mailOf = (who: string) => `${who}@acme.example.org`
  const assign = async (people: readonly string[], server = 0) => {
    const { items } = await shop.admin(server).codeBatches.assign({ id: batch, emails: people.map(mailOf) })
    return items.map(({ id, code }, n) => ({ id, code, who: people[n] ?? '' }))
  }
  const redeem = async (who: string, code: string, key: string, server = 0) => {
    const { buy } = await cartOf(shop, who, { code, server })
    return buy(key, server, { paymentToken: undefined, paymentAccount: undefined })
  }

  test('F60: two members of staff invite at once: never more people than places, and each invitation is whole', async () => {
    const people = names(12)
    const lists = [people.slice(0, 3), people.slice(3, 6), people.slice(6, 9)]
    const { answers, refused } = await atOnce(lists.map((list, server) => () => assign(list, server)))
    expect(answers.map((codes) => codes.length)).toEqual([3])
    expect(refused).toEqual(['wrong_state', 'wrong_state'])
    const rest = await assign(people.slice(9, 11), 1)
    const given = [...answers.flat(), ...rest]
    expect(new Set(given.map(({ code }) => code)).size).toBe(PLACES)
    expect((await atOnce([() => assign(people.slice(11))])).refused).toEqual(['wrong_state'])
  })

  test('F60: each code typed by its owner in three tabs and by a stranger, all at once: as many orders as places', async () => {
    const codes = await assign(names(PLACES))
    const tries = codes.flatMap(({ who, code }) => [
      ...[0, 1, 2].map((tab) => () => redeem(who, code, `tab-${tab}`, tab)),
      () => redeem('buyer-11', code, `stolen-${code}`, 1),
    ])
    const { answers, refused } = await atOnce(tries)
    expect(answers.map(({ order }) => [order.state, order.total])).toEqual(codes.map(() => ['placed', 0]))
    // A tab that had the code before another ordered with it is told the price; who comes later, and the stranger, that it is none.
    expect(refused).toContain('code_not_valid')
    expect(refused.filter((code) => code !== 'price_changed' && code !== 'code_not_valid')).toEqual([])
    expect((await everyOrder(shop)).filter(({ state }) => state === 'placed')).toHaveLength(PLACES)
    expect(shop.captures()).toBe(0)
  })

  test('F60: a place that is revoked while it is redeemed is taken or gone, and can be given to one other person', async () => {
    const codes = await assign(names(PLACES))
    const { codes: admin, codeBatches } = shop.admin(1)
    const revoke = async ({ id }: { id: string }) => {
      await admin.update({ id, status: 'revoked' })
      return null
    }
    const { answers, refused } = await atOnce(
      codes.flatMap((one) => [() => redeem(one.who, one.code, 'at-last'), () => revoke(one)]),
    )
    const taken = answers.filter((answer) => answer !== null)
    expect(taken.length + refused.length).toBe(PLACES)
    const late = await atOnce(
      codes.map(
        ({ who, code }, n) =>
          () =>
            redeem(who, code, 'too-late', n),
      ),
    )
    expect(late.answers).toEqual([])

    const again = await codeBatches.create({ name: 'Acme, again', promotionId: 'place', count: refused.length + 1 })
    batch = again.record.id
    const [next] = await assign(['buyer-10'])
    const tries = [0, 1, 2].map((tab) => () => redeem('buyer-10', next?.code ?? '', `given-again-${tab}`, tab))
    expect((await atOnce(tries)).answers).toHaveLength(1)
    const placed = (await everyOrder(shop)).filter(({ state }) => state === 'placed')
    expect(placed).toHaveLength(taken.length + 1)
  })
})
