import { expect, test } from 'vitest'
import { doctor } from '../report/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { claimOrderFor, claimOwnOrder } from './claim-order.ts'

test('what is limited per customer follows the one who claims', async () => {
  const shop = await shopFixture()
  const lines = [{ variantId: shop.ids.variants.book }]
  const { order } = await shop.buy({ hostId: null, lines, codes: ['SPRING'] })
  expect(order.discount).toBe(600)
  await claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: order.id, hostId: 'learner-1' })
  await assertHealthy(shop.storage, { operator: OPERATOR })
  await expect(shop.buy({ lines, codes: ['SPRING'] })).rejects.toMatchObject({ code: 'code_not_valid' })
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

test('an order that is not paid is not claimed, nor does its own customer’s claim use what it holds', async () => {
  const shop = await shopFixture()
  const declined = await shop.buy({ hostId: null, paymentToken: 'tok_decline' })
  const claim = claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: declined.order.id, hostId: 'learner-1' })
  await expect(claim).rejects.toMatchObject({ code: 'wrong_state', reason: 'pending' })
  const own = await shop.buy({ paymentToken: 'tok_decline' })
  await claimOwnOrder(shop.ports, shop.call(shop.customer()), { orderId: own.order.id })
  await assertHealthy(shop.storage, { operator: OPERATOR })
})
