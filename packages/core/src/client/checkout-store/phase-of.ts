import { UNAVAILABLE } from '../../errors/client-codes.ts'
import type { BursarError } from '../../errors/index.ts'
import { CodedError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { Quote } from '../../pricing/index.ts'
import type { ConsentKind } from '../../site/index.ts'
import type { CheckoutErrorCode, CheckoutPhase } from './checkout-state.ts'

/** Where a checkout stands by its order, as the server says it. */
export function phaseOfOrder(order: OrderView, isTokenised?: boolean): CheckoutPhase {
  const { state, payment } = order
  const { status = '', next, inDoubt } = payment ?? {}
  if (/placed|closed/.test(state)) return { status: 'placed', order }
  if (state !== 'cancelled' && inDoubt) return { status: 'unknown', orderId: order.id, error: null }
  if (/cancelled|failed|expired/.test(state + status)) return { status: 'declined', order }
  // Made, and never opened at the processor: started again with its own key, it goes on.
  if (status === 'created') return { status: 'failed', error: new CodedError(UNAVAILABLE, { reason: 'not_opened' }) }
  if (status !== 'requires_action' || !next || next.type === 'instructions') return { status: 'processing', order }
  return next.type === 'client_secret' && !isTokenised
    ? { status: 'ready', order, clientSecret: next.clientSecret }
    : { status, order, next }
}

/**
 * Where a checkout stands after it was asked for, or about, in vain. `before` is the price that was shown, if it was asked
 * for; `known` the order that it was known to have.
 */
export function phaseOfError(
  error: BursarError<CheckoutErrorCode>,
  known: string | null = null,
  before?: Quote,
): CheckoutPhase {
  // The data of each code are the server's own; each member is looked at before it is used.
  const data = (error.data ?? {}) as { quote?: Quote; lineId?: string; missing?: ConsentKind[]; orderId?: string }
  const { code, status } = error
  const { quote, lineId = null, missing = [], orderId = known } = data
  if (code === 'price_changed' && quote && before) return { status: code, before, after: quote }
  if (code === 'sold_out') return { status: code, error, lineId }
  if (code === 'consent_required') return { status: code, error, missing }
  // A start is in doubt without an answer, or with one from which nobody can tell what was done; the answer to a question
  // is one only if it is a definite no: there is nothing here for this caller, or what was kept is none of our ids.
  const isDoubt = before ? code === 'payment_in_progress' : !/not_found|input/.test(code)
  return isDoubt || status >= 500 ? { status: 'unknown', orderId, error } : { status: 'failed', error }
}
