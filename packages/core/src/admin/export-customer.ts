import { auditedWrite, writeChanges } from '../audit/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { type Customer, getCustomer } from '../customer/index.ts'
import { entitlements } from '../entitlement/index.ts'
import { type Order, orders } from '../order/index.ts'
import type { Call } from '../ports/index.ts'
import { sites } from '../site/index.ts'
import { decide, listAll } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'

/** Everything kept about one person. */
export interface CustomerRecords {
  /** The personal record. */
  customer: Customer
  /** Their orders, over all sites of the operator. */
  orders: readonly Order[]
  /** Their entitlements. */
  entitlements: readonly { id: string; variantId: string; state: string; soldAt: Instant }[]
  /** When it was made. */
  at: Instant
}

/** Everything kept about one person. That it was asked for is audited. @throws BursarError `not_found` */
export async function exportCustomer(
  ports: AdminPorts,
  call: Call,
  input: { customerId: string },
): Promise<CustomerRecords> {
  const { operator } = call.scope
  const { record: customer } = await getCustomer(ports, call, input)
  const mine = [customer.id]
  const ownSites = await listAll(ports.storage, call.scope, sites, { index: 'id' })
  const bought = await Promise.all(
    ownSites.map(({ id }) =>
      listAll(ports.storage, { operator, site: id }, orders, { index: 'customer', equals: mine }),
    ),
  )
  const rights = await listAll(ports.storage, call.scope, entitlements, { index: 'customer', equals: mine })
  const write = auditedWrite(ports.runtime, call)
  const changes = writeChanges(call, write, { collection: 'customers', record: customer.id, fields: [] })
  await decide(ports, call.scope, async () => ({ changes, commitId: write.eventId, done: () => undefined }))
  return {
    customer,
    orders: bought.flat().map(({ body }) => body),
    entitlements: rights.map(({ body: { id, variantId, state, soldAt } }) => ({ id, variantId, state, soldAt })),
    at: call.now,
  }
}
