import { expect, test } from 'vitest'
import { addLine, createCart } from '../cart/index.ts'
import { customers, eraseCustomer, putCustomer } from '../customer/index.ts'
import { orders } from '../order/index.ts'
import type { Principal, Storage } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { startCheckout } from './start-checkout.ts'

const GUEST = { email: 'vera@example.org' }

/** A cart with one course, ready to be paid. */
async function cartOf(shop: ShopFixture, principal: Principal) {
  const made = await createCart(shop.ports, shop.call(principal), {})
  const cartToken = 'token' in made ? (made.token as string) : '' // text where it is there
  const buyer: Principal = principal.type === 'shopper' ? { ...principal, cartToken } : principal
  const { quote } = await addLine(shop.ports, shop.call(buyer), {
    ...{ cartId: made.cart.id, lineId: 'a', variantId: shop.ids.variants.course },
  })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const guest = buyer.type === 'shopper' ? GUEST : undefined
  return (storage: Storage = shop.storage, paymentToken = 'tok_approve') =>
    startCheckout({ ...shop.ports, storage }, shop.call(buyer), {
      ...{ cartId: made.cart.id, expectedTotal, paymentToken, ...(guest && { guest }) },
    })
}

/** The shop's storage, where a customer is erased just before the first order is stored. */
function erasing(shop: ShopFixture, customerId: string): Storage {
  let isErased = false
  return {
    ...shop.storage,
    commit: async (scope, changes, options) => {
      if (!isErased && changes.some((change) => 'in' in change && change.in === orders.name)) {
        isErased = true
        await eraseCustomer(shop.ports, shop.call(shop.staff()), { customerId })
      }
      return shop.storage.commit(scope, changes, options)
    },
  }
}

test('who is signed in and erased between the look at them and the order pays for nothing', async () => {
  const shop = await shopFixture()
  const { record } = await putCustomer(shop.ports, shop.call(shop.staff()), { hostId: 'learner-1' })
  const pay = await cartOf(shop, shop.customer())
  await expect(pay(erasing(shop, record.id))).rejects.toMatchObject({ code: 'not_found' })
  const all = await listAll(shop.storage, { operator: shop.ids.operator, site: 'main' }, orders, { index: 'createdAt' })
  expect([all.length, shop.processor.payments().length]).toEqual([0, 0])
})

test('what a guest buys who was known, and is erased meanwhile, is for a record of their own', async () => {
  const shop = await shopFixture()
  await (await cartOf(shop, { type: 'shopper', site: 'main' }))(shop.storage, 'tok_decline')
  const known = await listAll(shop.storage, { operator: shop.ids.operator }, customers, { index: 'createdAt' })
  const pay = await cartOf(shop, { type: 'shopper', site: 'main' })
  const { order } = await pay(erasing(shop, known[0]?.id ?? ''))
  const people = await listAll(shop.storage, { operator: shop.ids.operator }, customers, { index: 'createdAt' })
  expect(people.map(({ body: { email } }) => email).sort()).toEqual([null, GUEST.email])
  const [stored] = (
    await listAll(shop.storage, { operator: shop.ids.operator, site: 'main' }, orders, { index: 'createdAt' })
  ).filter(({ id }) => id === order.id)
  expect(people.find(({ id }) => id === stored?.body.customerId)?.body.erasedAt).toBeNull()
})
