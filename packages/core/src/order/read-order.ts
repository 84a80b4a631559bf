import { customerRef } from '../customer/index.ts'
import { type Entitlement, entitlements, type Grant, grants } from '../entitlement/index.ts'
import { BursarError } from '../errors/index.ts'
import { sha256Hex } from '../ids/index.ts'
import { type Payment, payments } from '../payment/index.ts'
import type { Call, Principal, Scope, Storage, Stored } from '../ports/index.ts'
import { byId, listAll, type RecordRef, readAll } from '../storage/index.ts'
import { orders } from './order.collection.ts'
import type { Order } from './order.ts'
import type { OrderView } from './order-api.ts'
import { type DeliveryLook, orderView, shownNow } from './order-view.ts'

/** Reads an order that the caller may see. @throws BursarError `not_found` alike for none and for somebody else's */
export async function openOrder(ports: { storage: Storage }, call: Call, orderId: string): Promise<Stored<Order>> {
  return (await openOrderAs(ports, call, orderId)).order
}

/** An order, and as which customer the caller sees it. */
export interface OpenedOrder {
  /** The order. */
  readonly order: Stored<Order>
  /** The caller's customer id, or null: what is answered later may have another owner by then, and is asked for this one. */
  readonly customerId: string | null
}

/** The same with who sees it. @throws BursarError `not_found` */
export async function openOrderAs(ports: { storage: Storage }, call: Call, orderId: string): Promise<OpenedOrder> {
  const [stored, customer = null] = await readAll(
    ports.storage,
    call.scope,
    byId(orders, orderId),
    ...customerRef(call),
  )
  const customerId = customer?.body.id ?? null
  if (stored === null) throw new BursarError('not_found')
  assertSees(call, stored, customerId)
  return { order: stored, customerId }
}

/** Asks it of an order that was read again: somebody may have claimed it meanwhile. @throws BursarError `not_found` */
export function assertSees(
  { principal }: Pick<Call, 'principal'>,
  { body }: Stored<Order>,
  customerId: string | null,
): void {
  if (!maySee(body, principal, customerId)) throw new BursarError('not_found')
}

/** May this principal see this order? Its customer, a guest by the cart's token, the operator's own people. */
function maySee(order: Order, principal: Principal, customerId: string | null): boolean {
  if (isOfOperator(principal)) return true
  if (customerId !== null && order.customerId === customerId) return true
  const token = 'cartToken' in principal ? principal.cartToken : undefined
  return token !== undefined && order.tokenHash !== null && order.tokenHash === sha256Hex(token)
}

/** The operator's own people, and keys that act for nobody: they see all orders. */
export function isOfOperator(principal: Principal): boolean {
  if (principal.type === 'system' || principal.type === 'staff') return true
  return principal.type === 'service' && principal.actingFor === undefined && principal.scopes.some(isAdministrative)
}

const isAdministrative = (scope: string): boolean => scope === 'admin' || scope === 'read'

/** Where, when and by whom an order is looked at. */
type ViewCall = Pick<Call, 'scope' | 'now' | 'principal'>

/** What looking at an order needs. */
export type ViewPorts = { readonly storage: Storage } & Pick<DeliveryLook, 'fulfilment'>

/** An order with its payment and deliveries, as callers see it. */
export async function viewOrder(ports: ViewPorts, call: ViewCall, stored: Stored<Order>): Promise<OrderView> {
  const { storage } = ports
  const { scope } = call
  const [payment, given] = await Promise.all([
    readPayment(storage, scope, stored.body.paymentId),
    grantsOf(storage, scope, stored.id),
  ])
  return viewAs(call, { order: stored, payment, grants: given }, await lookAt(ports, call, given))
}

/**
 * The same in one round trip of two calls, where the ids are known, and another where a delivery has something to show only now;
 * null when there is no such order that the caller may see.
 */
