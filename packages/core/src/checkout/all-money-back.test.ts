import { describe, expect, test } from 'vitest'
import { type Entitlement, entitlements, grants } from '../entitlement/index.ts'
import { journal } from '../journal/index.ts'
import { getOrder } from '../order/index.ts'
import type { ProcessorAccount, ProcessorPayment } from '../ports/index.ts'
import { doctor } from '../report/index.ts'
import { listAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { cancelUnpaidOrder, claimOrderFor, settlePayment, startCheckout } from './index.ts'

const ANN = 'ann'
const OPERATOR = 'campus'
const scope = { operator: 'opr_school', site: 'main' }
const policies = ['suspend', 'keep'] as const

/** What the customer has of their only line, and the modes that the platform has them in. */
async function stateOf(shop: CampusShop, orderId: string) {
  const [line] = (await shop.as(ANN).orders.get({ orderId })).lines
  const { items } = await shop.as(ANN).me.entitlements({})
  const right = items.find((item) => item.orderId === orderId)
  return [right?.state, line?.deliveries[0]?.state, ...shop.platform.enrolments().map(({ mode }) => mode)]
}

async function boughtCourse(site: Parameters<typeof campusShop>[0] = {}) {
  const shop = await campusShop(site)
  const { verified = '' } = await shop.course('bees', { verified: 10_000 })
  const { order } = await shop.buy(ANN, [{ variantId: verified }])
  return { shop, verified, order }
}

/** What one order of the shop has been given, and its sums by account. */
async function recordsOf({ storage }: ShopFixture, { order }: Pick<Bought, 'order'>) {
  const ofOrder = { index: 'order', equals: [order.id] }
  const rights = await listAll(storage, scope, entitlements, ofOrder)
  const given = await listAll(storage, scope, grants, ofOrder)
  const stream = await listAll(storage, scope, journal, { index: 'stream', equals: [order.id] })
  const sums: Record<string, number> = {}
  for (const { account, amount } of stream.flatMap(({ body }) => body.entries)) {
    sums[account] = (sums[account] ?? 0) + amount
  }
  const states = [...rights, ...given].map(({ body }): string => (body as Pick<Entitlement, 'state'>).state)
  return { states, waitingFor: given.map(({ body }) => body.waitingFor), sums }
}

/** The processor says this of the payment. */
async function hear(shop: ShopFixture, bought: Bought, said: Partial<ProcessorPayment>): Promise<void> {
  const amount = { amount: bought.order.total, currency: 'EUR' }
  const lookup = async (_account: unknown, { reference }: { reference: string | null }) => ({
    outcome: 'found' as const,
    payment: { reference: reference ?? 'ref', state: 'captured' as const, amount, captured: 0, refunded: 0, ...said },
  })
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...shop.processor, lookup } } }
  await settlePayment(ports, scope, bought.payment?.id ?? '')
  await assertHealthy(shop.storage, scope)
}

