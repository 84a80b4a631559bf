import {
  chooseCases,
  type PaymentProcessorBench,
  paymentProcessorAbilities,
  paymentProcessorContract,
  testAccount,
} from '@bursar/core/testing'
import { describe, expect, test } from 'vitest'
import { manualProcessor } from './manual-processor.ts'

const live = testAccount('pac_invoice', {}, 'live')

const request = {
  key: 'key-1',
  paymentId: 'pay_1',
  orderId: 'ord_1',
  orderNumber: 'A-1001',
  amount: { amount: 11900, currency: 'EUR' },
  quoteHash: 'a'.repeat(64),
  capture: 'automatic',
} as const

function makeBench(): PaymentProcessorBench {
  const processor = manualProcessor({ instructions: () => 'Please transfer it.' })
  return { processor, account: testAccount('pac_invoice'), currency: 'EUR', tokens: {}, listsEvents: false }
}

const { run, leftOut } = chooseCases(paymentProcessorContract, paymentProcessorAbilities(makeBench()))

describe('the manual processor', () => {
  test.each(run)('$name', ({ run: check }) => check(makeBench()))
  test('is asked what can be asked of one that takes no tokens, sends no events and keeps no books', () => {
    console.info(leftOut.map(({ name, missing }) => `left out for want of ${missing.join(', ')}: ${name}`).join('\n'))
    expect(run.map(({ name }) => name)).toEqual([
      'a payment without a token waits, says what comes next, and takes nothing',
      'a payment that was never opened is not found',
      'an amount that cannot be is a definite failure',
      'what looks like a card number is refused as a token, and not repeated',
      'an accepted invoice is settled by capture, once',
      'rubbish is no event, and does not throw',
    ])
  })
})

test('the payer is told how to pay, with the number of the order to quote', async () => {
  const processor = manualProcessor({
    instructions: ({ orderNumber, amount }) => `${amount.amount} ${amount.currency} for ${orderNumber}`,
  })
  expect(await processor.open(live, request)).toEqual({
    outcome: 'pending',
    payment: {
      reference: 'manual_EUR_11900_pay_1',
      state: 'processing',
      amount: { amount: 11900, currency: 'EUR' },
      captured: 0,
      refunded: 0,
    },
    next: { type: 'instructions', text: '11900 EUR for A-1001', reference: 'A-1001' },
  })
})

test('an operator settles the whole of it, gives it back, or gives it up', async () => {
  const processor = manualProcessor({ instructions: () => '' })
  const reference = 'manual_EUR_11900_pay_1'
  const whole = { key: 'key-2', reference, amount: { amount: 11900, currency: 'EUR' } }
  expect(await processor.capture(live, whole)).toMatchObject({ payment: { state: 'captured', captured: 11900 } })
  expect(await processor.refund(live, whole)).toMatchObject({ payment: { captured: 11900, refunded: 11900 } })
  expect(await processor.void(live, { key: 'key-3', reference })).toMatchObject({ payment: { state: 'cancelled' } })
  const part = { ...whole, amount: { amount: 100, currency: 'EUR' } }
  expect(await processor.capture(live, part)).toMatchObject({ outcome: 'failed' })
  expect(await processor.refund(live, part)).toMatchObject({ outcome: 'failed' })
})

test('a payment is told from its reference alone, also after a restart', async () => {
  const found = await manualProcessor({ instructions: () => '' }).lookup(live, {
    reference: 'manual_JPY_5000_pay_2',
    key: 'key-1',
  })
  expect(found).toMatchObject({
    outcome: 'found',
    payment: { state: 'processing', amount: { amount: 5000, currency: 'JPY' }, captured: 0 },
  })
})

test.each(['manual_EUR_0_pay', 'manual_XXX_ZZ_pay', 'manual_EUR_99999999999999999_pay', 'pay_1', ''])(
  'no payment is told from %j',
  async (reference) => {
    const processor = manualProcessor({ instructions: () => '' })
    expect(await processor.lookup(live, { reference, key: 'key-1' })).toEqual({ outcome: 'not_found' })
    expect(await processor.void(live, { reference, key: 'key-1' })).toMatchObject({ outcome: 'failed' })
  },
)
