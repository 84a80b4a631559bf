import { expect, test } from 'vitest'
import { isStorable } from '../json/index.ts'
import type { ProcessorPayment } from '../ports/index.ts'
import { advancePayment, type PaymentNews } from './advance-payment.ts'
import type { Payment } from './payment.ts'

const amount = { amount: 500, currency: 'EUR' } as const
const opening = {
  id: 'pay_1',
  amount,
  state: 'created',
  reference: null,
  captured: 0,
  reason: null,
  next: null,
  operations: [{ id: 'op_1', kind: 'open', state: 'started' }],
} as unknown as Payment // what news touches

/** No storage takes this: U+0000, and half a pair where it is cut. */
const reason = `no\0${'\ud83d\ude00'.repeat(5000)}`
const seen = { reference: 'r_1', state: 'failed', amount, captured: 0, refunded: 0, reason } as ProcessorPayment

test.each<PaymentNews>([
  { type: 'declined', reason, reference: null },
  { type: 'unknown', reason },
  { type: 'fetched', payment: seen, next: null },
])('what a processor gives as a reason can be stored: $type', (news) => {
  const payment = advancePayment(opening, 'op_1', news)
  const reasons = [payment.reason ?? '', payment.operations[0]?.reason ?? '']
  expect(reasons.join('')).toContain('no\ufffd')
  expect(reasons.every((each) => isStorable(each) && each.length <= 1000)).toBe(true)
})
