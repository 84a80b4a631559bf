import { UNAVAILABLE } from '../../errors/client-codes.ts'
import type { BursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { Quote } from '../../pricing/index.ts'
import type { ConsentKind } from '../../site/index.ts'
import { clientError } from '../client-error.ts'
import type { CheckoutErrorCode, CheckoutPhase } from './checkout-state.ts'

/** Where a checkout stands by its order, as the server says it. */
export function phaseOfOrder(order: OrderView, isTokenised = false): CheckoutPhase {
  const { state, payment } = order
  if (state === 'placed' || state === 'closed') return { status: 'placed', order }
  if (state === 'cancelled') return { status: 'declined', order }
  if (payment === null) return { status: 'processing', order }
  if (payment.inDoubt) return { status: 'unknown', orderId: order.id, error: null }
  switch (payment.status) {
    case 'failed':
    case 'cancelled':
    case 'expired':
      return { status: 'declined', order }
    case 'created':
      // Made, and never opened at the processor: started again with its own key, it goes on.
      return { status: 'failed', error: clientError(UNAVAILABLE, { reason: 'not_opened' }) }
    case 'requires_action':
      return phaseOfNext(order, isTokenised)
    default:
      return { status: 'processing', order }
  }
}

function phaseOfNext(order: OrderView, isTokenised: boolean): CheckoutPhase {
  const next = order.payment?.next
  if (next?.type === 'client_secret' && !isTokenised) {
    return { status: 'ready', order, clientSecret: next.clientSecret }
  }
  return next == null || next.type === 'instructions'
    ? { status: 'processing', order }
    : { status: 'requires_action', order, next }
}

/** Where a checkout stands after `carts.checkout` was refused or had no answer. `before` is the price that was shown. */
export function phaseOfError(error: BursarError<CheckoutErrorCode>, before: Quote): CheckoutPhase {
  // The data of each code are the server's own; each member is looked at before it is used.
  const data = (error.data ?? {}) as { quote?: unknown; lineId?: string; missing?: ConsentKind[]; orderId?: string }
  switch (error.code) {
    case 'price_changed':
      if (data.quote == null) break
      return { status: 'price_changed', before, after: data.quote as Quote }
    case 'sold_out':
      return { status: 'sold_out', error, lineId: data.lineId ?? null }
    case 'consent_required':
      return { status: 'consent_required', error, missing: data.missing ?? [] }
    case 'payment_in_progress':
      return { status: 'unknown', orderId: data.orderId ?? null, error }
    // No answer, or one from which nobody can tell what was done.
    case 'unavailable':
    case 'internal':
      return { status: 'unknown', orderId: null, error }
  }
  return { status: 'failed', error }
}
