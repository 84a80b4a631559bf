import { addMilliseconds, type Instant } from '../time/index.ts'
import { isInDoubt } from './advance-payment.ts'
import type { Payment } from './payment.ts'

const DAY = 24 * 60 * 60 * 1000
/** So long after its time what nobody paid may still be open at its processor, which ends it by itself, in milliseconds. */
const PATIENCE = DAY
/** So long money may be under way: a direct debit takes up to two weeks. */
const PATIENCE_UNDER_WAY = 21 * DAY

/** Is it so long past its time that nothing but a person will end it? */
export function isOverdue(payment: Payment, now: Instant): boolean {
  const isUnderWay = payment.state === 'processing' && !isInDoubt(payment)
  return addMilliseconds(payment.expiresAt, isUnderWay ? PATIENCE_UNDER_WAY : PATIENCE) < now
}
