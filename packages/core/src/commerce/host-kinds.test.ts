import { expect, test } from 'vitest'
import * as z from 'zod'
import type { BenefitKind, ConditionKind } from '../promotion/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

interface EvenUnits {
  type: 'acme:even_units'
}
interface Flat {
  type: 'acme:flat'
  amount: number
  product?: string | undefined
}

const evenUnits: ConditionKind<EvenUnits> = {
  rule: {
    type: 'acme:even_units',
    scope: 'cart',
    check: (_condition, selected) =>
      selected.every(({ quantity }) => quantity % 2 === 0)
        ? { type: 'holds' }
        : { type: 'fails', reason: 'not_for_these_items' },
  },
  schema: z.strictObject({ type: z.literal('acme:even_units') }),
}
const flat: BenefitKind<Flat> = {
  rule: {
    type: 'acme:flat',
    discounts: ({ amount }, lines) => lines.map(() => amount),
    describe: ({ amount }) => `${amount} off each line`,
  },
  schema: z.strictObject({ type: z.literal('acme:flat'), amount: z.int().min(1), product: z.string().optional() }),
  check: ({ amount }) => (amount % 5 === 0 ? [] : [{ path: 'amount', message: 'must be a multiple of 5' }]),
  names: ({ product }) => (product === undefined ? [] : [{ path: 'product', record: 'product', id: product }]),
}
const kinds = { conditions: [evenUnits], benefits: [flat] }
const PROMOTION = {
  id: 'flat',
  name: 'Flat',
  conditions: [{ type: 'acme:even_units' }],
  benefit: { type: 'acme:flat', amount: 50 },
} as const

const inCart = async (shop: MemoryShop, quantity: number) => {
  const customer = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'a-learner' })
  const lines = [{ lineId: 'a', variantId: shop.variants.book, quantity }]
  return { customer, ...(await customer.carts.create({ lines })) }
}

test('a host’s kinds are written by staff, kept as they were written, and price carts and single quotes', async () => {
  const shop = await memoryShop({ promotions: kinds })
  const { record } = await shop.system.admin.promotions.create(PROMOTION)
  expect(record).toMatchObject({ conditions: [{ type: 'acme:even_units' }], benefit: PROMOTION.benefit })
  expect((await shop.system.admin.promotions.get({ id: 'flat' })).record).toEqual(record)
  expect((await inCart(shop, 2)).quote).toMatchObject({ discount: 50, total: 2 * 1999 - 50 })
  expect((await inCart(shop, 3)).quote).toMatchObject({ discount: 0, total: 3 * 1999 })
  const shopper = shop.commerce.as({ type: 'shopper', site: 'main' })
  const { quotes } = await shopper.quotes.create({ lines: [{ variantId: shop.variants.book, quantity: 4 }] })
  expect(quotes[0]).toMatchObject({ discount: 50 })
})

test('an order that they priced is explained to the cent, and the doctor prices it again', async () => {
  const shop = await memoryShop({ promotions: kinds })
  await shop.system.admin.promotions.create(PROMOTION)
  const { customer, cart, quote } = await inCart(shop, 2)
  const { order } = await customer.carts.checkout(
    {
      ...{ cartId: cart.id, paymentAccount: 'card', expectedTotal: { amount: quote.total, currency: 'EUR' } },
      ...{
        returnUrl: 'https://school.example.org/',
        consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
      },
    },
    { idempotencyKey: 'checkout-1' },
  )
  const explained = await shop.system.admin.orders.explain({ orderId: order.id })
  expect(explained.isSame).toBe(true)
  expect(explained.steps.join('\n')).toContain('50 off each line: Flat: -0.50')
  expect((await shop.system.admin.reports.doctor({})).findings).toEqual([])
})

test.each([
  [{ benefit: { type: 'acme:flat', amount: 0.5 } }, 'benefit.amount'],
  [{ benefit: { type: 'acme:flat', amount: 50, extra: 1 } }, 'benefit'],
  [{ benefit: { type: 'acme:flat', amount: 51 } }, 'benefit.amount'],
  [{ benefit: { type: 'acme:flat', amount: 50, product: 'prd_nowhere' } }, 'benefit.product'],
  [{ benefit: { type: 'acme:other', amount: 50 } }, 'benefit.type'],
  [{ conditions: [{ type: 'acme:flat' }] }, 'conditions.0.type'],
  [{ conditions: [{ type: 'none', conditions: [{ type: 'acme:other' }] }] }, 'conditions.0.conditions.0.type'],
  [{ conditions: [{ type: 'products', products: ['prd_nowhere'] }] }, 'conditions.0.products.0'],
] as const)('%j is refused with its path', async (change, path) => {
  const shop = await memoryShop({ promotions: kinds })
  const refused = shop.system.admin.promotions.create({ ...PROMOTION, ...change })
  await expect(refused).rejects.toMatchObject({ code: 'invalid_input', issues: [expect.objectContaining({ path })] })
})

test('a kind without a colon that nobody knows is refused with those that are known', async () => {
  const shop = await memoryShop({ promotions: kinds })
  // What a caller without types may send.
  const wrong = { ...PROMOTION, benefit: { type: 'flat' } } as unknown as typeof PROMOTION
  const issue = { path: 'benefit.type', message: expect.stringContaining('must be one of percent, ') }
  await expect(shop.system.admin.promotions.create(wrong)).rejects.toMatchObject({ issues: [issue] })
})

test('a shop that does not bring a kind refuses it', async () => {
  const shop = await memoryShop()
  const refused = shop.system.admin.promotions.create(PROMOTION)
  await expect(refused).rejects.toMatchObject({
    issues: [
      { path: 'benefit.type', message: expect.stringContaining('is none that this shop knows: percent, ') },
      { path: 'conditions.0.type' },
    ],
  })
})

test('a schema that answers later is a mistake of the host’s, and is told', async () => {
  const later: BenefitKind<Flat> = {
    ...flat,
    schema: z.strictObject({ type: z.literal('acme:flat'), amount: z.int() }).refine(async () => true),
  }
  const shop = await memoryShop({ promotions: { benefits: [later] } })
  const refused = shop.system.admin.promotions.create({ ...PROMOTION, conditions: [] })
  await expect(refused).rejects.toThrow()
})
