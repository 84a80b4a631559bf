import { ordersCounter, type Quote, type QuoteUse } from '../pricing/index.ts'

/** Orders of one customer are counted, not limited. */
const ANY_ORDERS = 1_000_000_000

/** What an order holds: what its quote uses of limited things, and its place among the customer's orders. */
export function usesOfOrder({ uses }: Quote, customerId: string): readonly QuoteUse[] {
  const counter = ordersCounter(customerId)
  if (uses.some((use) => use.counter === counter)) return uses
  return [...uses, { counter, n: 1, limit: ANY_ORDERS }]
}
