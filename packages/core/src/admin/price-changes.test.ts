import { expect, test } from 'vitest'
import { memoryShop } from '../testing/memory-shop.ts'
import { testRuntime } from '../testing/test-runtime.ts'

test('each change of a price is kept with who made it, and what a page compares with follows', async () => {
  const runtime = testRuntime({ now: '2026-06-01T00:00:00.000Z' })
  const shop = await memoryShop({ runtime })
  const { items } = await shop.system.admin.products.list({})
  const found = items.find(({ variants }) => variants.some(({ id }) => id === shop.variants.book))
  const productId = found?.product.id ?? ''
  const sell = (amount: number, compareAt?: number) =>
    shop.system.admin.products.update({
      productId,
      variants: [{ name: 'standard', prices: [{ priceList: 'list', amount, ...(compareAt ? { compareAt } : {}) }] }],
    })
  const shopper = shop.commerce.as({ type: 'shopper', site: 'main' })
  const shown = async () => (await shopper.products.get({ idOrSlug: productId })).variants[0]
  const lines = [{ variantId: shop.variants.book, quantity: 1 }]
  const quoted = async () => (await shopper.quotes.create({ lines })).quotes[0]?.lines[0] ?? {}

  await runtime.advance(24 * 60 * 60_000)
  await sell(1599, 1999)
  expect(await shown()).toMatchObject({
    price: { amount: 1599, currency: 'EUR' },
    compareAt: { amount: 1999, currency: 'EUR' },
    lowestRecent: { amount: 1999, currency: 'EUR' },
  })
  expect(await quoted()).toMatchObject({ unitPrice: 1599, compareAt: 1999, lowestRecent: 1999 })
  await runtime.advance(24 * 60 * 60_000)
  await sell(1799, 1999)
  expect(await quoted()).toMatchObject({ unitPrice: 1799, compareAt: 1999, lowestRecent: 1599 })
  expect(await shown()).toMatchObject({ lowestRecent: { amount: 1599, currency: 'EUR' } })
  await sell(1799)
  const plain = await shown()
  expect(plain?.price).toEqual({ amount: 1799, currency: 'EUR' })
  expect(plain && ('compareAt' in plain || 'lowestRecent' in plain)).toBe(false)
  expect(Object.keys(await quoted())).not.toContain('compareAt')
  // The same once more changes nothing.
  await sell(1799)

  const changes = await shop.system.admin.products.priceChanges({ variantId: shop.variants.book })
  expect(changes.items.map(({ before, after, actor, operation }) => [before, after, actor.type, operation])).toEqual([
    [[price(1799, 1999)], [price(1799)], 'system', 'admin.products.update'],
    [[price(1599, 1999)], [price(1799, 1999)], 'system', 'admin.products.update'],
    [[price(1999)], [price(1599, 1999)], 'system', 'admin.products.update'],
    [[], [price(1999)], 'system', 'admin.products.create'],
  ])
  expect(changes.items[0]?.at).toBe('2026-06-03T00:00:00.000Z')
})

const price = (amount: number, compareAt?: number) => ({
  ...{ priceList: 'list', amount, minimumQuantity: 1 },
  ...(compareAt === undefined ? {} : { compareAt }),
})

test('a course that is made while a sale runs was never offered at its price without the sale', async () => {
  const shop = await memoryShop({ runtime: testRuntime({ now: '2026-06-15T00:00:00.000Z' }) })
  const { priceLists, products, sites } = shop.system.admin
  const window = { from: '2026-06-10T00:00:00.000Z', until: '2026-07-01T00:00:00.000Z' }
  await priceLists.create({ id: 'sale', name: 'Sale', currency: 'EUR', priority: 10, ...window })
  await sites.update({ id: 'main', priceLists: ['list', 'sale'] })
  const sold = { priceList: 'sale', amount: 8000, compareAt: 10_000 }
  const made = await products.create({
    ...{ type: 'course', title: 'Bees', publication: {} },
    variants: [{ name: 'verified', prices: [{ priceList: 'list', amount: 10_000 }, sold] }],
  })
  const shopper = shop.commerce.as({ type: 'shopper', site: 'main' })
  const [shown] = (await shopper.products.get({ idOrSlug: 'bees' })).variants
  const { quotes } = await shopper.quotes.create({ lines: [{ variantId: made.variants[0]?.id ?? '' }] })
  expect(shown?.compareAt).toEqual({ amount: 10_000, currency: 'EUR' })
  expect(quotes[0]?.lines[0]).toMatchObject({ unitPrice: 8000, compareAt: 10_000 })
  expect([shown?.lowestRecent, quotes[0]?.lines[0]?.lowestRecent]).toEqual([undefined, undefined])
})

test('a price to compare with that is no more than the price is refused, with its place', async () => {
  const shop = await memoryShop()
  const made = shop.system.admin.products.create({
    ...{ type: 'book', title: 'Tables' },
    variants: [{ name: 'standard', prices: [{ priceList: 'list', amount: 100, compareAt: 100 }] }],
  })
  await expect(made).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ path: 'variants.0.prices.0.compareAt' }],
  })
})

test('a list of a region counts there alone', async () => {
  const shop = await memoryShop()
  await shop.system.admin.priceLists.create({
    id: 'qc',
    name: 'Quebec',
    currency: 'EUR',
    regions: ['CA-QC'],
    priority: 1,
  })
  await shop.system.admin.sites.update({ id: 'main', priceLists: ['list', 'qc'] })
  const made = await shop.system.admin.products.create({
    ...{ type: 'book', title: 'Tables', publication: {} },
    variants: [
      {
        name: 'standard',
        prices: [
          { priceList: 'list', amount: 100 },
          { priceList: 'qc', amount: 70 },
        ],
      },
    ],
  })
  const shopper = shop.commerce.as({ type: 'shopper', site: 'main' })
  const lines = [{ variantId: made.variants[0]?.id ?? '' }]
  const priceIn = async (place: { country?: string; region?: string }) =>
    (await shopper.quotes.create({ lines, ...place })).quotes[0]?.total
  expect(await priceIn({ country: 'CA', region: 'QC' })).toBe(70)
  expect(await priceIn({ country: 'CA', region: 'BC' })).toBe(100)
  expect(await priceIn({ country: 'CA' })).toBe(100)
  await expect(
    shop.system.admin.priceLists.create({ name: 'x', currency: 'EUR', regions: ['QC'] }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
})
