import { describe, expect, onTestFinished, test } from 'vitest'
import { customer, ENGINES, type RealShop, realShop } from './real-shop.ts'

/** Buys one of each variant. */
async function buy({ commerce }: RealShop, who: string, variantIds: readonly string[]): Promise<void> {
  const { carts } = commerce.as(customer('main', who))
  const lines = variantIds.map((variantId, place) => ({ lineId: `l${place}`, variantId }))
  const { cart, quote } = await carts.create({ lines })
  await carts.checkout(
    {
      ...{ cartId: cart.id, expectedTotal: { amount: quote.total, currency: 'EUR' }, paymentAccount: 'card' },
      ...{ paymentToken: 'tok_approve', consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] },
    },
    { idempotencyKey: `buys-what-was-limited-${who}` },
  )
}

describe.each(Object.entries(ENGINES))('on %s', (_name, engine) => {
  test('an order takes its places of all variants that get a capacity, once', async () => {
    const shop = await realShop(engine())
    onTestFinished(() => shop.end())
    const { products } = shop.commerce.as({ type: 'system', site: 'main' }).admin
    const { book, course } = shop.variants
    await buy(shop, 'ann', [book, course])
    const found = (await products.list({ limit: 100 })).items
    const limit = async (capacity: number) => {
      for (const variantId of [book, course]) {
        const productId = found.find(({ variants }) => variants[0]?.id === variantId)?.product.id ?? ''
        await products.update({ productId, variants: [{ name: 'standard', capacity }] })
      }
      await shop.runJobs()
    }
    await limit(1)
    for (const variantId of [book, course]) {
      await expect(buy(shop, 'bob', [variantId])).rejects.toMatchObject({ reason: 'sold_out' })
    }
    await limit(2)
    await buy(shop, 'bob', [book, course])
    await expect(buy(shop, 'cleo', [book])).rejects.toMatchObject({ reason: 'sold_out' })
  })
})
