import { expect, test } from 'vitest'
import { createCartStore } from '../client/index.ts'
import { memoryShop, testRuntime, virtualBrowser } from '../testing/index.ts'

/** A shop that sold in dollars too when the carts were made, and sells in euros alone now. */
async function shop() {
  const { commerce, system, variants, processor } = await memoryShop()
  const { admin } = system
  await admin.priceLists.create({ id: 'usd', name: 'Dollars', currency: 'USD' })
  await admin.sites.update({ id: 'main', priceLists: ['list', 'usd'], currencies: ['USD', 'EUR'] })
  await admin.paymentAccounts.update({ id: 'card', currencies: ['EUR', 'USD'] })
  const { items } = await admin.products.list({ search: 'Geometry' })
  const prices = [
    { priceList: 'list', amount: 1999 },
    { priceList: 'usd', amount: 2100 },
  ]
  await admin.products.update({
    productId: items[0]?.product.id ?? '',
    variants: [{ name: 'standard', prices }],
  })
  const guest = commerce.as({ type: 'shopper', site: 'main' })
  const ann = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const lines = [{ lineId: 'a', variantId: variants.book }]
  const withdraw = () => admin.sites.update({ id: 'main', currencies: ['EUR'] })
  return { admin, guest, ann, lines, withdraw, variants, processor }
}

const NO_PRICE = { lines: [{ id: 'a', refusal: 'no_price' }], total: 0, currency: 'USD' }

test('an open cart in it can be looked at, says what has no price, and goes on in another one', async () => {
  const { admin, ann, lines, withdraw, variants } = await shop()
  const { cart } = await ann.carts.create({ currency: 'USD', lines })
  const cartId = cart.id
  await withdraw()
  expect((await ann.carts.get({ cartId })).quote).toMatchObject(NO_PRICE)
  expect((await ann.me.cart())?.quote).toMatchObject(NO_PRICE)
  expect((await ann.me.takeCart())?.quote).toMatchObject(NO_PRICE)
  expect((await admin.carts.explain({ cartId })).quote).toMatchObject(NO_PRICE)
  const promotion = { id: 'half', name: 'Half', benefit: { type: 'percent', percent: '50' } } as const
  const tried = await admin.promotions.previewCarts({ promotion, carts: [{ type: 'cart', cartId }] })
  expect(tried.items).toMatchObject([{ currency: 'USD', total: 0, given: 0 }])
  const more = ann.carts.addLine({ cartId, lineId: 'b', variantId: variants.course })
  await expect(more).rejects.toMatchObject({ code: 'not_sellable', reason: 'no_price' })
  const { quote } = await ann.carts.update({ cartId, currency: 'EUR' })
  expect(quote).toMatchObject({ currency: 'EUR', total: 1999, lines: [{ refusal: null }] })
})

test('nobody names it any more', async () => {
  const { admin, ann, lines, withdraw, variants } = await shop()
  const { cart } = await ann.carts.create({ currency: 'EUR', lines })
  await withdraw()
  const refused = { code: 'currency_not_offered' }
  const asked = [{ variantId: variants.book }]
  const promotion = { id: 'half', name: 'Half', benefit: { type: 'percent', percent: '50' } } as const
  await expect(ann.carts.create({ currency: 'USD' })).rejects.toMatchObject(refused)
  await expect(ann.carts.update({ cartId: cart.id, currency: 'USD' })).rejects.toMatchObject(refused)
  await expect(ann.quotes.create({ currency: 'USD', mode: 'each', lines: asked })).rejects.toMatchObject(refused)
  const previewed = admin.promotions.previewCarts({
    promotion,
    carts: [{ type: 'lines', currency: 'USD', lines: asked }],
  })
  await expect(previewed).rejects.toMatchObject(refused)
})

test('a guest’s cart in it is taken into one that can be bought', async () => {
  const { guest, ann, lines, withdraw } = await shop()
  const first = await guest.carts.create({ currency: 'USD', lines })
  await withdraw()
  const taken = await ann.me.takeCart({ fromCartId: first.cart.id, fromToken: first.token ?? '' })
  expect(taken).toMatchObject({ cart: { currency: 'EUR' }, quote: { total: 1999 } })
})

test('a customer’s cart in it takes over the currency of a guest’s that is taken into it', async () => {
  const { guest, ann, lines, withdraw, variants } = await shop()
  const { cart: own } = await ann.carts.create({ currency: 'USD', lines })
  const course = [{ lineId: 'c', variantId: variants.course }]
  const euros = await guest.carts.create({ currency: 'EUR', lines: course })
  const dollars = await guest.carts.create({ currency: 'USD', lines })
  await withdraw()
  const still = await ann.me.takeCart({ fromCartId: dollars.cart.id, fromToken: dollars.token ?? '' })
  expect(still?.quote).toMatchObject(NO_PRICE)
  const taken = await ann.me.takeCart({ fromCartId: euros.cart.id, fromToken: euros.token ?? '' })
  expect(taken).toMatchObject({ cart: { id: own.id, currency: 'EUR' }, quote: { total: 1999 + 4900 } })
})

test('a checkout that is under way in it is still paid; another one is refused', async () => {
  const { ann, lines, withdraw, processor } = await shop()
  const { cart, quote } = await ann.carts.create({ currency: 'USD', lines })
  const paying = {
    ...{
      cartId: cart.id,
      expectedTotal: { amount: quote.total, currency: 'USD' },
      paymentToken: 'tok_requires_action',
    },
    consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const,
  }
  const begun = await ann.carts.checkout(paying, { idempotencyKey: 'checkout-1' })
  await withdraw()
  const again = await ann.carts.checkout(paying, { idempotencyKey: 'checkout-1' })
  expect(again).toMatchObject({ order: { id: begun.order.id }, payment: { status: 'requires_action' } })
  const other = ann.carts.checkout(paying, { idempotencyKey: 'checkout-2' })
  await expect(other).rejects.toMatchObject({ code: 'not_sellable', reason: 'no_price' })
  const next = again.payment?.next
  if (next?.type !== 'client_secret') throw new Error('There is nothing to confirm.')
  await processor.confirm(next.clientSecret, 'approve')
  const order = await ann.orders.refreshPayment({ orderId: begun.order.id })
  expect(order).toMatchObject({ state: 'placed', total: 2100, currency: 'USD', payment: { status: 'captured' } })
})

test('the store of a page that is loaded again has the cart, and a way on', async () => {
  const { guest: client, lines, withdraw, variants } = await shop()
  const browser = virtualBrowser(testRuntime({ sleeps: 'at_once' }))
  const before = createCartStore({ client, page: browser.tab().page })
  const leave = before.subscribe(() => {})
  await before.addLine({ variantId: variants.book, lineId: 'a' })
  leave()
  await withdraw()
  const store = createCartStore({ client, page: browser.tab().page })
  store.subscribe(() => {})
  await store.refresh()
  expect(store.getState()).toMatchObject({ status: 'open', quote: NO_PRICE, lines: [{ id: 'a' }], errors: [] })
  expect(await store.update({ currency: 'EUR' })).toMatchObject({ ok: true })
  expect(store.getState().quote).toMatchObject({ total: 1999, lines: [{ variantId: lines[0]?.variantId }] })
})
