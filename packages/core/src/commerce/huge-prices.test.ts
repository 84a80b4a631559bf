import { expect, test } from 'vitest'
import { quote, variantPrices } from '../pricing/index.ts'
import { sampleInputs, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { byId, memoryStorage, put, readAll } from '../storage/index.ts'
import { memoryShop } from '../testing/index.ts'

const MOST = 40_000_000_000

test('a price is refused beyond what a full cart can be reckoned with, and the most of it can', async () => {
  const { commerce, system } = await memoryShop()
  const make = (amount: number) =>
    system.admin.products.create({
      ...{ type: 'service', title: 'Huge', publication: {} },
      variants: [{ name: 'standard', maximumQuantity: 1000, prices: [{ priceList: 'list', amount }] }],
    })
  await expect(make(MOST + 1)).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ path: 'variants.0.prices.0.amount', message: expect.stringContaining('40') }],
  })
  const { variants } = await make(MOST)
  const ann = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const lines = Array.from({ length: 20 }, (_, n) => ({
    ...{ lineId: `l${n}`, variantId: variants[0]?.id ?? '', quantity: 1000 },
  }))
  expect((await ann.carts.create({ lines })).quote.total).toBe(MOST * 20_000)
  const full = Array.from({ length: 200 }, (_, n) => ({ id: `l${n}`, variantId: 'var_huge', quantity: 1000 }))
  const inputs = sampleInputs({
    lines: full,
    variants: variantsById(sampleVariant('var_huge', MOST, { maximumQuantity: 1000 })),
  })
  expect(quote(inputs).total).toBe(MOST * 200_000)
})

test('an older price beyond it refuses its own line where that can’t be reckoned, and no other', async () => {
  const storage = memoryStorage()
  const { commerce, system, variants } = await memoryShop({ storage })
  const ann = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const own = await ann.carts.create({ lines: [{ lineId: 'a', variantId: variants.service, quantity: 10 }] })
  const scope = { operator: 'school', site: 'main' }
  const [stored] = await readAll(storage, scope, byId(variantPrices, variants.service))
  if (!stored) throw new Error('There are no prices.')
  const prices = stored.body.prices.map((price) => ({ ...price, amount: Number.MAX_SAFE_INTEGER }))
  await storage.commit(scope, [put(variantPrices, stored, { ...stored.body, prices })])
  // Whatever is written through the API lets books read anew.
  const { items } = await system.admin.products.list({ search: 'Tutoring' })
  await system.admin.products.update({ productId: items[0]?.product.id ?? '', title: 'Tutoring, dear' })

  const both = [{ variantId: variants.service, quantity: 1000 }, { variantId: variants.book }]
  const each = await ann.quotes.create({ mode: 'each', lines: both })
  expect(each.quotes.map(({ total, lines }) => [total, lines[0]?.refusal])).toEqual([
    [0, 'quantity_above_limit'],
    [1999, null],
  ])
  const together = await ann.quotes.create({ mode: 'together', lines: both })
  expect(together.quotes).toMatchObject([{ total: 1999, lines: [{ refusal: 'quantity_above_limit' }, {}] }])
  const { cart } = own
  const { quote, pricingInputs } = await ann.carts.get({ cartId: cart.id }, { expand: 'pricingInputs' })
  expect(quote).toMatchObject({ total: 0, lines: [{ refusal: 'quantity_above_limit' }] })
  expect(pricingInputs).toBeDefined()
  const more = ann.carts.addLine({ cartId: cart.id, lineId: 'b', variantId: variants.service, quantity: 1000 })
  await expect(more).rejects.toMatchObject({ code: 'quantity_not_allowed', data: { lineId: 'b' } })
})