describe('what lost all of its money', () => {
  test.each(policies)('is not owned, and can be bought again, where the site says %s', async (onPaymentFailure) => {
    const { shop, verified, order } = await boughtCourse({ site: { onPaymentFailure } })
    await shop.refundElsewhere(ANN, order.id, 9999)
    await expect(shop.buy(ANN, [{ variantId: verified }])).rejects.toMatchObject({ reason: 'already_owned' })
    await shop.refundElsewhere(ANN, order.id, 1)
    const again = await shop.buy(ANN, [{ variantId: verified }])
    expect(again.order.state).toBe('placed')
    expect(await stateOf(shop, again.order.id)).toEqual(['active', 'delivered', 'verified'])
  })

  test('is taken away once, where one news says that part of it never came and that the rest went back', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy()
    await shop.runJobs()
    await hear(shop, bought, { captured: 4000, refunded: 4000 })
    await shop.runJobs()
    const { states, sums } = await recordsOf(shop, bought)
    expect(states).toEqual(['suspended', 'withdrawn'])
    expect(sums).toMatchObject({ cash: 0, receivable: 6000 })
  })

  test('comes back once, where one news says that the rest came and that the refund failed', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy()
    await shop.runJobs()
    await hear(shop, bought, { captured: 4000, refunded: 4000 })
    await shop.runJobs()
    await hear(shop, bought, { captured: 10_000, refunded: 1000 })
    await shop.runJobs()
    const { states, sums } = await recordsOf(shop, bought)
    expect(states).toEqual(['active', 'delivered'])
    expect(sums).toMatchObject({ cash: 9000, receivable: 0, suspense: 1000 })
  })

  test('is not delivered any more where the site says keep, in whichever order a refund and the failure are heard', async () => {
    const failed = { state: 'failed', captured: 0, refunded: 4000 } as const
    for (const news of [[failed], [{ captured: 10_000, refunded: 4000 }, failed]]) {
      const shop = await shopFixture({ site: { onPaymentFailure: 'keep' } })
      const bought = await shop.buy()
      for (const said of news) await hear(shop, bought, said)
      await shop.runJobs()
      expect((await recordsOf(shop, bought)).states).toEqual(['suspended', 'withdrawn'])
    }
  })

  test('where it failed is delivered no more where the site says keep, unless it was before, and is where it comes after all', async () => {
    const failed = { state: 'failed', captured: 0 } as const
    const shop = await shopFixture({ site: { onPaymentFailure: 'keep' } })
    const bought = await shop.buy()
    await hear(shop, bought, failed)
    await shop.runJobs()
    expect((await recordsOf(shop, bought)).states).toEqual(['suspended', 'withdrawn'])
    await hear(shop, bought, { state: 'captured', captured: 10_000 })
    await shop.runJobs()
    expect((await recordsOf(shop, bought)).states).toEqual(['active', 'delivered'])
    await hear(shop, bought, failed)
    await shop.runJobs()
    expect((await recordsOf(shop, bought)).states).toEqual(['active', 'delivered'])
  })

  test('is taken away, and given back where the refund fails after all', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy()
    await shop.runJobs()
    await hear(shop, bought, { captured: 10_000, refunded: 10_000 })
    await shop.runJobs()
    expect(await recordsOf(shop, bought)).toMatchObject({ states: ['suspended', 'withdrawn'] })
    await hear(shop, bought, { captured: 10_000, refunded: 4000 })
    await shop.runJobs()
    expect(await recordsOf(shop, bought)).toMatchObject({ states: ['active', 'delivered'] })
    await assertHealthy(shop.storage, scope)
  })

  test('stays delivered where the site keeps it, as a case for its staff', async () => {
    const { shop, order } = await boughtCourse({ site: { onPaymentFailure: 'keep' } })
    await shop.refundElsewhere(ANN, order.id, 10_000)
    await shop.runJobs()
    expect(await stateOf(shop, order.id)).toEqual(['active', 'delivered', 'verified'])
    const { findings } = await doctor(
      { storage: shop.storage },
      { scope: { operator: OPERATOR }, now: shop.runtime.now() },
    )
    expect(findings.map(({ message }) => message)).toContain('is active, though all money of its order went back')
  })

  test.each(policies)('is not delivered once it is claimed, where the site says %s', async (onPaymentFailure) => {
    const shop = await shopFixture({ site: { onPaymentFailure } })
    const bought = await shop.buy({ hostId: null })
    await hear(shop, bought, { captured: 10_000, refunded: 10_000 })
    await claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: bought.order.id, hostId: 'learner-9' })
    await shop.runJobs()
    expect(await recordsOf(shop, bought)).toMatchObject({ states: ['suspended', 'waiting'], waitingFor: ['payment'] })
    await hear(shop, bought, { captured: 10_000, refunded: 0 })
    await shop.runJobs()
    expect(await recordsOf(shop, bought)).toMatchObject({ states: ['active', 'delivered'] })
  })

  test.each(policies)('lets no run be chosen, where the site says %s', async (onPaymentFailure) => {
    const shop = await campusShop({ site: { onPaymentFailure } })
    shop.platform.addCourses([{ id: 'bees-spring', modes: [{ mode: 'verified' }] }])
    const runs = [{ id: 'spring', title: 'Spring', target: { course: 'bees-spring', mode: 'verified' } }]
    const { verified = '' } = await shop.course('bees', { verified: 10_000 }, { runs })
    const { order } = await shop.buy(ANN, [{ variantId: verified }])
    await shop.refundElsewhere(ANN, order.id, 10_000)
    const [right] = (await shop.as(ANN).me.entitlements({})).items
    const choosing = shop.as(ANN).me.chooseRun({ entitlementId: right?.id ?? '', run: 'spring' })
    await expect(choosing).rejects.toMatchObject({ code: 'wrong_state' })
    expect(await stateOf(shop, order.id)).toEqual(['suspended', 'waiting'])
  })

  test.each(policies)('is not delivered after an outage, where the site says %s', async (onPaymentFailure) => {
    const shop = await campusShop({ site: { onPaymentFailure } })
    const { verified = '' } = await shop.course('bees', { verified: 10_000 })
    shop.platform.script('deliver', 'outage', 1)
    const { order } = await shop.buy(ANN, [{ variantId: verified }])
    await shop.refundElsewhere(ANN, order.id, 10_000)
    await shop.runtime.advance(60 * 60 * 1000)
    await shop.runJobs()
    expect(await stateOf(shop, order.id)).toEqual(['suspended', 'withdrawn'])
  })
})

