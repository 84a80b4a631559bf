import { expect, test } from 'vitest'
import { listAuditEvents } from '../audit/index.ts'
import { eraseCustomer } from '../customer/index.ts'
import { orders } from '../order/index.ts'
import type { Principal } from '../ports/index.ts'
import { codes, promotions } from '../promotion/index.ts'
import { doctor } from '../report/index.ts'
import { byId, put, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { cancelUnpaidOrder } from './cancel-order.ts'
import { claimOrderFor, claimOwnOrder } from './claim-order.ts'
import { refreshPayment } from './refresh-payment.ts'

/** Whose the order is now. */
const buyerOf = async ({ storage }: ShopFixture, { order }: Bought): Promise<string> => {
  const [stored] = await readAll(storage, { operator: OPERATOR, site: 'main' }, byId(orders, order.id))
  return stored?.body.customerId ?? ''
}

test('who has an order’s payment asked about in the moment of a claim is told nothing of it', async () => {
  const shop = await shopFixture()
  const lines = [{ variantId: shop.ids.variants.book }]
  const { order, checkout } = await shop.buy({ hostId: null, lines })
  const { test: processor } = shop.ports.payments
  if (processor === undefined) throw new Error('The fixture has it.')
  const claim = () => claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: order.id, hostId: 'learner-1' })
  const lookup: typeof processor.lookup = async (...asked) => {
    await claim()
    return processor.lookup(...asked)
  }
  const payments = { ...shop.ports.payments, test: { ...processor, lookup } }
  const asked = refreshPayment({ ...shop.ports, payments }, shop.call(checkout.call.principal), { orderId: order.id })
  await expect(asked).rejects.toMatchObject({ code: 'not_found' })
  expect(await refreshPayment(shop.ports, shop.call(shop.customer()), { orderId: order.id })).toMatchObject({
    id: order.id,
  })
})

test('what is limited per customer follows the one who claims', async () => {
  const shop = await shopFixture()
  const lines = [{ variantId: shop.ids.variants.book }]
  const { order } = await shop.buy({ hostId: null, lines, codes: ['SPRING'] })
  expect(order.discount).toBe(600)
  await claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: order.id, hostId: 'learner-1' })
  await assertHealthy(shop.storage, { operator: OPERATOR })
  await expect(shop.buy({ lines, codes: ['SPRING'] })).rejects.toMatchObject({ code: 'code_not_valid' })
})

test('after a claim the address has used it too, until the order gives it back', async () => {
  const shop = await shopFixture()
  const lines = [{ variantId: shop.ids.variants.book }]
  const asGuest = { hostId: null, lines, codes: ['SPRING'], paymentAccount: shop.ids.accounts.invoice }
  const staff = () => shop.call(shop.staff())
  const { order } = await shop.buy(asGuest)
  await claimOrderFor(shop.ports, staff(), { orderId: order.id, hostId: 'learner-1' })
  await expect(shop.buy(asGuest)).rejects.toMatchObject({ code: 'price_changed' })
  await cancelUnpaidOrder(shop.ports, staff(), { orderId: order.id, reason: 'never paid' })
  expect((await shop.buy(asGuest)).order.discount).toBe(600)
  expect((await shop.buy({ lines, codes: ['SPRING'] })).order.discount).toBe(600)
})

test('what a claim moves past a limit is a case of the doctor’s, and no fault', async () => {
  const shop = await shopFixture({ isExamined: false }) // where more is sold than there was, no test is done
  const lines = [{ variantId: shop.ids.variants.book }]
  await shop.buy({ lines, codes: ['SPRING'] })
  const { order } = await shop.buy({ hostId: null, lines, codes: ['SPRING'] })
  await claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: order.id, hostId: 'learner-1' })
  const call = { scope: { operator: OPERATOR }, now: shop.runtime.now() }
  const { findings } = await doctor({ storage: shop.storage }, call)
  expect(findings).toMatchObject([{ invariant: 'I9', severity: 'case' }])
})

test('so is what it moves past the limit per customer of a code that has more uses in all', async () => {
  const shop = await shopFixture({ isExamined: false }) // as above
  const scope = { operator: OPERATOR }
  const { promotions: promotion, codes: code } = shop.ids
  const found = await readAll(shop.storage, scope, byId(promotions, promotion.spring), byId(codes, code.spring))
  const [spring, typed] = found
  if (spring === null || typed === null) throw new Error('The fixture has both.')
  await shop.storage.commit(scope, [
    put(promotions, spring, { ...spring.body, limits: { uses: null, usesPerCustomer: null } }),
    put(codes, typed, { ...typed.body, uses: 5, usesPerCustomer: 1 }),
  ])
  const lines = [{ variantId: shop.ids.variants.book }]
  await shop.buy({ lines, codes: ['SPRING'] })
  const { order } = await shop.buy({ hostId: null, lines, codes: ['SPRING'] })
  await claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: order.id, hostId: 'learner-1' })
  const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
  expect(findings).toMatchObject([
    { invariant: 'I9', severity: 'case', message: expect.stringContaining('limit of 1') },
  ])
})

test('an order that is not paid is not claimed, nor does its own customer’s claim use what it holds', async () => {
  const shop = await shopFixture()
  const declined = await shop.buy({ hostId: null, paymentToken: 'tok_decline' })
  const claim = claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: declined.order.id, hostId: 'learner-1' })
  await expect(claim).rejects.toMatchObject({ code: 'wrong_state', reason: 'pending' })
  const own = await shop.buy({ paymentToken: 'tok_decline' })
  await claimOwnOrder(shop.ports, shop.call(shop.customer()), { orderId: own.order.id })
  await assertHealthy(shop.storage, { operator: OPERATOR })
})

test('an order that has ended is claimed no more, nor is one of a guest whose data were erased', async () => {
  const shop = await shopFixture()
  const staff = () => shop.call(shop.staff())
  const claim = ({ order }: Bought) => claimOrderFor(shop.ports, staff(), { orderId: order.id, hostId: 'learner-1' })
  const ended = await shop.buy({ hostId: null, paymentAccount: shop.ids.accounts.invoice })
  await cancelUnpaidOrder(shop.ports, staff(), { orderId: ended.order.id, reason: 'never paid' })
  await expect(claim(ended)).rejects.toMatchObject({ code: 'wrong_state', reason: 'cancelled' })
  const bought = await shop.buy({ hostId: null })
  await eraseCustomer(shop.ports, staff(), { customerId: await buyerOf(shop, bought) })
  await expect(claim(bought)).rejects.toMatchObject({ code: 'wrong_state', reason: 'erased' })
})

test('the log says who claimed an order: staff, or the customer for themselves', async () => {
  const shop = await shopFixture()
  const [first, second] = [await shop.buy({ hostId: null }), await shop.buy({ hostId: null })]
  await claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: first.order.id, hostId: 'learner-1' })
  const { principal } = second.checkout.call
  const cartToken = 'cartToken' in principal ? principal.cartToken : undefined
  const customer: Principal = { type: 'customer', site: 'main', customerId: 'learner-1', cartToken }
  await claimOwnOrder(shop.ports, shop.call(customer), { orderId: second.order.id })
  const actors = async ({ order: { id: record } }: Bought) =>
    (await listAuditEvents(shop.ports, shop.call(shop.staff()), { record })).items.map(({ actor }) => actor)
  expect(await actors(first)).toEqual([{ type: 'staff', id: 'staff-1' }])
  expect(await actors(second)).toEqual([{ type: 'customer', id: await buyerOf(shop, second) }])
})
