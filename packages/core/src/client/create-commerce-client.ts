import { ADDRESSES } from '../contract/addresses.ts'
import type { CommerceClient } from '../contract/index.ts'
import type { ClientOptions } from './client-options.ts'
import { remoteClient } from './remote-client.ts'

/**
 * The storefront's operations over HTTP: the same client as `commerce.as(principal)`, on `fetch` alone. Answers are those
 * of the server, unchecked; a later server may have added members.
 *
 * @example
 * const shop = createCommerceClient({ baseUrl: 'https://shop.example.org' })
 * const { items } = await shop.products.list({ search: 'algebra' })
 */
export function createCommerceClient(options: ClientOptions): CommerceClient {
  return remoteClient(ADDRESSES, options)
}
