import { describe, expect, it } from 'vitest'
import { customers } from '../customer/index.ts'
import { entitlements } from '../entitlement/index.ts'
import type { OrderView } from '../order/index.ts'
import { byKey, listAll, readAll } from '../storage/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const scope = { operator: 'campus' }
const ANN = 'ann'

const DAY = 24 * 60 * 60_000

/** What staff are told to review of an order, alone, in their list, and by the doctor. */
async function reviewsOf({ system: { admin } }: CampusShop, orderId: string) {
  const { reviews } = await admin.orders.get({ orderId })
  const listed = (await admin.orders.list({})).items.find(({ id }) => id === orderId)
  expect(listed?.reviews).toEqual(reviews)
  const cases = (await admin.reports.doctor({})).findings.filter(({ record }) => record === orderId)
  expect(cases.map(({ severity, invariant }) => [severity, invariant])).toEqual(
    reviews?.map(() => ['case', 'I16']) ?? [],
  )
  return reviews
}

describe('what a person can have once', () => {
  it('is not sold to them again, alone or with a book, and is to somebody else', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    const book = await shop.product('book', 'Honey', { prices: [{ priceList: 'eur', amount: 2000 }] })
    await shop.buy(ANN, [{ variantId: verified }, { variantId: book }])
    await expect(shop.buy(ANN, [{ variantId: verified }])).rejects.toMatchObject({
      code: 'not_sellable',
      reason: 'already_owned',
    })
    const again = await shop.buy(ANN, [{ variantId: book }])
    expect(again.order.state).toBe('placed')
    const gift = { variantId: verified, recipient: { type: 'email' as const, email: 'bob@example.org' } }
    expect((await shop.buy(ANN, [gift])).order.state).toBe('placed')
    expect((await shop.buy('bob', [{ variantId: verified }])).order.state).toBe('placed')
  })

  it('is sold once by two carts that are checked out at the same time', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    await shop.as(ANN).carts.create({})
    const buy = () =>
      shop.buy(ANN, [{ variantId: verified }]).then(
        ({ order }) => order.state,
        (error) => error.reason,
      )
    const both = await shop.settle(Promise.all([buy(), buy(), buy()]))
    expect(both.filter((one) => one === 'placed')).toHaveLength(1)
    for (const other of both.filter((one) => one !== 'placed'))
      expect(['being_bought', 'already_owned']).toContain(other)
    const rights = await listAll(shop.storage, scope, entitlements, { index: 'soldAt' })
    expect(rights).toHaveLength(1)
  })

  it('can be bought again once the right has ended, or the order that held it was never paid', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 }, { validityDays: 30 })
    const declined = await shop.buy(ANN, [{ variantId: verified }], { paymentToken: 'tok_decline' })
    expect(declined.order.state).toBe('pending')
    await expect(shop.buy(ANN, [{ variantId: verified }])).rejects.toMatchObject({ reason: 'being_bought' })
    await shop.runtime.advance(3 * 60 * 60_000)
    await shop.runJobs()
    await shop.buy(ANN, [{ variantId: verified }])
    await shop.runtime.advance(30 * DAY)
    expect((await shop.buy(ANN, [{ variantId: verified }])).order.state).toBe('placed')
  })

  it('is credited to a bundle as far as its money was not given back', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 6000 })
    const { verified: other = '' } = await shop.course('ants', { verified: 6000 })
    const parts = [verified, other].map((variantId, place) => ({ id: `part-${place}`, variantId }))
    const program = await shop.product('program', 'All', {
      bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'credit_paid' },
      prices: [{ priceList: 'eur', amount: 10_000 }],
    })
    const price = async () =>
      (await shop.as(ANN).carts.create({ lines: [{ lineId: 'p', variantId: program }] })).quote.total
    expect(await price()).toBe(10_000)
    const { order } = await shop.buy(ANN, [{ variantId: verified }])
    expect(await price()).toBe(4000)
    await shop.refundElsewhere(ANN, order.id, 1001)
    expect(await price()).toBe(5001)
    await shop.refundElsewhere(ANN, order.id, 4999)
    expect(await price()).toBe(10_000)
  })

  it('stands in a cart once, and not beside a bundle that holds it', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    const program = await shop.product('program', 'All', {
      bundle: { parts: [{ id: 'a', variantId: verified }], pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
      prices: [{ priceList: 'eur', amount: 9000 }],
    })
    const { carts } = shop.as(ANN)
    const { cart } = await carts.create({ lines: [{ lineId: 'a', variantId: verified }] })
    const twice = carts.addLine({ cartId: cart.id, lineId: 'b', variantId: verified })
    await expect(twice).rejects.toMatchObject({ code: 'not_sellable', reason: 'already_in_cart' })
    const { quote } = await carts.addLine({ cartId: cart.id, lineId: 'c', variantId: program })
    expect(quote.lines.map(({ id, refusal }) => [id, refusal])).toEqual([
      ['a', 'already_in_cart'],
      ['c', null],
    ])
    await shop.buy(ANN, [{ variantId: program }])
    for (const variantId of [verified, program]) {
      await expect(shop.buy(ANN, [{ variantId }])).rejects.toMatchObject({ reason: 'already_owned' })
    }
  })
})