describe('money that failed after a part of it went back', () => {
  test.each([[4000], [10_000]])('is owed again, and a case says who has %i of the shop', async (refunded) => {
    const shop = await shopFixture()
    const bought = await shop.buy()
    await shop.runJobs()
    const [{ reference = '' } = {}] = shop.processor.payments()
    const card: ProcessorAccount = { id: shop.ids.accounts.card, mode: 'test', secret: async (name) => name }
    await shop.processor.refund(card, { key: 'refund', reference, amount: { amount: refunded, currency: 'EUR' } })
    await settlePayment(shop.ports, scope, bought.payment?.id ?? '')
    shop.processor.failCapture({ account: card.id, reference })
    await settlePayment(shop.ports, scope, bought.payment?.id ?? '')
    const staff = () => shop.call(shop.staff())
    const { money } = await getOrder(shop.ports, staff(), { orderId: bought.order.id })
    expect(money).toMatchObject({ state: 'unpaid', amounts: { due: 10_000, captured: 0, refunded } })
    const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
    const message = `${refunded} of 0 captured were given back, for the payment failed: ask the payer for the ${refunded} that the shop never got`
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'case', record: bought.payment?.id, message }))
    expect((await recordsOf(shop, bought)).states).toEqual(['suspended', 'withdrawing'])
    await cancelUnpaidOrder(shop.ports, staff(), { orderId: bought.order.id, reason: 'failed' })
    expect((await recordsOf(shop, bought)).sums).toMatchObject({ cash: -refunded, receivable: 0, suspense: refunded })
  })
})

describe('staff end an order whose money has all gone back', () => {
  test.each(policies)('its rights are withdrawn, where the site says %s', async (onPaymentFailure) => {
    const { shop, order } = await boughtCourse({ site: { onPaymentFailure } })
    await shop.refundElsewhere(ANN, order.id, 9999)
    const cancel = () => shop.system.admin.orders.cancel({ orderId: order.id, reason: 'refunded' })
    await expect(cancel()).rejects.toMatchObject({ code: 'wrong_state', reason: 'paid' })
    await shop.refundElsewhere(ANN, order.id, 1)
    expect((await cancel()).state).toBe('cancelled')
    await shop.runJobs()
    expect(await stateOf(shop, order.id)).toEqual(['withdrawn', 'withdrawn'])
    expect((await shop.as(ANN).me.cart())?.cart.lines).toEqual([]) // what was given back is wanted no more
    const { findings } = await doctor(
      { storage: shop.storage },
      { scope: { operator: OPERATOR }, now: shop.runtime.now() },
    )
    expect(findings).toEqual([])
  })

  test.each([1, 4000, 10_000])('of %i captured, no account is left with anything', async (captured) => {
    const shop = await shopFixture({ site: { capture: 'manual' } })
    const bought = await shop.buy()
    await hear(shop, bought, { captured })
    await hear(shop, bought, { captured, refunded: captured })
    const input = { orderId: bought.order.id, reason: 'refunded' }
    await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), input)
    await shop.runJobs()
    const { states, sums } = await recordsOf(shop, bought)
    expect(states).toEqual(['withdrawn', 'withdrawn'])
    expect(Object.values(sums).filter((sum) => sum !== 0)).toEqual([])
    await hear(shop, bought, { captured, refunded: 0 })
    expect((await recordsOf(shop, bought)).sums).toMatchObject({ cash: captured, receivable: 0, suspense: -captured })
  })

  test('what was paid twice and went back once is paid still', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy({ paymentToken: 'tok_decline' })
    const again = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    await startCheckout(shop.ports, shop.call(shop.customer()), again)
    await hear(shop, bought, { captured: 10_000 })
    await hear(shop, bought, { captured: 10_000, refunded: 10_000 })
    await shop.runJobs()
    expect(await recordsOf(shop, bought)).toMatchObject({ states: ['active', 'delivered'] })
    const input = { orderId: bought.order.id, reason: 'refunded' }
    const cancelling = cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), input)
    await expect(cancelling).rejects.toMatchObject({ code: 'wrong_state', reason: 'paid' })
  })
})

test('what was credited is free again where the money came and went back in one news', async () => {
  const shop = await campusShop()
  const { audit = '', verified = '' } = await shop.course('bees', { audit: 3000, verified: 10_000 })
  const { products } = shop.system.admin
  const [bees] = (await products.list({})).items
  const upgrade = { from: ['audit'], credit: 'money_paid' } as const
  await products.update({ productId: bees?.product.id ?? '', variants: [{ name: 'verified', upgrade }] })
  await shop.buy(ANN, [{ variantId: audit }])
  const { order, payment } = await shop.buy(ANN, [{ variantId: verified }], { paymentToken: 'tok_requires_action' })
  expect(order).toMatchObject({ state: 'pending', total: 7000 })
  await shop.processor.confirm(payment?.next?.type === 'client_secret' ? payment.next.clientSecret : '', 'approve')
  const reference = shop.processor.payments().find(({ captured }) => captured === 7000)?.reference ?? ''
  const card: ProcessorAccount = { id: 'card', mode: 'test', secret: async (name) => name }
  await shop.processor.refund(card, { key: 'refund', reference, amount: { amount: 7000, currency: 'EUR' } })
  await shop.as(ANN).orders.refreshPayment({ orderId: order.id })
  expect((await shop.as(ANN).orders.get({ orderId: order.id })).money.state).toBe('refunded')
  const again = await shop.as(ANN).carts.create({ lines: [{ lineId: 'again', variantId: verified }] })
  expect(again.quote.total).toBe(7000)
})
