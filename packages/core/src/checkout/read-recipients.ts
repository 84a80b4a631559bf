import { type Customer, customers } from '../customer/index.ts'
import type { Order } from '../order/index.ts'
import type { Scope, Storage } from '../ports/index.ts'
import { byId, readAll } from '../storage/index.ts'

/** The customers who get an order's lines, by id. */
export async function readRecipients(
  { storage }: { storage: Storage },
  scope: Scope,
  order: Pick<Order, 'customerId' | 'lines'>,
): Promise<Map<string, Customer>> {
  const named = order.lines.map(({ recipient }) =>
    recipient.type === 'buyer' ? order.customerId : recipient.customerId,
  )
  const read = await readAll(storage, scope, ...[...new Set(named)].map((id) => byId(customers, id)))
  return new Map(read.flatMap((stored) => (stored === null ? [] : [[stored.id, stored.body]])))
}