export async function viewOrderOf(
  ports: ViewPorts,
  call: ViewCall,
  ids: { orderId: string; paymentId: string | null; customerId: string | null },
): Promise<OrderView | null> {
  const { storage } = ports
  const payment: RecordRef<Stored<Payment>>[] = ids.paymentId === null ? [] : [byId(payments, ids.paymentId)]
  const [[stored, paid = null], given] = await Promise.all([
    readAll(storage, call.scope, byId(orders, ids.orderId), ...payment),
    grantsOf(storage, call.scope, ids.orderId),
  ])
  if (stored === null || !maySee(stored.body, call.principal, ids.customerId)) return null
  // Another attempt to pay has begun meanwhile.
  if (stored.body.paymentId !== ids.paymentId) return viewOrder(ports, call, stored)
  return viewAs(call, { order: stored, payment: paid, grants: given }, await lookAt(ports, call, given))
}

async function grantsOf(storage: Storage, scope: Scope, orderId: string): Promise<Grant[]> {
  const stored = await listAll(storage, scope, grants, { index: 'order', equals: [orderId] })
  return stored.map(({ body }) => body)
}

/** What is to be seen of deliveries only now is asked by their rights, which are read where there is such a delivery. */
async function lookAt(
  { storage, fulfilment }: ViewPorts,
  { scope, now }: ViewCall,
  given: readonly Grant[],
): Promise<DeliveryLook> {
  const refs = shownNow(given, { fulfilment }).map(({ entitlementId }) => byId(entitlements, entitlementId))
  const read = refs.length === 0 ? [] : await readAll(storage, scope, ...refs)
  const rights = new Map(read.flatMap((right) => (right === null ? [] : [[right.id, right.body] as const])))
  return { now, operator: scope.operator, fulfilment, rights }
}

/** An order with its payment and deliveries, as they were read or stored. */
interface OrderAround {
  readonly order: Stored<Order>
  readonly payment: Stored<Payment> | null
  readonly grants: readonly Grant[]
}

/** An order as callers see it, of records that were stored just now: nothing of it was delivered before. */
export function viewStored(records: OrderAround, { scope, now }: ViewCall): OrderView {
  return view(records, { now, operator: scope.operator, fulfilment: {}, rights: new Map() })
}

/** What the operator's own people are told besides. */
function viewAs({ principal }: ViewCall, records: OrderAround, look: DeliveryLook): OrderView {
  const seen = view(records, look)
  if (!isOfOperator(principal)) return seen
  const { reviews, cancelReason } = records.order.body
  return { ...seen, cancelReason, ...(reviews.length > 0 ? { reviews } : {}) }
}

function view({ order, payment, grants: given }: OrderAround, look: DeliveryLook): OrderView {
  return orderView({ order: order.body, version: order.version, payment: payment?.body ?? null, grants: given, look })
}

/** The order and its view. @throws BursarError `not_found` */
export async function getOrder(ports: ViewPorts, call: Call, input: { orderId: string }): Promise<OrderView> {
  return viewOrder(ports, call, await openOrder(ports, call, input.orderId))
}

/** What an order has given so far. */
export async function readGiven(
  storage: Storage,
  scope: Scope,
  orderId: string,
): Promise<{ entitlement: Stored<Entitlement>; grant: Stored<Grant> | null }[]> {
  const [rights, deliveries] = await Promise.all([
    listAll(storage, scope, entitlements, { index: 'order', equals: [orderId] }),
    listAll(storage, scope, grants, { index: 'order', equals: [orderId] }),
  ])
  const byEntitlement = new Map(deliveries.map((grant) => [grant.body.entitlementId, grant]))
  return rights.map((entitlement) => ({ entitlement, grant: byEntitlement.get(entitlement.id) ?? null }))
}

async function readPayment(storage: Storage, scope: Scope, id: string | null): Promise<Stored<Payment> | null> {
  if (id === null) return null
  const [payment] = await readAll(storage, scope, byId(payments, id))
  return payment
}
