import { describe, expect, test } from 'vitest'
import { cancelUnpaidOrder, settlePayment } from '../checkout/index.ts'
import { entitlements, type Grant, grants } from '../entitlement/index.ts'
import type { DeliverGrant, DeliveryAnswer, FulfilmentProvider, WithdrawGrant } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'

const DAY = 24 * 60 * 60 * 1000
const scope = { operator: 'opr_school', site: 'main' }
const EARLIER = { learner: 'learner-1', course: 'C1', mode: 'verified' } as const

/** A shop that trusts invoices, with a platform where the learner has the course from elsewhere already. */
async function shopWithPlatform(deliver?: (grant: DeliverGrant) => Promise<DeliveryAnswer>) {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const platform = simulatedPlatform({
    runtime: shop.runtime,
    courses: [{ id: 'C1', modes: [{ mode: 'audit' }, { mode: 'verified' }] }],
  })
  const asked: string[] = []
  const withdraw = (grant: WithdrawGrant) => {
    asked.push(grant.grantId)
    return platform.withdraw(grant)
  }
  Object.assign(shop.ports.fulfilment, { school: { ...platform, ...(deliver && { deliver }), withdraw } })
  return { shop, platform, asked }
}

async function grantOf(shop: ShopFixture, { order }: Bought): Promise<Grant | undefined> {
  const [grant] = await listAll(shop.storage, scope, grants, { index: 'order', equals: [order.id] })
  return grant?.body
}

const buy = (shop: ShopFixture) => shop.buy({ paymentAccount: shop.ids.accounts.invoice })

const cancel = (shop: ShopFixture, { order }: Bought) =>
  cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'given up' })

describe('what was given up before its delivery began takes nothing away', () => {
  test('while it was queued', async () => {
    const { shop, platform, asked } = await shopWithPlatform()
    platform.enrol(EARLIER)
    const bought = await buy(shop)
    await cancel(shop, bought)
    await shop.runJobs()
    expect(await grantOf(shop, bought)).toMatchObject({ state: 'withdrawn', reason: null, delay: null })
    expect([asked, platform.enrolments().map(({ mode }) => mode)]).toEqual([[], ['verified']])
  })

  test('after it was refused', async () => {
    const { shop, platform, asked } = await shopWithPlatform(async ({ remember }) => {
      await remember({ enrolled: true, mode: 'verified' })
      return { outcome: 'refused', reason: 'course_full' }
    })
    platform.enrol(EARLIER)
    const bought = await buy(shop)
    await shop.runJobs()
    expect(await grantOf(shop, bought)).toMatchObject({ state: 'parked' })
    await cancel(shop, bought)
    await shop.runJobs()
    expect(await grantOf(shop, bought)).toMatchObject({ state: 'withdrawn', reason: null })
    expect([asked, platform.enrolments().map(({ mode }) => mode)]).toEqual([[], ['verified']])
  })
})

test('what may have been given before a process died is taken back', async () => {
  const { shop, platform, asked } = await shopWithPlatform(async (grant) => {
    await platform.deliver(grant)
    throw new Error('the process died before the answer')
  })
  const bought = await buy(shop)
  await shop.runJobs()
  expect(await grantOf(shop, bought)).toMatchObject({ state: 'queued', before: { enrolled: false } })
  await cancel(shop, bought)
  await shop.runtime.advance(60_000)
  await shop.runJobs()
  expect(await grantOf(shop, bought)).toMatchObject({ state: 'withdrawn' })
  expect([asked.length, platform.enrolments()]).toEqual([1, []])
})

test('a delivery in hand that was given up meanwhile, and has nothing kept yet, changes nothing', async () => {
  const later: (() => Promise<void>)[] = []
  const { shop, platform, asked } = await shopWithPlatform(async (grant) => {
    for (const go of later.splice(0)) await go()
    return platform.deliver(grant)
  })
  const bought = await buy(shop)
  later.push(() => cancel(shop, bought).then(() => {}))
  await shop.runJobs()
  await shop.runtime.advance(60_000)
  await shop.runJobs()
  expect(await grantOf(shop, bought)).toMatchObject({ state: 'withdrawn', before: null })
  expect([asked, platform.enrolments()]).toEqual([[], []])
})

test('what a person never did needs nobody to undo it', async () => {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const pending = async () => ({ outcome: 'pending' }) as const
  const hand: FulfilmentProvider = {
    ...{ kind: 'manual', checkTarget: () => null, deliver: pending, withdraw: pending, status: pending },
  }
  Object.assign(shop.ports.fulfilment, { school: hand })
  const bought = await buy(shop)
  await shop.runJobs()
  await cancel(shop, bought)
  await shop.runJobs()
  expect(await grantOf(shop, bought)).toMatchObject({ state: 'withdrawn', delay: null })
  const [right] = await listAll(shop.storage, scope, entitlements, { index: 'order', equals: [bought.order.id] })
  expect(right?.body.state).toBe('withdrawn')
})

test('what was given for days that are over leaves nothing behind when a renewal is taken back', async () => {
  const shop = await campusShop()
  const { verified = '' } = await shop.course('bees', { verified: 10_000 }, { validityDays: 30 })
  const held = async () => {
    const found = await shop.platform.list({ customerId: '', learnerId: 'ann', email: null, name: null })
    return found.outcome === 'found' ? found.holdings.map(({ mode }) => mode) : found
  }
  const buy = (paymentToken: string) => shop.buy('ann', [{ variantId: verified }], { paymentToken })
  await buy('tok_approve')
  await shop.runtime.advance(31 * DAY)
  const renewed = await buy('tok_capture_fails_later')
  expect(await held()).toEqual(['verified'])
  await shop.runtime.advance(10 * DAY)
  await shop.as('ann').orders.refreshPayment({ orderId: renewed.order.id })
  await shop.runJobs()
  expect(await held()).toEqual([])
})

test('what is being taken back since its money went back waits on as it did when its order is ended', async () => {
  const shop = await shopFixture()
  const { school } = shop.ports.fulfilment
  const silent = async () => ({ outcome: 'unknown', reason: 'timeout' }) as const
  Object.assign(shop.ports.fulfilment, { school: { ...school, withdraw: silent } })
  const bought = await shop.buy()
  await shop.runJobs()
  const [{ reference = '' } = {}] = shop.processor.payments()
  const card = { id: shop.ids.accounts.card, mode: 'test', secret: async (name: string) => name } as const
  await shop.processor.refund(card, { key: 'refund', reference, amount: { amount: 10_000, currency: 'EUR' } })
  await settlePayment(shop.ports, scope, bought.payment?.id ?? '')
  await shop.runJobs()
  const waiting = await grantOf(shop, bought)
  expect(waiting).toMatchObject({ state: 'withdrawing', delay: { reason: 'not_answering' } })
  await cancel(shop, bought)
  expect(await grantOf(shop, bought)).toEqual(waiting)
})
