import { type Check, problemUnless } from '../check.ts'
import type { BelongingFacts } from '../record-facts.ts'

/** I13: payments, rights, deliveries, transactions and events belong to an order that is there, on the site that they name. */
export const belonging: Check<BelongingFacts> = {
  name: 'records belong to an order of their site',
  invariant: 'I13',
  find: ({ collection, id, orderId, site, hasOrder }) =>
    problemUnless(
      hasOrder,
      id,
      `of ${collection} belongs to the order ${orderId}, which the site ${site} does not have`,
    ),
}
