import { expect, test } from 'vitest'
import { estimate } from '../client/estimate.ts'
import { memoryShop } from '../testing/index.ts'

test('a page shows no price for one of what is sold once and owned already, though several are in the cart', async () => {
  const { commerce, system, variants } = await memoryShop()
  const { items } = await system.admin.products.list({ search: 'Geometry' })
  const once = [{ name: 'standard', repeatable: false }]
  await system.admin.products.update({ productId: items[0]?.product.id ?? '', variants: once })
  const ann = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const
  const first = await ann.carts.create({ lines: [{ lineId: 'a', variantId: variants.book }] })
  const expectedTotal = { amount: 1999, currency: 'EUR' }
  const paid = { cartId: first.cart.id, expectedTotal, paymentToken: 'tok_approve', consents }
  await ann.carts.checkout(paid, { idempotencyKey: 'key-of-ann-1' })

  const { cart } = await ann.carts.create({ lines: [{ lineId: 'a', variantId: variants.book, quantity: 3 }] })
  const sent = await ann.carts.get({ cartId: cart.id }, { expand: 'pricingInputs' })
  const totalOf = (quantity: number) => {
    const lines = sent.cart.lines.map((line) => ({ ...line, quantity, pending: false }))
    return estimate(sent, { lines, codes: [], currency: 'EUR', country: null, region: null })?.total ?? null
  }
  expect(totalOf(2)).toBe(2 * 1999)
  expect(totalOf(1)).toBeNull()
  const alone = ann.carts.updateLine({ cartId: cart.id, lineId: 'a', quantity: 1 })
  const refusal = await alone.then(
    ({ quote }) => quote.lines[0]?.refusal,
    (error: { reason?: string }) => error.reason,
  )
  expect(refusal).toBe('already_owned')
})
