import { isBursarError } from '@bursar/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { names } from './race-buyers.ts'
import { RACE_KINDS } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

const DAY = 24 * 60 * 60_000
const fromNow = (days: number) => new Date(Date.now() + days * DAY).toISOString()
const target = { course: 'AB101', mode: 'verified' }

/** As the races are: on every storage, with one server and with two. */
describe.each(Object.entries(RACE_KINDS))('%s', (_name, serve) => {
  let shop: RaceShop
  let courseId = ''
  let productId = ''
  beforeEach(async () => {
    shop = await raceShop(serve)
    const made = await shop.admin().products.create({
      ...{ type: 'course', title: 'Bees', publication: {} },
      variants: [
        {
          ...{ name: 'verified', validityDays: 30, prices: [{ priceList: 'eur', amount: 4900 }] },
          fulfilment: { provider: 'campus', target },
          runs: [
            { id: 'small', title: 'Small', target, capacity: 1 },
            { id: 'spring', title: 'Spring', target, serviceStart: fromNow(100), enrolmentEndsAt: fromNow(20) },
            { id: 'later', title: 'Later', target, enrolmentStartsAt: fromNow(10) },
          ],
        },
      ],
    })
    productId = made.product.id
    courseId = made.variants[0]?.id ?? ''
  })
  // Each test ends with an examination of the books.
  afterEach(() => shop.end())

  /** Buys, and answers the rights of it, newest first. */
  async function buy(who: string, variantId = courseId, paymentAccount = 'card') {
    const { carts, me } = shop.customer(who)
    const { cart, quote } = await carts.create({ lines: [{ lineId: 'a', variantId }] })
    const expectedTotal = { amount: quote.total, currency: quote.currency }
    const paymentToken = paymentAccount === 'card' ? 'tok_approve' : undefined
    const { order, payment } = await carts.checkout(
      { cartId: cart.id, expectedTotal, paymentAccount, paymentToken },
      { idempotencyKey: `bought-by-${who}` },
    )
    const { items } = await me.entitlements({})
    return { order, payment, rights: items }
  }

  const rightOf = async (who: string) => (await buy(who)).rights[0]?.id ?? ''
  const choose = (who: string, entitlementId: string, run: string, server = 0) =>
    shop.customer(who, server).me.chooseRun({ entitlementId, run })

  test('a right waits, says what there is to choose, and is delivered once its run is chosen', async () => {
    const { order, rights } = await buy('ann')
    await shop.runJobs()
    expect(shop.enrolments()).toBe(0)
    expect(rights).toMatchObject([
      {
        state: 'pending',
        delivery: { state: 'waiting', waitingFor: 'run_choice' },
        runs: [
          { id: 'small', title: 'Small', state: 'open' },
          { id: 'spring', state: 'open' },
          { id: 'later', state: 'not_yet_open' },
        ],
      },
    ])
    const chosen = await choose('ann', rights[0]?.id ?? '', 'spring')
    expect(chosen).toMatchObject({
      state: 'active',
      run: { id: 'spring', title: 'Spring' },
      delivery: { state: 'queued' },
    })
    expect(chosen.runs).toBeUndefined()
    // Thirty days from the start of the run on, not from the purchase.
    expect(Math.round((Date.parse(chosen.validUntil ?? '') - Date.now()) / DAY)).toBe(130)
    await shop.runJobs()
    expect(shop.enrolments()).toBe(1)
    expect(await shop.customer('ann').orders.get({ orderId: order.id })).toMatchObject({ delivery: 'delivered' })
  })

  test('a second click, eight times at once, is one choice; another run is refused', async () => {
    const right = await rightOf('ann')
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => choose('ann', right, 'small', n)))
    expect(answers).toMatchObject(answers.map(() => ({ state: 'active', run: { id: 'small' } })))
    await expect(choose('ann', right, 'spring')).rejects.toMatchObject({ code: 'run_chosen' })
    await shop.runJobs()
    expect(shop.enrolments()).toBe(1)
    expect(await choose('ann', right, 'small')).toMatchObject({ delivery: { state: 'delivered' } })
  })

  test('two runs at once for one right: one is chosen, and the other keeps its seat', async () => {
    const right = await rightOf('ann')
    const both = await Promise.allSettled([choose('ann', right, 'small', 0), choose('ann', right, 'spring', 1)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [view] = (await shop.customer('ann').me.entitlements({})).items
    const bob = await rightOf('bob')
    const [theirs] = (await shop.customer('bob').me.entitlements({})).items
    expect(theirs?.runs?.[0]).toMatchObject({ id: 'small', state: view?.run?.id === 'small' ? 'full' : 'open' })
    expect(await choose('bob', bob, 'spring')).toMatchObject({ run: { id: 'spring' } })
  })

  test('ten learners for the last seat of a run: one gets it, the others choose another run', async () => {
    const rights: [string, string][] = []
    for (const who of names(10)) rights.push([who, await rightOf(who)])
    const answers = await Promise.all(
      rights.map(([who, right], server) =>
        choose(who, right, 'small', server).then(
          ({ run }) => run?.id,
          (error: unknown) => (isBursarError(error) ? error.code : String(error)),
        ),
      ),
    )
    expect(answers.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'run_full'), 'small'])
    await shop.runJobs()
    expect(shop.enrolments()).toBe(1)
    const [who, right] = rights[answers.indexOf('run_full')] ?? ['', '']
    expect(await choose(who, right, 'spring')).toMatchObject({ state: 'active' })
  })

  test('a run that is closed, not yet open or gone, and a right that is another’s or not paid, are refused', async () => {
    const right = await rightOf('ann')
    await expect(choose('bob', right, 'small')).rejects.toMatchObject({ code: 'not_found' })
    await expect(choose('ann', 'ent_none', 'small')).rejects.toMatchObject({ code: 'not_found' })
    for (const run of ['later', 'never']) {
      await expect(choose('ann', right, run)).rejects.toMatchObject({ code: 'run_not_open' })
    }
    const { rights } = await buy('carl', courseId, 'invoice')
    expect(rights).toMatchObject([{ delivery: { waitingFor: 'payment' } }])
    await expect(choose('carl', rights[0]?.id ?? '', 'small')).rejects.toMatchObject({ code: 'wrong_state' })
    await shop.advance(30 * DAY)
    await expect(choose('ann', right, 'spring')).rejects.toMatchObject({ code: 'run_not_open' })
    const runs = [{ id: 'later', title: 'Later', target }]
    await shop.admin().products.update({ productId, variants: [{ name: 'verified', runs }] })
    await expect(choose('ann', right, 'small')).rejects.toMatchObject({ code: 'run_not_open' })
    expect(await choose('ann', right, 'later')).toMatchObject({ run: { id: 'later' } })
  })

  test('a part of a program has a run of its own to choose', async () => {
    const program = await shop.admin().products.create({
      ...{ type: 'program', title: 'Both', publication: {} },
      variants: [
        {
          ...{ name: 'all', prices: [{ priceList: 'eur', amount: 6000 }] },
          bundle: {
            parts: [
              { id: 'bees', variantId: courseId },
              { id: 'book', variantId: shop.variants.book },
            ],
            pricing: { type: 'own_price' },
            ownedParts: 'sell_all',
          },
        },
      ],
    })
    const { rights } = await buy('ann', program.variants[0]?.id)
    const waiting = rights.filter(({ runs }) => runs !== undefined)
    expect(waiting).toMatchObject([{ variantId: courseId, delivery: { part: 'bees', waitingFor: 'run_choice' } }])
    expect(await choose('ann', waiting[0]?.id ?? '', 'small')).toMatchObject({ state: 'active' })
  })

  test('a right that waits for its money has no end yet, and lasts its days from the payment on', async () => {
    const plain = { name: 'plain', validityDays: 30, prices: [{ priceList: 'eur', amount: 4900 }] }
    const fulfilment = { provider: 'campus', target }
    const made = await shop
      .admin()
      .products.create({ ...{ type: 'course', title: 'Ants', publication: {} }, variants: [{ ...plain, fulfilment }] })
    const { payment, rights } = await buy('ann', made.variants[0]?.id, 'invoice')
    expect(rights).toMatchObject([{ state: 'pending', validUntil: null, delivery: { waitingFor: 'payment' } }])
    const { validFrom = '' } = rights[0] ?? {}
    await shop.advance(2 * DAY)
    await shop.admin().payments.capture({ paymentId: payment?.id ?? '' }, { idempotencyKey: 'the-money-came' })
    const [paid] = (await shop.customer('ann').me.entitlements({})).items
    expect(paid?.state).toBe('active')
    const { validFrom: begins = '', validUntil } = paid ?? {}
    expect(Math.round((Date.parse(begins) - Date.parse(validFrom)) / DAY)).toBe(2)
    expect((Date.parse(validUntil ?? '') - Date.parse(begins)) / DAY).toBe(30)
  })

  test('a right that is taken back gives its seat back, and can choose no more', async () => {
    await shop.admin().sites.update({ id: 'main', deliversOnAccount: true })
    const { order, rights } = await buy('ann', courseId, 'invoice')
    const right = rights[0]?.id ?? ''
    await choose('ann', right, 'small')
    const bob = await rightOf('bob')
    await expect(choose('bob', bob, 'small')).rejects.toMatchObject({ code: 'run_full' })
    await shop.admin().orders.cancel({ orderId: order.id, reason: 'was never paid' })
    await expect(choose('ann', right, 'spring')).rejects.toMatchObject({ code: 'run_chosen' })
    expect(await choose('bob', bob, 'small')).toMatchObject({ run: { id: 'small' } })
  })
})
