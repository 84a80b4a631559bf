import { ordersCounter, type PricedCode, type Quote, type QuoteUse } from '../pricing/index.ts'

/** Orders of one customer are counted, not limited. */
const ANY_ORDERS = 1_000_000_000

/**
 * What an order holds: what its quote uses of limited things, its place among the customer's orders, and the use of each code of
 * a batch: where such a code has no limit in all, who exports, assigns or reminds has to know whether it was used.
 */
export function usesOfOrder(
  { uses, codes }: Pick<Quote, 'uses' | 'codes'>,
  priced: readonly Pick<PricedCode, 'id' | 'uses' | 'batchId'>[],
  customerId: string,
): readonly QuoteUse[] {
  const orders = { counter: ordersCounter(customerId), n: 1, limit: ANY_ORDERS }
  const applied = new Set(codes.filter((code) => code.applied).map(({ id }) => id))
  const counted = priced
    .filter(({ id, uses: limit, batchId }) => applied.has(id) && limit === null && batchId)
    .map(({ id }) => ({ counter: `code:${id}`, n: 1, limit: Number.MAX_SAFE_INTEGER }))
  const isCounted = uses.some(({ counter }) => counter === orders.counter)
  return [...uses, ...counted, ...(isCounted ? [] : [orders])]
}
