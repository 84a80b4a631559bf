import { expect, test } from 'vitest'
import type { LookupAnswer, ProcessorAnswer, ProcessorPayment } from '../ports/index.ts'
import { doctor } from '../report/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { cancelUnpaidOrder } from './cancel-order.ts'
import { capturePayment } from './capture-payment.ts'
import { settlePayment } from './settle-payment.ts'

const scope = { operator: OPERATOR, site: 'main' }
const HOUR = 60 * 60 * 1000
const CASE =
  'of 10000 4000 were captured, and nobody can pay the rest: unless its processor still takes it, give them back there, then end it'

/** A sale at 100.00 of which the processor says, from when it is told on, that so much came and went back. */
async function sale(capture: 'automatic' | 'manual') {
  const shop = await shopFixture({ site: { capture }, isExamined: false })
  const token = capture === 'manual' ? 'tok_approve' : 'tok_requires_action'
  const { order, payment } = await shop.buy({ paymentToken: token })
  const paymentId = payment?.id ?? ''
  const amount = { amount: order.total, currency: order.currency }
  const said = (captured: number, refunded = 0): ProcessorPayment => ({
    ...{ reference: `ref-${paymentId}`, state: 'captured', amount, captured, refunded },
  })
  const staff = () => shop.call(shop.staff())
  return {
    ...{ shop, order, said },
    hear: async (captured: number, refunded = 0) => {
      const lookup = async (): Promise<LookupAnswer> => ({ outcome: 'found', payment: said(captured, refunded) })
      Object.assign(shop.ports.payments, { test: { ...shop.processor, lookup } })
      await settlePayment(shop.ports, scope, paymentId)
    },
    capture: () => capturePayment(shop.ports, staff(), { paymentId }),
    cancel: () => cancelUnpaidOrder(shop.ports, staff(), { orderId: order.id, reason: 'paid in part' }),
    findings: async () => {
      await assertHealthy(shop.storage, scope, shop.runtime.now())
      const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
      return findings.map(({ severity, record, message }) => [severity, record, message])
    },
  }
}

test.each(['automatic', 'manual'] as const)(
  'an order of which only a part was captured is a case, until that is given back and the order is ended: %s',
  async (way) => {
    const { shop, order, hear, cancel, findings } = await sale(way)
    await hear(4000)
    expect(await findings()).toEqual([])
    await shop.runtime.advance(HOUR)
    expect(await findings()).toEqual([['case', order.id, CASE]])
    await expect(cancel()).rejects.toMatchObject({ code: 'wrong_state', reason: 'paid' })
    await hear(4000, 4000)
    expect((await cancel()).state).toBe('cancelled')
    expect(await findings()).toEqual([])
  },
)

test('of which a part of that went back: two cases that do not contradict one another', async () => {
  const { shop, order, hear, findings } = await sale('automatic')
  await hear(4000)
  await hear(4000, 1000)
  await shop.runtime.advance(HOUR)
  expect(await findings()).toEqual([
    ['case', order.id, '1000 of 4000 were given back at the processor: write in your accounts what they were for'],
    ['case', order.id, CASE.replace('them', 'the 3000 that are left')],
  ])
})

test('it is none any more once the rest has come', async () => {
  const { shop, hear, findings } = await sale('automatic')
  await hear(4000)
  await shop.runtime.advance(HOUR)
  await hear(10_000)
  expect(await findings()).toEqual([])
})

test('capturing does not take a part for the whole, whoever took it', async () => {
  const { shop, said, hear, capture } = await sale('manual')
  const partly = { code: 'wrong_state', reason: 'partly_captured', data: { captured: 4000, amount: 10_000 } }
  const answer: ProcessorAnswer = { outcome: 'succeeded', payment: said(4000) }
  const lookup = async (): Promise<LookupAnswer> => ({ outcome: 'found', payment: said(4000) })
  Object.assign(shop.ports.payments, { test: { ...shop.processor, lookup, capture: async () => answer } })
  for (const _time of [1, 2]) await expect(capture()).rejects.toMatchObject(partly)
  await hear(10_000)
  expect((await capture()).money.state).toBe('paid')
})
