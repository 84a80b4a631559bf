import { describe, expect, test } from 'vitest'
import type { InProcessClient } from '../commerce/commerce.ts'
import { type JournalTransaction, journal } from '../journal/index.ts'
import { type Order, orders } from '../order/index.ts'
import type { Storage, TaxAnswer } from '../ports/index.ts'
import { byId, listAll, memoryStorage, readAll } from '../storage/index.ts'
import type { TaxRate } from '../tax/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'
import { type SimulatedTaxCalculator, simulatedTaxCalculator } from '../testing/simulated-tax-calculator.ts'

const QUEBEC: Omit<TaxRate, 'id'> = {
  ...{ country: 'CA', region: 'QC', category: '*', name: 'GST', rate: '5', level: 'country' },
  more: [{ name: 'QST', rate: '9.975' }],
}

const learnerOf = (shop: MemoryShop) => shop.commerce.as({ type: 'customer', site: 'main', customerId: 'learner' })

async function inQuebec(shop: MemoryShop, learner: InProcessClient) {
  const { cart } = await learner.carts.create({ country: 'CA', region: 'QC' })
  return learner.carts.addLine({ cartId: cart.id, lineId: 'a', variantId: shop.variants.course, quantity: 3 })
}

const buy = (learner: InProcessClient, { cart, quote }: Awaited<ReturnType<typeof inQuebec>>, key = 'buy') =>
  learner.carts.checkout(
    {
      ...{ cartId: cart.id, paymentToken: 'tok_approve' },
      expectedTotal: { amount: quote.total, currency: quote.currency },
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
    },
    { idempotencyKey: `key-of-${key}` },
  )

async function stored(storage: Storage, orderId: string): Promise<Order | undefined> {
  const [found] = await readAll(storage, { operator: 'school', site: 'main' }, byId(orders, orderId))
  return found?.body
}

