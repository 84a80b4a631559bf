import { expect, test } from 'vitest'
import { addLine, createCart } from '../cart/index.ts'
import { findCustomers, putCustomer } from '../customer/index.ts'
import { orders } from '../order/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { startCheckout } from './index.ts'

const scope = { operator: 'opr_school', site: 'main' }
const VERA = 'vera@example.org'

/** A guest's cart with one course, for somebody else if they are named. */
async function guestCart(shop: ShopFixture, gift?: string) {
  const made = await createCart(shop.ports, shop.call({ type: 'shopper', site: 'main' }), {})
  const cartToken = 'token' in made ? (made.token as string) : '' // text where it is there
  const call = shop.call({ type: 'shopper', site: 'main', cartToken })
  const cartId = made.cart.id
  const recipient = gift === undefined ? undefined : ({ type: 'email', email: gift } as const)
  const { quote } = await addLine(shop.ports, call, {
    ...{ cartId, lineId: 'l1', variantId: shop.ids.variants.course },
    ...(recipient && { recipient }),
  })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  return (email: string, name?: string, paymentToken = 'tok_approve') =>
    startCheckout(shop.ports, shop.call({ type: 'shopper', site: 'main', cartToken }), {
      ...{ cartId, expectedTotal, paymentToken, guest: { email, ...(name !== undefined && { name }) } },
    })
}

const people = async (shop: ShopFixture, email = VERA) => {
  const { items } = await findCustomers(shop.ports, shop.call({ type: 'system', site: 'main' }), { email })
  return items.map(({ record: { id, name, hostId } }) => ({ id, name, hostId }))
}

test('a guest whom somebody named as recipient gets the name that they buy with', async () => {
  const shop = await shopFixture()
  await (await guestCart(shop, VERA))('friend@example.org', 'A Friend')
  const [named] = await people(shop)
  expect(named).toMatchObject({ name: null })
  const { order } = await (await guestCart(shop))(VERA, 'Vera Right')
  expect(await people(shop)).toEqual([{ ...named, name: 'Vera Right' }])
  const [stored] = await readAll(shop.storage, scope, byId(orders, order.id))
  expect(stored?.body.customerId).toBe(named?.id)
})

test('also one who gives the course to themselves by their own address', async () => {
  const shop = await shopFixture()
  const pay = await guestCart(shop, VERA)
  await pay(VERA, 'Vera Right')
  expect(await people(shop)).toMatchObject([{ name: 'Vera Right' }])
})

test('a guest’s newer name takes the place of the older, until something was bought', async () => {
  const shop = await shopFixture()
  for (const [given, kept, paymentToken] of [
    ['Wrnog', 'Wrnog', 'tok_decline'],
    ['Right', 'Right', 'tok_approve'],
    ['Somebody Else', 'Right', 'tok_decline'],
  ] as const) {
    await (await guestCart(shop))(VERA, given, paymentToken)
    expect(await people(shop)).toMatchObject([{ name: kept }])
  }
})

test.each([
  ['a card that was declined', 'tok_decline'],
  ['one that waits to be confirmed', 'tok_requires_action'],
])('so does that of the next try after %s', async (_name, paymentToken) => {
  const shop = await shopFixture()
  const pay = await guestCart(shop)
  const first = await pay(VERA, 'Wrnog', paymentToken)
  const second = await pay(VERA, 'Wrong', 'tok_approve')
  expect(second.order.id).toBe(first.order.id)
  expect(await people(shop)).toMatchObject([{ name: 'Wrong' }])
})

test('who bought for a friend alone is not called otherwise either', async () => {
  const shop = await shopFixture()
  await (await guestCart(shop, 'friend@example.org'))(VERA, 'Vera Right')
  await (await guestCart(shop))(VERA, 'Somebody Else', 'tok_decline')
  expect(await people(shop)).toMatchObject([{ name: 'Vera Right' }])
})

test('the name of an account is its owner’s', async () => {
  const shop = await shopFixture()
  await putCustomer(shop.ports, shop.call({ type: 'system', site: 'main' }), { hostId: 'v', email: VERA, name: 'Vera' })
  await (await guestCart(shop))(VERA, 'Somebody')
  const names = (await people(shop)).map(({ hostId, name }) => `${hostId}: ${name}`)
  expect(names.sort()).toEqual(['null: Somebody', 'v: Vera'])
})
