import { expect, test } from 'vitest'
import { sampleInputs, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { sampleOrder } from '../refund/sample-order.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { capturedCash } from './checks/captured-cash.ts'
import type { OrderFacts } from './order-facts.ts'

const ANN = 'ann'

/** A course at 60.00, bought, of which the processor gave back so much. */
async function givenBack(amount: number) {
  const shop = await campusShop()
  const { admin } = shop.system
  const modes = await shop.course('bees', { verified: 6000 })
  const { order } = await shop.buy(ANN, [{ variantId: modes.verified ?? '' }])
  await shop.refundElsewhere(ANN, order.id, amount)
  return {
    ...{ shop, order, cancel: () => admin.orders.cancel({ orderId: order.id, reason: 'refunded' }) },
    findings: async () => {
      const { findings } = await admin.reports.doctor({})
      return findings.map(({ invariant, severity, record, message }) => [invariant, severity, record, message])
    },
  }
}

test('a part of the money that went back is told, and that nobody owes anything', async () => {
  const { shop, order, cancel, findings } = await givenBack(500)
  const message =
    '500 of 6000 were given back at the processor: nobody owes anything; write in your accounts what they were for'
  expect(await findings()).toEqual([['I3', 'case', order.id, message]])
  // Once the rest goes back too, the next case says what to do, and it settles both.
  await shop.refundElsewhere(ANN, order.id, 5500)
  expect(await findings()).toEqual([['I3', 'case', order.id, 'all of the 6000 that came were given back: end it']])
  await cancel()
  expect(await findings()).toEqual([])
})

test('of an order that was paid twice, only its own money is what was given back', () => {
  const order = sampleOrder(
    sampleInputs({
      lines: [{ id: 'lin_1', variantId: 'var_book', quantity: 1 }],
      variants: variantsById(sampleVariant('var_book', 10_000)),
    }),
  )
  const said = (refunded: number) => {
    const money = { ...order.money, captured: 20_000, refunded }
    const entries = [
      { account: 'cash', currency: 'EUR', amount: 20_000 - refunded },
      { account: 'suspense', currency: 'EUR', amount: refunded - 10_000 },
    ]
    const facts = { order: { ...order, money }, payments: [money], journal: [{ entries }] }
    return capturedCash.find(facts as unknown as OrderFacts).map(({ message }) => message)
  }
  const what = '2000 of 10000 were given back at the processor: nobody owes anything'
  expect(said(12_000)).toEqual([`${what}; write in your accounts what they were for`])
  expect(said(20_000)).toEqual(['all of the 10000 that came were given back: end it'])
})
