import { expect, test } from 'vitest'
import { isBursarError } from '../errors/index.ts'
import type { Principal } from '../ports/index.ts'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { insert } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { createCommerce } from './index.ts'

async function shop() {
  const { storage, runtime, ports } = await shopFixture({
    site: { currencies: ['EUR', 'USD'], returnUrls: ['https://school.example.org'] },
  })
  await storage.commit(SYSTEM_SCOPE, [
    insert(addresses, siteAddress('main'), { id: siteAddress('main'), operator: OPERATOR, site: 'main' }),
  ])
  const { payments, fulfilment, secrets } = ports
  const commerce = createCommerce({ storage, runtime, payments, fulfilment, secrets })
  const of = (principal: Principal) => commerce.as(principal)
  const guest = of({ type: 'shopper', site: 'main' })
  const ann = of({ type: 'customer', site: 'main', customerId: 'ann' })
  const guestCart = async () => {
    const lines = [{ lineId: 'a', variantId: 'var_book', quantity: 2 }]
    const { cart, token = '' } = await guest.carts.create({ lines })
    return {
      cart,
      from: { fromCartId: cart.id, fromToken: token },
      holder: of({ type: 'shopper', site: 'main', cartToken: token }),
    }
  }
  return { runtime, commerce, of, ann, guestCart }
}

const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error) => isBursarError(error) && error.code,
  )

test('calls at once make one cart, which holds everything once, in the guest’s currency', async () => {
  const { ann, guestCart } = await shop()
  const { cart, from, holder } = await guestCart()
  await holder.carts.update({ cartId: cart.id, currency: 'USD' })
  await Promise.all([1, 2, 3].map(() => ann.me.takeCart(from)))
  const taken = await ann.me.takeCart(from)
  expect(taken?.cart).toMatchObject({ currency: 'USD', lines: [{ variantId: 'var_book', quantity: 2 }] })
  const { cart: newest } = (await ann.me.cart()) ?? {}
  expect(newest?.id).toBe(taken?.cart.id)
})

test('it goes into the customer’s newest open cart; without a guest’s cart that is answered, or null', async () => {
  const { ann, guestCart } = await shop()
  expect(await ann.me.takeCart()).toBeNull()
  const { cart: own } = await ann.carts.create({ lines: [{ lineId: 'z', variantId: 'var_service' }] })
  expect((await ann.me.takeCart())?.cart.id).toBe(own.id)
  const { from } = await guestCart()
  const taken = await ann.me.takeCart(from)
  expect(taken?.cart.id).toBe(own.id)
  expect(taken?.cart.lines.map(({ variantId }) => variantId).sort()).toEqual(['var_book', 'var_service'])
})

test('what was taken, bought and asked for again is a new cart; what became an order has nothing to be taken', async () => {
  const { runtime, ann, guestCart } = await shop()
  const pay = { paymentAccount: 'card_main', paymentToken: 'tok_approve' }
  const { from, holder, cart: guests } = await guestCart()
  const first = await ann.me.takeCart(from)
  if (first === null) throw new Error('There is no cart.')
  const expectedTotal = { amount: first.quote.total, currency: first.quote.currency }
  await ann.carts.checkout({ cartId: first.cart.id, expectedTotal, ...pay }, { idempotencyKey: 'order-of-ann' })
  await runtime.advance(1000)
  const { quote } = await holder.carts.addLine({ cartId: guests.id, lineId: 'b', variantId: 'var_book' })
  const second = await ann.me.takeCart(from)
  expect(second?.cart.id).not.toBe(first.cart.id)
  expect(second?.cart.lines).toMatchObject([{ variantId: 'var_book', quantity: 1 }])

  const { cart, from: ordered, holder: buyer } = await guestCart()
  const guest = { email: 'guest@example.org', name: 'Gwen Guest' }
  const total = { amount: quote.total * 2, currency: quote.currency }
  await buyer.carts.checkout(
    { cartId: cart.id, expectedTotal: total, ...pay, guest },
    { idempotencyKey: 'order-of-gwen' },
  )
  expect((await ann.me.takeCart(ordered))?.cart).toEqual((await ann.me.cart())?.cart)
})

test('another token opens nothing, and nothing is made', async () => {
  const { ann, guestCart } = await shop()
  const { from } = await guestCart()
  expect(await codeOf(ann.me.takeCart({ ...from, fromToken: 'a-token-of-nothing-at-all' }))).toBe('not_found')
  expect(await ann.me.cart()).toBeNull()
})

