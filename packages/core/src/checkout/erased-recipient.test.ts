import { expect, test } from 'vitest'
import { addLine, createCart } from '../cart/index.ts'
import { customers, eraseCustomer } from '../customer/index.ts'
import { orders } from '../order/index.ts'
import { payments } from '../payment/index.ts'
import type { Storage } from '../ports/index.ts'
import { doctor } from '../report/index.ts'
import { listAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { startCheckout } from './start-checkout.ts'

const REFUSED = { code: 'not_sellable', reason: 'recipient_erased', data: { lineId: 'a' } }

async function giftShop() {
  const shop = await shopFixture({ isExamined: false })
  const { ports, call, customer } = shop
  const { cart } = await createCart(ports, call(customer()), {})
  const added = await addLine(ports, call(customer()), {
    ...{ cartId: cart.id, lineId: 'a', variantId: shop.ids.variants.course },
    recipient: { type: 'email', email: 'bob@example.org' },
  })
  const recipient = added.cart.lines[0]?.recipient
  const bob = recipient?.type === 'claim' ? recipient.customerId : ''
  const { total: amount, currency } = added.quote
  return {
    ...{ shop, bob },
    erase: () => eraseCustomer(ports, call(shop.staff()), { customerId: bob }),
    pay: (paymentToken = 'tok_approve', storage: Storage = shop.storage) =>
      startCheckout({ ...ports, storage }, call(customer()), {
        ...{ cartId: cart.id, expectedTotal: { amount, currency }, paymentToken },
      }),
  }
}

const ordersOf = async ({ storage, ids }: ShopFixture) =>
  (await listAll(storage, { operator: ids.operator, site: 'main' }, orders, { index: 'createdAt' })).length

test('what is for somebody whose data were erased is not sold', async () => {
  const { shop, erase, pay } = await giftShop()
  await erase()
  await expect(pay()).rejects.toMatchObject(REFUSED)
  expect([await ordersOf(shop), shop.processor.payments().length]).toEqual([0, 0])
})

test('nor where they are erased between the look at them and the order', async () => {
  const { shop, erase, pay } = await giftShop()
  let isErased = false
  const commit: Storage['commit'] = async (scope, changes, options) => {
    if (!isErased && changes.some((change) => 'in' in change && change.in === orders.name)) {
      isErased = true
      await erase()
    }
    return shop.storage.commit(scope, changes, options)
  }
  await expect(pay('tok_approve', { ...shop.storage, commit })).rejects.toMatchObject(REFUSED)
  expect([isErased, await ordersOf(shop), shop.processor.payments().length]).toEqual([true, 0, 0])
})

test('nor is it paid anew after a payment that failed', async () => {
  const { shop, erase, pay } = await giftShop()
  await pay('tok_decline')
  await erase()
  await expect(pay()).rejects.toMatchObject(REFUSED)
  expect(shop.processor.payments().filter(({ state }) => state === 'captured')).toEqual([])
})

test('nor where they are erased between the look at them and that next attempt', async () => {
  const { shop, erase, pay } = await giftShop()
  await pay('tok_decline')
  let isErased = false
  const commit: Storage['commit'] = async (scope, changes, options) => {
    if (!isErased && changes.some((change) => change.do === 'insert' && change.in === payments.name)) {
      isErased = true
      await erase()
    }
    return shop.storage.commit(scope, changes, options)
  }
  await expect(pay('tok_approve', { ...shop.storage, commit })).rejects.toMatchObject(REFUSED)
  expect(isErased).toBe(true)
  expect(shop.processor.payments().filter(({ state }) => state === 'captured')).toEqual([])
})

test('somebody who is erased once it is paid is a case of the doctor', async () => {
  const { shop, erase, pay, bob } = await giftShop()
  await pay()
  const examine = async () => {
    const call = { scope: { operator: shop.ids.operator }, now: shop.runtime.now() }
    return (await doctor({ storage: shop.storage }, call)).findings
  }
  expect(await examine()).toEqual([])
  await erase()
  const found = await listAll(shop.storage, { operator: shop.ids.operator }, customers, { index: 'createdAt' })
  expect(found.find(({ id }) => id === bob)?.body.email).toBeNull()
  expect(await examine()).toMatchObject([
    { invariant: 'I16', severity: 'case', message: 'waits for somebody whose data were erased: nobody can claim it' },
  ])
})
