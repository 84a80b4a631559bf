import { audit } from '../audit/index.ts'
import { type Cart, carts, usedAt } from '../cart/index.ts'
import { type JournalTransaction, journal } from '../journal/index.ts'
import { type ApplyContext, cancelOrder, type Order, type OrderDraft, orders } from '../order/index.ts'
import type { AfterClosing } from '../payment/index.ts'
import type { Change, Scope, Stored } from '../ports/index.ts'
import { listAll, put } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { reopened } from './close-cart.ts'

/** An order that is being changed, with all that changing it needs. */
export interface OpenedOrder {
  /** As it is stored. */
  readonly order: Stored<Order>
  /** What becomes of it. */
  readonly draft: OrderDraft
  /** What stands around it. */
  readonly context: ApplyContext
  /** The cart that was ordered, if it is there still. */
  readonly cart: Stored<Cart> | null
}

/** What was booked of an order. */
export async function bookedOf(
  { storage }: Pick<CheckoutPorts, 'storage'>,
  scope: Scope,
  orderId: string,
): Promise<JournalTransaction[]> {
  const booked = await listAll(storage, scope, journal, { index: 'stream', equals: [orderId] })
  return booked.map(({ body }) => body)
}

/**
 * Ends an order in its draft. Answers what is stored beside the draft: its cart, which is open again unless it belongs to
 * another order by now, and who asked for it.
 */
export function endOrder(
  ports: CheckoutPorts,
  { site }: { site: string },
  { order, draft, context, cart }: OpenedOrder,
  { booked, ending: { cancel, by } }: { booked: readonly JournalTransaction[]; ending: AfterClosing },
): Change[] {
  const sale = booked.find(({ cause }) => cause.type === 'sale')?.entries ?? []
  cancelOrder(draft, cancel, { ...context, sale })
  const isItsCart = cart?.body.checkout?.orderId === order.id || cart?.body.orderId === order.id
  const changes =
    cart !== null && isItsCart ? [put(carts, cart, usedAt(reopened(cart.body, order.body), draft.now))] : []
  if (by === undefined) return changes
  const id = ports.runtime.newId('aud')
  const event = { id, collection: orders.name, record: order.id, site, fields: ['state'], at: draft.now }
  return [...changes, audit({ ...event, ...by })]
}
