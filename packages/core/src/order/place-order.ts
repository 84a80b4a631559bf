import type { Change } from '../ports/index.ts'
import { type EntitleContext, entitle } from './entitle.ts'
import { saleEntries } from './journal-entries.ts'
import type { Order } from './order.ts'
import { emit, type OrderDraft, post } from './order-draft.ts'

/** Places an order: the sale is booked, its holds become uses, its recipients get their rights. */
export function placeOrder(draft: OrderDraft, context: EntitleContext): void {
  draft.order = { ...draft.order, state: 'placed', placedAt: draft.now }
  if (draft.order.total > 0 || draft.order.base > 0) {
    post(draft, { type: 'sale', orderId: draft.order.id }, saleEntries(draft.order))
  }
  draft.changes.push(...settleHolds(draft.order, 'commitHold'))
  entitle(draft, context)
  emit(draft, 'order.placed', { total: draft.order.total, currency: draft.order.currency })
}

/** Turns the holds of an order into uses, or gives them back. */
export function settleHolds(order: Order, how: 'commitHold' | 'releaseHold'): Change[] {
  return order.holds.map(({ counter }) => ({ do: how, counter, hold: order.id }))
}
