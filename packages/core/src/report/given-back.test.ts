import { expect, test } from 'vitest'
import { campusShop } from '../testing/campus-shop.ts'

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
