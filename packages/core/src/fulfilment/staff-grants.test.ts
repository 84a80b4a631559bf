import { expect, test } from 'vitest'
import { auditEvents } from '../audit/index.ts'
import { cancelUnpaidOrder } from '../checkout/index.ts'
import type { Json } from '../json/index.ts'
import type { DeliveryAnswer, FulfilmentProvider } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { completeGrant, listGrants, retryGrant } from './index.ts'

const scope = { operator: 'opr_school', site: 'main' }

/** An order on account whose delivery a person did, cancelled; its withdrawal is answered so. */
async function withdrawnByHand(answer: DeliveryAnswer) {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const pending = async () => ({ outcome: 'pending' }) as const
  const hand: FulfilmentProvider = {
    ...{ kind: 'manual', checkTarget: () => null, deliver: pending, withdraw: async () => answer, status: pending },
  }
  Object.assign(shop.ports.fulfilment, { school: hand })
  const { order } = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  await shop.runJobs()
  const grantId = await only(shop, 'queued')
  await complete(shop, grantId)
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'never paid' })
  await shop.runJobs()
  return { shop, grantId }
}

async function only(shop: ShopFixture, state: Parameters<typeof listGrants>[2]['state']): Promise<string> {
  const { items } = await listGrants(shop.ports, shop.call(shop.staff()), { state })
  expect(items).toHaveLength(1)
  return items[0]?.record.id ?? ''
}

const complete = (shop: ShopFixture, grantId: string, note?: string) =>
  completeGrant(shop.ports, shop.call(shop.staff()), { grantId, note })

test.each([
  ['is under way', 'withdrawing', { outcome: 'pending' }],
  ['was refused', 'withdraw_parked', { outcome: 'refused', reason: 'no such parcel' }],
] as const)('a withdrawal that %s ends when staff say that it was done', async (_which, state, answer) => {
  const { shop, grantId } = await withdrawnByHand(answer)
  expect(await only(shop, state)).toBe(grantId)
  const audited = async () =>
    (await listAll(shop.storage, scope, auditEvents, { index: 'record', equals: [grantId] })).length
  const before = await audited()
  const { record } = await complete(shop, grantId, 'It came back.')
  expect(record).toMatchObject({ state: 'withdrawn', reason: null, delay: null, detail: { note: 'It came back.' } })
  expect(await audited()).toBe(before + 1)
  await complete(shop, grantId)
  await shop.runtime.advance(60 * 60 * 1000)
  await shop.runJobs()
  expect(await only(shop, 'withdrawn')).toBe(grantId)
  expect(await audited()).toBe(before + 1)
})

test('a delivery of a wrong target is tried again with the right one, which its provider checks; the audit says so', async () => {
  const shop = await shopFixture()
  const { school } = shop.ports.fulfilment
  const courseOf = (target: unknown) => (target as { course?: string }).course // the provider's own shape
  const asked = new Set<string>()
  const picky: FulfilmentProvider = {
    ...(school as FulfilmentProvider), // the fixture has it
    checkTarget: (target) => (courseOf(target) === undefined ? 'names no course' : null),
    deliver: async ({ grantId, target }) => {
      asked.add(`${grantId} ${courseOf(target)}`)
      return courseOf(target) === 'C2' ? { outcome: 'done' } : { outcome: 'refused', reason: 'course_unknown' }
    },
  }
  Object.assign(shop.ports.fulfilment, { school: picky })
  await shop.buy()
  await shop.runJobs()
  const grantId = await only(shop, 'parked')
  const retry = (target?: Json) => retryGrant(shop.ports, shop.call(shop.staff()), { grantId, target })
  const issues = [{ path: 'target', message: 'names no course' }]
  await expect(retry({})).rejects.toMatchObject({ code: 'invalid_input', issues })
  await retry()
  await shop.runJobs()
  expect(await only(shop, 'parked')).toBe(grantId)
  expect((await retry({ course: 'C2' })).record).toMatchObject({ state: 'queued', target: { course: 'C2' } })
  await shop.runJobs()
  expect(await only(shop, 'delivered')).toBe(grantId)
  const audited = await listAll(shop.storage, scope, auditEvents, { index: 'record', equals: [grantId] })
  expect(audited.map(({ body }) => body.fields.includes('target'))).toEqual([false, true])
  expect(new Set([...asked].map((one) => one.split(' ')[0])).size).toBe(asked.size) // a key is always of one request
  await expect(retry({ course: 'C3' })).rejects.toMatchObject({ code: 'wrong_state', reason: 'delivered' })
})

test('staff of another site neither see a delivery nor repeat it nor say that it was done', async () => {
  const shop = await shopFixture()
  shop.answerDeliveries({ outcome: 'refused', reason: 'course_full' })
  await shop.buy()
  await shop.runJobs()
  const grantId = await only(shop, 'parked')
  const north = () => shop.call(shop.staff(shop.ids.sites.north))
  expect((await listGrants(shop.ports, north(), { state: 'parked' })).items).toEqual([])
  await expect(retryGrant(shop.ports, north(), { grantId })).rejects.toMatchObject({ code: 'not_found' })
  await expect(completeGrant(shop.ports, north(), { grantId })).rejects.toMatchObject({ code: 'not_found' })
  expect(await only(shop, 'parked')).toBe(grantId)
})
