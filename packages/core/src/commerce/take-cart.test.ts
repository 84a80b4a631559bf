import { expect, test } from 'vitest'
import { isBursarError } from '../errors/index.ts'
import type { Principal } from '../ports/index.ts'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { insert } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { createCommerce } from './index.ts'

async function shop() {
  const { storage, runtime, ports } = await shopFixture({ site: { currencies: ['EUR', 'USD'] } })
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
  return { runtime, ann, guestCart }
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
