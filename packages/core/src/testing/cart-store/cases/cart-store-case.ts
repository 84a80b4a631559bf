import type { CartStoreBench, StoreTab } from '../cart-store-bench.ts'

/** One rule of a cart store, and how it is tried. */
export interface CartStoreCase {
  /** The rule, as a sentence; unique. */
  readonly name: string
  /** Has the browser BroadcastChannel? @default true */
  readonly hasChannels?: boolean
  /** Tries it, on a bench of its own. */
  run(bench: CartStoreBench): Promise<void>
}

/** A tab whose cart holds two lines, `a` and `b`, one of each variant. */
export async function tabWithCart(
  bench: CartStoreBench,
  options: Parameters<CartStoreBench['open']>[0] = {},
): Promise<StoreTab> {
  const tab = bench.open(options)
  const [first, second] = bench.shop.variantIds
  void tab.store.addLine({ lineId: 'a', variantId: first })
  void tab.store.addLine({ lineId: 'b', variantId: second })
  await bench.settle(tab)
  return tab
}

/** The lines as `id×quantity`. */
export const linesOf = ({ lines }: { lines: readonly { id: string; quantity: number }[] }): string =>
  lines
    .map(({ id, quantity }) => `${id}×${quantity}`)
    .sort()
    .join(' ')

/** The keys of the requests of an operation, in order. */
export const keysOf = (bench: CartStoreBench, operation: string): (string | undefined)[] =>
  bench.network.requests.filter((request) => request.operation === operation).map(({ key }) => key)
