import { UNAVAILABLE } from '../../errors/client-codes.ts'
import type { BursarError } from '../../errors/index.ts'
import { CodedError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { Quote } from '../../pricing/index.ts'
import type { ConsentKind } from '../../site/index.ts'
import type { CheckoutErrorCode, CheckoutPhase } from './checkout-state.ts'

/** Where a checkout stands by its order, as the server says it. */
export function phaseOfOrder(order: OrderView, isTokenised = false): CheckoutPhase {
  const { state, payment } = order
  const { status, next = null, inDoubt } = payment ?? {}
  if (state === 'placed' || state === 'closed') return { status: 'placed', order }
  if (state === 'cancelled') return { status: 'declined', order }
  if (inDoubt) return { status: 'unknown', orderId: order.id, error: null }
  // Made, and never opened at the processor: started again with its own key, it goes on.
  if (status === 'created') return { status: 'failed', error: new CodedError(UNAVAILABLE, { reason: 'not_opened' }) }
  if (status === 'failed' || status === 'cancelled' || status === 'expired') return { status: 'declined', order }
  if (status !== 'requires_action' || !next || next.type === 'instructions') return { status: 'processing', order }
  return next.type === 'client_secret' && !isTokenised
    ? { status: 'ready', order, clientSecret: next.clientSecret }
    : { status: 'requires_action', order, next }
}

/** Where a checkout stands after `carts.checkout` was refused or had no answer. `before` is the price that was shown. */
export function phaseOfError(error: BursarError<CheckoutErrorCode>, before: Quote): CheckoutPhase {
  // The data of each code are the server's own; each member is looked at before it is used.
  const data = (error.data ?? {}) as { quote?: Quote; lineId?: string; missing?: ConsentKind[]; orderId?: string }
  const { code } = error
  const { quote, lineId = null, missing = [], orderId = null } = data
  if (code === 'price_changed' && quote) return { status: code, before, after: quote }
  if (code === 'sold_out') return { status: code, error, lineId }
  if (code === 'consent_required') return { status: code, error, missing }
  // No answer, or one from which nobody can tell what was done.
  return code === 'payment_in_progress' || code === 'unavailable' || code === 'internal'
    ? { status: 'unknown', orderId, error }
    : { status: 'failed', error }
}
