import { describe, expect, it } from 'vitest'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

const tried = (more: object = {}) => ({ name: 'Tried', benefit: { type: 'percent', percent: '10' }, ...more }) as const

async function cartOf({ commerce }: MemoryShop, who: string, variantId: string) {
  const client = commerce.as({ type: 'customer', site: 'main', customerId: who })
  return (await client.carts.create({ lines: [{ lineId: 'a', variantId }] })).cart.id
}

describe('a preview of a promotion on carts', () => {
  it('says per cart what is paid before and after, and in all what it would give away', async () => {
    const shop = await memoryShop()
    const { promotions } = shop.system.admin
    const cartId = await cartOf(shop, 'ann', shop.variants.course)
    const preview = await promotions.previewCarts({
      promotion: tried({
        ...{ requiresCode: true, from: '2998-01-01T00:00:00.000Z' },
        conditions: [{ type: 'product_types', productTypes: ['course'] }],
      }),
      carts: [
        { type: 'cart', cartId },
        { type: 'lines', lines: [{ variantId: shop.variants.course, quantity: 2 }, { variantId: shop.variants.book }] },
        { type: 'lines', lines: [{ variantId: shop.variants.book }] },
      ],
    })
    expect(preview).toEqual({
      items: [
        { cartId, currency: 'EUR', total: 4900, totalWith: 4410, discount: 0, discountWith: 490, given: 490 },
        { cartId: null, currency: 'EUR', total: 11_799, totalWith: 10_819, discount: 0, discountWith: 980, given: 980 },
        { cartId: null, currency: 'EUR', total: 1999, totalWith: 1999, discount: 0, discountWith: 0, given: 0 },
      ],
      sums: [{ currency: 'EUR', carts: 2, given: 1470 }],
    })
    const { quote } = await shop.commerce
      .as({ type: 'customer', site: 'main', customerId: 'ann' })
      .carts.get({ cartId })
    expect(quote.total).toBe(4900)
  })

  it('knows of the shopper what only this promotion asks: groups, first orders', async () => {
    const shop = await memoryShop()
    const { promotions } = shop.system.admin
    const lines = [{ variantId: shop.variants.book }]
    const ofMembers = tried({ conditions: [{ type: 'customer_groups', groups: ['members'] }] })
    const asked = await promotions.previewCarts({
      promotion: ofMembers,
      carts: [
        { type: 'lines', lines },
        { type: 'lines', lines, groups: ['members'] },
      ],
    })
    expect(asked.items.map(({ given }) => given)).toEqual([0, 200])
    const old = await cartOf(shop, 'ann', shop.variants.book)
    const ann = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
    await ann.carts.checkout(
      {
        ...{ cartId: old, expectedTotal: { amount: 1999, currency: 'EUR' }, paymentToken: 'tok_approve' },
        consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
      },
      { idempotencyKey: 'the-first-order' },
    )
    const carts = [await cartOf(shop, 'ann', shop.variants.book), await cartOf(shop, 'eve', shop.variants.book)]
    const first = await promotions.previewCarts({
      promotion: tried({ conditions: [{ type: 'first_order' }] }),
      carts: carts.map((cartId) => ({ type: 'cart', cartId })),
    })
    expect(first.items.map(({ given }) => given)).toEqual([0, 200])
  })

  it('replaces one of the same id, and counts the limits of a budget', async () => {
    const shop = await memoryShop()
    const { promotions } = shop.system.admin
    await promotions.create({ id: 'live', name: 'Live', benefit: { type: 'percent', percent: '20' } })
    const carts = [{ type: 'lines', lines: [{ variantId: shop.variants.service }] }] as const
    const less = await promotions.previewCarts({ promotion: tried({ id: 'live' }), carts })
    expect(less.items).toMatchObject([{ discount: 2400, discountWith: 1200, given: -1200 }])
    const limits = { uses: null, usesPerCustomer: null, money: [{ amount: 500, currency: 'EUR' }], whenShort: 'rest' }
    const short = await promotions.previewCarts({ promotion: tried({ limits }), carts })
    expect(short.sums).toEqual([{ currency: 'EUR', carts: 1, given: 500 }])
  })

  it('names what is not there, and what could not be made', async () => {
    const shop = await memoryShop()
    const { promotions } = shop.system.admin
    const ask = (carts: Parameters<typeof promotions.previewCarts>[0]['carts'], more: object = {}) =>
      promotions.previewCarts({ promotion: tried(more), carts })
    await expect(ask([{ type: 'cart', cartId: 'crt_none' }])).rejects.toMatchObject({
      issues: [{ path: 'carts.0.cartId' }],
    })
    const lines = [{ variantId: shop.variants.book }]
    await expect(ask([{ type: 'lines', lines, customerId: 'cus_none' }])).rejects.toMatchObject({
      issues: [{ path: 'carts.0.customerId' }],
    })
    await expect(
      ask([{ type: 'lines', lines }], { benefit: { type: 'percent', percent: '101' } }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
