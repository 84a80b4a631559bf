import { auditedWrite, writeChanges } from '../audit/index.ts'
import { type CartView, carts, cartView } from '../cart/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { type Customer, getCustomer, sameEmail } from '../customer/index.ts'
import { entitlements, type Grant, grants, stateAt } from '../entitlement/index.ts'
import { type Order, orders } from '../order/index.ts'
import { type Payment, payments } from '../payment/index.ts'
import type { Call, Stored } from '../ports/index.ts'
import { type Code, codes } from '../promotion/index.ts'
import { listOfAllSites } from '../site/index.ts'
import { decide, listAll } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'

/** Everything kept under one record of a person. */
export interface CustomerRecords {
  /** The personal record. */
  customer: Customer
  /** Ids of the other records with the same e-mail, which are not in here; null once this one was erased. */
  sameEmail: readonly string[] | null
  /** Their orders, over all sites of the operator. */
  orders: readonly Order[]
  /** Their carts, over all sites of the operator. */
  carts: readonly CartView[]
  /** The payments of their orders, failed attempts too. */
  payments: readonly Payment[]
  /** What was, or is to be, delivered to them. */
  deliveries: readonly Grant[]
  /** Codes that were assigned to them. */
  codes: readonly Code[]
  /** Their entitlements. */
  entitlements: readonly { id: string; variantId: string; state: string; soldAt: Instant }[]
  /** When it was made. */
  at: Instant
}

/** Everything kept under one record of a person. That it was asked for is audited. @throws BursarError `not_found` */
export async function exportCustomer(
  ports: AdminPorts,
  call: Call,
  input: { customerId: string },
): Promise<CustomerRecords> {
  const { record: customer } = await getCustomer(ports, call, input)
  const mine = [customer.id]
  const byCustomer = { index: 'customer', equals: mine }
  const [bought, filled, deliveries] = await Promise.all([
    listOfAllSites(ports.storage, call.scope, orders, byCustomer),
    listOfAllSites(ports.storage, call.scope, carts, byCustomer),
    listAll(ports.storage, call.scope, grants, { index: 'customerProvider', equals: mine }),
  ])
  const assigned = await listAll(ports.storage, call.scope, codes, { index: 'assignee', equals: mine })
  const attempts = await paymentsOf(ports, call, bought)
  const rights = await listAll(ports.storage, call.scope, entitlements, byCustomer)
  const others = await sameEmail(ports.storage, call.scope, customer)
  const write = auditedWrite(ports.runtime, call)
  const changes = writeChanges(call, write, { collection: 'customers', record: customer.id, fields: [] })
  await decide(ports, call.scope, async () => ({ changes, commitId: write.eventId, done: () => undefined }))
  return {
    customer,
    sameEmail: others,
    orders: bought.map(({ body }) => body),
    carts: filled.map(({ body, version }) => cartView(body, version)),
    payments: attempts,
    deliveries: deliveries.map(({ body }) => body),
    codes: assigned.map(({ body }) => body),
    entitlements: rights.map(({ body }) => {
      const { id, variantId, soldAt } = body
      return { id, variantId, state: stateAt(body, call.now), soldAt }
    }),
    at: call.now,
  }
}

/** Order by order: a person who has bought for years must not take all of the storage's connections. */
async function paymentsOf(
  { storage }: Pick<AdminPorts, 'storage'>,
  { scope }: Call,
  bought: readonly Stored<Order>[],
): Promise<Payment[]> {
  const attempts: Payment[] = []
  for (const { id } of bought) {
    const own = await listAll(storage, scope, payments, { index: 'orderId', equals: [id] })
    attempts.push(...own.map(({ body }) => body))
  }
  return attempts
}
