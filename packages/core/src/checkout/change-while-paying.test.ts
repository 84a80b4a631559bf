import { beforeEach, describe, expect, test } from 'vitest'
import type { CommerceClient } from '../contract/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

const terms = { kind: 'terms', textVersion: '1', locale: 'en', given: true } as const

/** What a shopper saw stays what they pay, whatever is changed meanwhile. */
describe('while the pay page is open', () => {
  let shop: MemoryShop
  let client: CommerceClient
  let cartId: string
  beforeEach(async () => {
    shop = await memoryShop()
    client = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.course }] })
    cartId = cart.id
  })

  let keys = 0
  const pay = (amount: number, paymentToken = 'tok_requires_action', guest?: { email: string }) => {
    keys += 1
    const input = { cartId, expectedTotal: { amount, currency: 'EUR' }, paymentToken, consents: [terms], guest }
    return client.carts.checkout(input, { idempotencyKey: `change-while-paying-${keys}` })
  }
  const confirm = async (next: Awaited<ReturnType<typeof pay>>) => {
    const asked = next.payment?.next
    if (asked?.type !== 'client_secret') throw new Error('The payment asks for nothing.')
    await shop.processor.confirm(asked.clientSecret, 'approve')
    return client.orders.refreshPayment({ orderId: next.order.id })
  }
  const price = async (amount: number) => {
    const { products } = shop.system.admin
    const found = (await products.list({})).items.find(({ variants }) => variants[0]?.id === shop.variants.course)
    const name = found?.variants[0]?.name ?? ''
    await products.update({
      productId: found?.product.id ?? '',
      variants: [{ name, prices: [{ priceList: 'list', amount }] }],
    })
  }

  test('F48: a price that rose after the summary is asked again, with what it is now', async () => {
    await price(5900)
    await expect(pay(4900)).rejects.toMatchObject({ code: 'price_changed', data: { quote: { total: 5900 } } })
    expect((await pay(5900, 'tok_approve')).order).toMatchObject({ state: 'placed', total: 5900 })
  })

  test('F48: a price that fell after the summary is asked again, and the lower one is paid', async () => {
    await price(3900)
    await expect(pay(4900)).rejects.toMatchObject({ code: 'price_changed', data: { quote: { total: 3900 } } })
    expect((await pay(3900, 'tok_approve')).order).toMatchObject({ state: 'placed', total: 3900 })
  })

  test('F48: a price that rises once the payment began is what it was then', async () => {
    const started = await pay(4900)
    await price(5900)
    expect(await confirm(started)).toMatchObject({
      state: 'placed',
      total: 4900,
      money: { amounts: { captured: 4900 } },
    })
  })

  test('F49: a line that another tab adds is not in the order, nor in what is charged: it goes on in a new cart', async () => {
    const started = await pay(4900)
    await client.carts.addLine({ cartId, lineId: 'b', variantId: shop.variants.book })
    await client.carts.applyCode({ cartId, code: 'TENOFF' })
    const placed = await confirm(started)
    expect(placed).toMatchObject({ state: 'placed', total: 4900, money: { amounts: { captured: 4900 } } })
    expect(placed.lines.map(({ id }) => id)).toEqual(['a'])
    const { cart: ordered } = await client.carts.get({ cartId })
    expect(ordered.orderId).toBe(placed.id)
    const next = await client.me.cart()
    expect(next?.cart.id).toBe(ordered.nextCartId)
    expect(next?.cart).toMatchObject({ orderId: null, pendingOrderId: null, lines: [{ id: 'b', quantity: 1 }] })
    // What is heard of the payment later makes no other cart of the same lines.
    const version = (await client.carts.get({ cartId })).cart.version
    await shop.processor.refund(
      { id: shop.processor.payments()[0]?.account ?? '', mode: 'test', secret: async (name) => name },
      {
        key: 'refund',
        reference: shop.processor.payments()[0]?.reference ?? '',
        amount: { amount: 100, currency: 'EUR' },
      },
    )
    await client.orders.refreshPayment({ orderId: placed.id })
    expect((await client.carts.get({ cartId })).cart).toMatchObject({ version, nextCartId: ordered.nextCartId })
    // 19.99 less 10 %.
    expect(next?.quote.total).toBe(1799)
  })

  test('F49: more of a line is more of it in the new cart, and what is taken out stays bought', async () => {
    await client.carts.addLine({ cartId, lineId: 'b', variantId: shop.variants.book })
    const started = await pay(6899)
    await client.carts.updateLine({ cartId, lineId: 'a', quantity: 3 })
    await client.carts.removeLine({ cartId, lineId: 'b' })
    const placed = await confirm(started)
    expect(placed.lines.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
    expect((await client.me.cart())?.cart.lines).toMatchObject([{ id: 'a', quantity: 2 }])
  })

  test('F49: another thing under the same line id is another thing', async () => {
    const started = await pay(4900)
    await client.carts.removeLine({ cartId, lineId: 'a' })
    await client.carts.addLine({ cartId, lineId: 'a', variantId: shop.variants.book })
    await confirm(started)
    const mine = await client.me.cart()
    expect(mine?.cart.lines).toMatchObject([{ id: 'a', variantId: shop.variants.book, quantity: 1 }])
  })

  test('a cart that nobody touched has no next one', async () => {
    await confirm(await pay(4900))
    expect((await client.carts.get({ cartId })).cart.nextCartId).toBeUndefined()
    expect(await client.me.cart()).toBeNull()
  })

  test('F49: a guest opens the new cart with the token of the old one', async () => {
    const nobody = shop.commerce.as({ type: 'shopper', site: 'main' })
    const made = await nobody.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.course }] })
    client = shop.commerce.as({ type: 'shopper', site: 'main', cartToken: made.token })
    cartId = made.cart.id
    const started = await pay(4900, 'tok_requires_action', { email: 'guest@example.org' })
    await client.carts.addLine({ cartId, lineId: 'b', variantId: shop.variants.book })
    await confirm(started)
    const { cart: ordered } = await client.carts.get({ cartId })
    const { cart } = await client.carts.get({ cartId: ordered.nextCartId ?? '' })
    expect(cart.lines).toMatchObject([{ id: 'b' }])
    await expect(nobody.carts.get({ cartId: cart.id })).rejects.toMatchObject({ code: 'not_found' })
  })
})