describe('an order with two taxes', () => {
  test('keeps each by jurisdiction, in its parts and in the journal', async () => {
    const storage = memoryStorage()
    const shop = await memoryShop({ storage })
    await shop.system.admin.taxRates.create(QUEBEC)
    await shop.system.admin.sites.update({ id: 'main', priceBasis: 'exclusive' })
    const learner = learnerOf(shop)
    const made = await inQuebec(shop, learner)
    expect(made.cart).toMatchObject({ country: 'CA', region: 'QC' })
    expect(made.quote).toMatchObject({ place: { country: 'CA', region: 'QC', basis: 'declared' }, net: 14_700 })
    const { order } = await buy(learner, made)
    const found = await stored(storage, order.id)
    // 147.00: 5 % are 7.35, 9.975 % are 14.66 (14.66325).
    expect(found?.lines[0]?.parts[0]?.taxes).toEqual([
      { taxRate: 'ca-qc-standard', rate: '5', jurisdiction: 'CA', name: 'GST', amount: 735 },
      { taxRate: 'ca-qc-standard', rate: '9.975', jurisdiction: 'CA-QC', name: 'QST', amount: 1466 },
    ])
    const transactions = await listAll(storage, { operator: 'school' }, journal, {
      index: 'stream',
      equals: [order.id],
    })
    const entries = transactions.flatMap(({ body }: { body: JournalTransaction }) => body.entries)
    expect(
      entries.filter(({ account }) => account === 'tax').map(({ jurisdiction, amount }) => [jurisdiction, amount]),
    ).toEqual([
      ['CA', -735],
      ['CA-QC', -1466],
    ])
    expect((await shop.system.admin.reports.doctor({})).findings).toEqual([])
  })

  test('another country forgets the region, and a region alone is refused', async () => {
    const shop = await memoryShop()
    const learner = learnerOf(shop)
    const { cart } = await inQuebec(shop, learner)
    const moved = await learner.carts.update({ cartId: cart.id, country: 'FR' })
    expect(moved.cart).toMatchObject({ country: 'FR' })
    expect(moved.cart.region).toBeUndefined()
    await expect(learner.carts.create({ region: 'QC' })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('is without tax for a customer who pays none, and says why', async () => {
    const shop = await memoryShop()
    await shop.system.admin.taxRates.create(QUEBEC)
    await shop.system.admin.sites.update({ id: 'main', priceBasis: 'exclusive' })
    await shop.system.admin.customers.put({ hostId: 'learner', taxExemption: { reason: 'education' } })
    const learner = learnerOf(shop)
    const made = await inQuebec(shop, learner)
    expect(made.quote).toMatchObject({ tax: 0, total: 14_700, taxExemption: { reason: 'education' } })
    await buy(learner, made)
    expect((await shop.system.admin.reports.doctor({})).findings).toEqual([])
  })

  test('is without tax for a group that pays none', async () => {
    const shop = await memoryShop()
    await shop.system.admin.taxRates.create(QUEBEC)
    await shop.system.admin.sites.update({
      ...{ id: 'main', priceBasis: 'exclusive', pricing: { taxExemptGroups: ['schools'] } },
    })
    await shop.system.admin.customers.put({ hostId: 'learner', groups: ['schools'] })
    const { quote } = await inQuebec(shop, learnerOf(shop))
    expect(quote).toMatchObject({ tax: 0, taxExemption: { reason: 'group' } })
  })
})

describe('a host’s tax calculator', () => {
  async function shopWith(policy: 'sell_and_review' | 'refuse'): Promise<{
    shop: MemoryShop
    storage: Storage
    learner: InProcessClient
    calculator: SimulatedTaxCalculator
  }> {
    const calculator = simulatedTaxCalculator([{ id: 'service', ...QUEBEC }])
    const storage = memoryStorage()
    const shop = await memoryShop({ storage, taxCalculator: calculator })
    // The tables have another rate, so that one can tell who reckoned.
    await shop.system.admin.taxRates.create({ country: 'CA', category: '*', name: 'GST', rate: '5' })
    await shop.system.admin.sites.update({
      ...{ id: 'main', priceBasis: 'exclusive' },
      policies: { ownership: 'sell_and_review', tax: policy, screening: 'sell_and_review' },
    })
    return { shop, storage, learner: learnerOf(shop), calculator }
  }

  test('reckons cart and order alike, and what it said is priced again without it', async () => {
    const { shop, storage, learner, calculator } = await shopWith('refuse')
    const made = await inQuebec(shop, learner)
    expect(made.quote).toMatchObject({ net: 14_700, tax: 735 + 1466 })
    expect(calculator.requests.at(-1)).toMatchObject({
      ...{ currency: 'EUR', priceBasis: 'exclusive', home: 'DE', place: { country: 'CA', region: 'QC' } },
      items: [{ id: '0', quantity: 3, amount: 14_700 }],
    })
    const { order } = await buy(learner, made)
    calculator.break()
    const explained = await shop.system.admin.orders.explain({ orderId: order.id })
    expect(explained.isSame).toBe(true)
    expect(await stored(storage, order.id)).toMatchObject({ tax: 2201, reviews: [] })
    expect((await shop.system.admin.reports.doctor({})).findings).toEqual([])
  })

  test('that is down is told in the cart, and refuses or marks the order as the site says', async () => {
    const strict = await shopWith('refuse')
    strict.calculator.break()
    const made = await inQuebec(strict.shop, strict.learner)
    expect(made.quote).toMatchObject({ tax: 735, isTaxUnknown: true })
    await expect(buy(strict.learner, made)).rejects.toMatchObject({ code: 'tax_unknown', status: 503 })
    strict.calculator.mend()
    const again = await strict.learner.carts.get({ cartId: made.cart.id })
    expect(again.quote.isTaxUnknown).toBeUndefined()
    await buy(strict.learner, again, 'again')

    const lenient = await shopWith('sell_and_review')
    lenient.calculator.break()
    const sold = await buy(lenient.learner, await inQuebec(lenient.shop, lenient.learner))
    expect(await stored(lenient.storage, sold.order.id)).toMatchObject({ state: 'placed', tax: 735, reviews: ['tax'] })
    expect((await lenient.shop.system.admin.reports.doctor({})).findings).toEqual([
      expect.objectContaining({ severity: 'case', record: sold.order.id, message: expect.stringContaining('tax') }),
    ])
  })

  test('that knows nothing of a place leaves it to the tables', async () => {
    const { shop, learner } = await shopWith('refuse')
    const { cart } = await learner.carts.create({ country: 'CA', region: 'AB' })
    const { quote } = await learner.carts.addLine({ cartId: cart.id, lineId: 'a', variantId: shop.variants.course })
    expect(quote).toMatchObject({ tax: 245 })
    expect(quote.isTaxUnknown).toBeUndefined()
  })

  const wrong: readonly (readonly [string, () => Promise<TaxAnswer>])[] = [
    ['throws', () => Promise.reject(new Error('connect ECONNREFUSED'))],
    ['forgets an item', async () => ({ type: 'calculated', reference: null, items: [] })],
    [
      'answers nonsense',
      async () => ({
        ...{ type: 'calculated', reference: null },
        items: [{ id: '0', taxes: [{ name: 'x', rate: '5', jurisdiction: 'CA', amount: -1 }] }],
      }),
    ],
  ]
  test.each(wrong)('that %s is one that does not know', async (_, calculate) => {
    const shop = await memoryShop({ taxCalculator: { name: 'wrong', calculate } })
    const { quote } = await inQuebec(shop, learnerOf(shop))
    expect(quote.isTaxUnknown).toBe(true)
  })
})
