import type { CommerceClient } from './api.ts'
import { mapMembers } from './map-members.ts'
import type { RouteAddress } from './route.ts'

type Table<Address> = { readonly [N in keyof CommerceClient]: { readonly [O in keyof CommerceClient[N]]: Address } }

/** Method and path below the noun's own. */
const BELOW: Table<`${RouteAddress['method']}${'' | ` /${string}`}`> = {
  site: { get: 'GET' },
  products: { list: 'GET', get: 'GET /{idOrSlug}' },
  quotes: { create: 'POST' },
  carts: {
    create: 'POST',
    get: 'GET /{cartId}',
    update: 'PATCH /{cartId}',
    addLine: 'POST /{cartId}/lines',
    updateLine: 'PATCH /{cartId}/lines/{lineId}',
    removeLine: 'DELETE /{cartId}/lines/{lineId}',
    applyCode: 'POST /{cartId}/codes',
    removeCode: 'DELETE /{cartId}/codes/{codeId}',
    merge: 'POST /{cartId}/merge',
    checkout: 'POST /{cartId}/checkout',
  },
  orders: {
    get: 'GET /{orderId}',
    refreshPayment: 'POST /{orderId}/payment/refresh',
    claim: 'POST /{orderId}/claim',
  },
  me: { cart: 'GET /cart', orders: 'GET /orders', entitlements: 'GET /entitlements' },
}

/** Where each of the storefront's operations is: all that a remote client needs of the routes. */
export const addresses = /* @__PURE__ */ mapMembers(BELOW, (operations, noun) =>
  mapMembers(operations, (text) => {
    const [method, path = ''] = text.split(' ')
    return { method, path: `/v1/${noun}${path}` }
  }),
) as Table<RouteAddress> // the same names