test('a token alone names its cart: the open one, or none where it was ordered; the call’s own token names none', async () => {
  const { of, ann, guestCart } = await shop()
  const { cart, from, holder } = await guestCart()
  const here = of({ type: 'customer', site: 'main', customerId: 'ann', cartToken: from.fromToken })
  expect(await here.me.takeCart()).toBeNull()
  const taken = await ann.me.takeCart({ fromToken: from.fromToken })
  expect(taken?.cart.lines).toMatchObject([{ variantId: 'var_book', quantity: 2 }])
  expect((await holder.carts.get({ cartId: cart.id })).cart.lines).toEqual([])
  expect((await ann.me.takeCart({ fromToken: from.fromToken }))?.cart.lines).toEqual(taken?.cart.lines)
  expect(await codeOf(ann.me.takeCart({ fromToken: 'a-token-of-nothing-at-all' }))).toBe('not_found')

  const { cart: bought, from: ordered, holder: buyer } = await guestCart()
  const { quote } = await buyer.carts.get({ cartId: bought.id })
  await buyer.carts.checkout(
    {
      ...{ cartId: bought.id, expectedTotal: { amount: quote.total, currency: quote.currency } },
      ...{ paymentAccount: 'card_main', paymentToken: 'tok_approve', guest: { email: 'guest@example.org' } },
    },
    { idempotencyKey: 'order-of-gwen' },
  )
  expect((await ann.me.takeCart({ fromToken: ordered.fromToken }))?.cart.lines).toEqual(taken?.cart.lines)
})

test('what a signed-in customer orders of a guest’s cart is theirs: who still has its token opens neither', async () => {
  const { of, ann, guestCart } = await shop()
  const { cart, from, holder } = await guestCart()
  const here = of({ type: 'customer', site: 'main', customerId: 'ann', cartToken: from.fromToken })
  const { quote } = await here.carts.get({ cartId: cart.id })
  const { order } = await here.carts.checkout(
    {
      ...{ cartId: cart.id, expectedTotal: { amount: quote.total, currency: quote.currency } },
      ...{ paymentAccount: 'card_main', paymentToken: 'tok_approve' },
    },
    { idempotencyKey: 'order-of-ann' },
  )
  expect(await codeOf(holder.orders.get({ orderId: order.id }))).toBe('not_found')
  expect(await codeOf(holder.carts.get({ cartId: cart.id }))).toBe('not_found')
  for (const own of [here, ann]) expect((await own.orders.get({ orderId: order.id })).id).toBe(order.id)
})

test('a customer’s link goes into their own cart once the guest’s was taken, and into the guest’s while that holds something', async () => {
  const { commerce, ann, guestCart } = await shop()
  const { cart, from } = await guestCart()
  const here = { type: 'customer', site: 'main', customerId: 'ann', cartToken: from.fromToken } as const
  const link = { variant: 'var_service', returnUrl: 'https://school.example.org/bought' }
  expect((await commerce.buy(here, link)).cartId).toBe(cart.id)
  const taken = await ann.me.takeCart(from)
  expect((await commerce.buy(here, { ...link, quantity: 2 })).cartId).toBe(taken?.cart.id)
  const { lines } = (await ann.me.cart())?.cart ?? {}
  expect(lines).toMatchObject([
    { variantId: 'var_book', quantity: 2 },
    { variantId: 'var_service', quantity: 2 },
  ])

  const ben = { ...here, customerId: 'ben' }
  const { cartId } = await commerce.buy(ben, link)
  expect((await commerce.as(ben).me.cart())?.cart.id).toBe(cartId)
  expect([cart.id, taken?.cart.id]).not.toContain(cartId)
})

test('the place that the guest declared goes with the lines, unless the customer declared one', async () => {
  const { ann, guestCart } = await shop()
  const { cart, from, holder } = await guestCart()
  await holder.carts.update({ cartId: cart.id, country: 'CA', region: 'QC' })
  const quebec = { country: 'CA', region: 'QC' }
  const taken = await ann.me.takeCart(from)
  expect(taken).toMatchObject({ cart: quebec, quote: { place: { ...quebec, basis: 'declared' } } })
  await holder.carts.update({ cartId: cart.id, country: 'FR' })
  expect((await ann.me.takeCart(from))?.cart).toMatchObject(quebec)
  await ann.carts.update({ cartId: taken?.cart.id ?? '', country: 'DE' })
  const german = (await ann.me.takeCart(from))?.cart
  expect(german).toMatchObject({ country: 'DE' })
  expect(german).not.toHaveProperty('region')
})
