import type { CommerceClient, CommerceOperationName, OperationInput, OperationOptions } from '@bursar/core/client'
import { readKey, type Snapshot } from '../snapshot.ts'

/** What a page needs at once. */
export interface PrefetchInput {
  /** The site; gives the provider its locale and zone too. @default true */
  site?: boolean | undefined
  /** Id of the shopper's cart. */
  cart?: string | undefined
  /** Lists of products, as `useProducts` is given them. */
  products?: readonly OperationInput<'products.list'>[] | undefined
  /** Products, as `useProduct` is given them. */
  product?: readonly (string | OperationInput<'products.get'>)[] | undefined
  /** Order ids. */
  orders?: readonly string[] | undefined
}

/**
 * Fetches what a page needs, at the same time, before the server renders it. What can't be had is left out, so that the
 * page fetches it itself and says what is wrong; this never rejects.
 *
 * @param options the secret of a guest's cart, a signal
 * @returns plain JSON for `initial` of `BursarProvider`, on the server and in the page alike
 */
export async function prefetch(
  client: CommerceClient,
  input: PrefetchInput = {},
  options: Pick<OperationOptions, 'cartToken' | 'signal'> = {},
): Promise<Snapshot> {
  const fetchedAt = Date.now()
  const reads: Record<string, unknown> = {}
  const read = <Name extends CommerceOperationName>(
    name: Name,
    asked: OperationInput<Name>,
    answer: (asked: OperationInput<Name>) => Promise<unknown>,
  ) =>
    attempt(async () => {
      reads[readKey(name, asked)] = await answer(asked)
    })
  const { site = true, cart, products = [], product = [], orders = [] } = input
  const [knownCart, knownSite] = await Promise.all([
    cart === undefined ? undefined : attempt(() => client.carts.get({ cartId: cart }, options)),
    site ? attempt(() => client.site.get({}, options)) : undefined,
    ...products.map((list) => read('products.list', list, () => client.products.list(list, options))),
    ...product.map((one) =>
      read('products.get', typeof one === 'string' ? { idOrSlug: one } : one, (asked) =>
        client.products.get(asked, options),
      ),
    ),
    ...orders.map((orderId) => read('orders.get', { orderId }, (asked) => client.orders.get(asked, options))),
  ])
  return JSON.parse(JSON.stringify({ fetchedAt, cart: knownCart, site: knownSite, reads }))
}

async function attempt<Value>(act: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await act()
  } catch {
    return undefined
  }
}