describe('what a customer owns is read with the cart', () => {
  it('of who was erased and came back, what the new customer owns', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    const refusalOf = async () => {
      const { cart } = await shop.as(ANN).carts.create({})
      const adding = shop.as(ANN).carts.addLine({ cartId: cart.id, lineId: 'a', variantId: verified })
      return adding.then(
        () => null,
        (error) => error.reason,
      )
    }
    expect(await refusalOf()).toBeNull()
    await shop.buy(ANN, [{ variantId: verified }])
    expect(await refusalOf()).toBe('already_owned')
    const [customer] = await readAll(shop.storage, scope, byKey(customers, 'hostId', ANN))
    await shop.system.admin.customers.erase({ customerId: customer?.id ?? '' })
    expect(await refusalOf()).toBeNull()
    expect(await refusalOf()).toBeNull()
  })
})

describe('what an upgrade credits', () => {
  it('is what its owner paid, though somebody gave them the same since', async () => {
    const shop = await campusShop()
    const { audit = '', verified = '' } = await shop.course('algebra', { audit: 2900, verified: 14_900 })
    const { products, orders: sold } = shop.system.admin
    const [found] = (await products.list({})).items
    const upgrade = { from: ['audit'], credit: 'money_paid' as const }
    await products.update({ productId: found?.product.id ?? '', variants: [{ name: 'verified', upgrade }] })
    const priceOf = async () =>
      (await shop.as(ANN).carts.create({ lines: [{ lineId: 'a', variantId: verified }] })).quote
    expect(await priceOf()).toMatchObject({ total: 14_900 })
    await shop.buy(ANN, [{ variantId: audit }])
    expect(await priceOf()).toMatchObject({ total: 12_000 })
    await shop.runtime.advance(DAY)
    const recipient = { type: 'email' as const, email: 'ann@example.org' }
    const { order } = await shop.buy('bob', [{ variantId: audit, recipient }])
    const named = order.lines[0]?.recipient
    const recipientId = named?.type === 'claim' ? named.customerId : ''
    await sold.claim({ orderId: order.id, hostId: ANN, recipientId })
    expect(await priceOf()).toMatchObject({ total: 12_000 })
  })
})

describe('what a platform says', () => {
  it('counts at checkout for what Bursar knows nothing of', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'verified' })
    const { cart, quote } = await shop.as(ANN).carts.create({ lines: [{ lineId: 'a', variantId: verified }] })
    expect(quote.lines[0]?.refusal).toBeNull()
    const expectedTotal = { amount: 10_000, currency: 'EUR' }
    const checkout = shop
      .as(ANN)
      .carts.checkout({ cartId: cart.id, expectedTotal }, { idempotencyKey: 'a-key-of-this-test' })
    await expect(checkout).rejects.toMatchObject({ code: 'not_sellable', reason: 'already_owned' })
  })

  it('is not asked where our own record knows: a right that has ended is not owned, whatever it says', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 }, { validityDays: 30 })
    await shop.buy(ANN, [{ variantId: verified }])
    await shop.runtime.advance(30 * DAY)
    expect(shop.platform.enrolments()).toMatchObject([{ learner: ANN, mode: 'verified' }])
    expect((await shop.buy(ANN, [{ variantId: verified }])).order.state).toBe('placed')
  })

  it('is unknown while it is down: sold and marked for review, or refused, as the site says', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.script('ask', 'outage', 100)
    const sold = await shop.buy(ANN, [{ variantId: verified }])
    expect(await reviewsOf(shop, sold.order.id)).toEqual(['ownership'])
    expect(await shop.as(ANN).orders.get({ orderId: sold.order.id })).not.toHaveProperty('reviews')
    const policies = { ownership: 'refuse', tax: 'sell_and_review', screening: 'sell_and_review' } as const
    await shop.system.admin.sites.update({ id: 'main', policies })
    const refused = shop.buy('bob', [{ variantId: verified }])
    await expect(refused).rejects.toMatchObject({ code: 'ownership_unknown' })
    const book = await shop.product('book', 'Honey', { prices: [{ priceList: 'eur', amount: 2000 }] })
    const other = await shop.buy('bob', [{ variantId: book }])
    expect(await reviewsOf(shop, other.order.id)).toBeUndefined()
  })

  it('is not to be learnt of a guest: where the site refuses that, they are told to sign in', async () => {
    const policies = { ownership: 'refuse', tax: 'sell_and_review', screening: 'sell_and_review' } as const
    const shop = await campusShop({ site: { allowsGuests: true, policies } })
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    const parts = [{ id: 'bees', variantId: verified }]
    const pricing = { type: 'sum_less_percent', percent: '10' } as const
    const program = await shop.product('program', 'Bees', { bundle: { parts, pricing, ownedParts: 'leave_out' } })
    const buy = async (variantId: string) => {
      const { carts } = shop.guest()
      const { cart, quote, token = '' } = await carts.create({ lines: [{ lineId: 'a', variantId }] })
      const expectedTotal = { amount: quote.total, currency: quote.currency }
      const bought = {
        cartId: cart.id,
        expectedTotal,
        paymentToken: 'tok_approve',
        guest: { email: 'ann@example.org' },
      }
      return carts.checkout(bought, { cartToken: token, idempotencyKey: shop.runtime.newId('job') })
    }
    await expect(buy(program)).rejects.toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(shop.processor.payments()).toEqual([])
    const book = await shop.product('book', 'Honey', { prices: [{ priceList: 'eur', amount: 2000 }] })
    expect((await buy(book)).order.state).toBe('placed')
  })

  it.each<[string, (shop: CampusShop, order: OrderView) => Promise<unknown>]>([
    ['the order’s money went back', (shop, { id, total }) => shop.refundElsewhere(ANN, id, total)],
    ['thirty days are over', (shop) => shop.runtime.advance(30 * DAY)],
  ])('is no case any more once %s', async (_name, pass) => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.script('ask', 'outage', 100)
    const { order } = await shop.buy(ANN, [{ variantId: verified }])
    await pass(shop, order)
    const { findings } = await shop.system.admin.reports.doctor({})
    expect(findings.filter(({ invariant }) => invariant === 'I16')).toEqual([])
  })

  it('is waited for a while and no longer', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.ownership = () => new Promise(() => {})
    const bought = await shop.settle(shop.buy(ANN, [{ variantId: verified }]))
    expect(await reviewsOf(shop, bought.order.id)).toEqual(['ownership'])
  })
})

