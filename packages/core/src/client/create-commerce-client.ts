import { ADDRESSES } from '../contract/addresses.ts'
import type { CommerceClient } from '../contract/index.ts'
import type { ClientOptions } from './client-options.ts'
import { remoteClient } from './remote-client.ts'

/**
 * The storefront's operations over HTTP: the same client as `commerce.as(principal)`, on `fetch` alone. Answers are those
 * of the server, unchecked; a later server may have added members. What no request can be made of, such as a header with a
 * line break, is a `TypeError`: a mistake of the program, not of the server.
 *
 * @throws TypeError without a `baseUrl`
 * @example
 * const shop = createCommerceClient({ baseUrl: 'https://shop.example.org' })
 * const { items } = await shop.products.list({ search: 'algebra' })
 */
export function createCommerceClient(options: ClientOptions): CommerceClient {
  return remoteClient(ADDRESSES, options)
}