describe('of somebody whom the shop meets now', () => {
  const refuse = { ownership: 'refuse', tax: 'sell_and_review', screening: 'sell_and_review' } as const
  const KEY = { idempotencyKey: 'a-key-of-this-test' }

  /** Checks out a guest's cart as Ann, who signed in meanwhile and has no record yet. */
  async function checkoutOf(shop: CampusShop, variantId: string) {
    const lines = [{ lineId: 'a', variantId }]
    const { cart, token = '', quote } = await shop.guest().carts.create({ lines })
    const expectedTotal = { amount: quote.total, currency: 'EUR' }
    return shop.as(ANN, token).carts.checkout({ cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' }, KEY)
  }

  it.each(['sell_and_review', 'refuse'] as const)('nothing is sold twice by a guest’s cart: %s', async (ownership) => {
    const shop = await campusShop({ site: { policies: { ...refuse, ownership } } })
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'verified' })
    await expect(checkoutOf(shop, verified)).rejects.toMatchObject({ code: 'not_sellable', reason: 'already_owned' })
  })

  it('a platform that is down is no "no" either', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.script('ask', 'outage', 100)
    const { order } = await checkoutOf(shop, verified)
    expect(await reviewsOf(shop, order.id)).toEqual(['ownership'])
  })

  it('a part that they have is left out of the first cart, of its next look, and of a guest’s at checkout', async () => {
    const shop = await campusShop()
    const { verified: a = '' } = await shop.course('bees', { verified: 6000 })
    const { verified: b = '' } = await shop.course('ants', { verified: 6000 })
    const parts = [a, b].map((variantId, place) => ({ id: `part-${place}`, variantId }))
    const program = await shop.product('program', 'All', {
      bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'leave_out' },
      prices: [{ priceList: 'eur', amount: 10_000 }],
    })
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'verified' })
    const data = { total: { amount: 5000 } }
    await expect(checkoutOf(shop, program)).rejects.toMatchObject({ code: 'price_changed', data })
    const first = await shop.as(ANN).carts.create({ lines: [{ lineId: 'p', variantId: program }] })
    expect(first.quote.total).toBe(5000)
    expect((await shop.as(ANN).carts.get({ cartId: first.cart.id })).quote).toEqual(first.quote)
  })

  it('the platform is asked once, though each call gives them another record', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'verified' })
    const ask = shop.platform.ownership
    let asked = 0
    shop.platform.ownership = (...question) => {
      asked += 1
      return ask(...question)
    }
    for (const _ of [1, 2]) await expect(checkoutOf(shop, verified)).rejects.toMatchObject({ reason: 'already_owned' })
    expect(asked).toBe(1)
  })
})
