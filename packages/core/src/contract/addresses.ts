import type { CommerceClient } from './api.ts'
import type { RouteAddress } from './route.ts'

/** Method and path of an operation, as a client has them. */
export type AddressText = `${RouteAddress['method']} /${string}`

/** Where each of the storefront's operations is: all that a remote client needs of the routes. */
export const ADDRESSES: {
  readonly [N in keyof CommerceClient]: { readonly [O in keyof CommerceClient[N]]: AddressText }
} = {
  site: { get: 'GET /v1/site' },
  products: { list: 'GET /v1/products', get: 'GET /v1/products/{idOrSlug}' },
  quotes: { create: 'POST /v1/quotes' },
  carts: {
    create: 'POST /v1/carts',
    get: 'GET /v1/carts/{cartId}',
    update: 'PATCH /v1/carts/{cartId}',
    addLine: 'POST /v1/carts/{cartId}/lines',
    updateLine: 'PATCH /v1/carts/{cartId}/lines/{lineId}',
    removeLine: 'DELETE /v1/carts/{cartId}/lines/{lineId}',
    applyCode: 'POST /v1/carts/{cartId}/codes',
    applyDiscount: 'POST /v1/carts/{cartId}/discounts',
    removeCode: 'DELETE /v1/carts/{cartId}/codes/{codeId}',
    merge: 'POST /v1/carts/{cartId}/merge',
    checkout: 'POST /v1/carts/{cartId}/checkout',
  },
  orders: {
    get: 'GET /v1/orders/{orderId}',
    refreshPayment: 'POST /v1/orders/{orderId}/payment/refresh',
    claim: 'POST /v1/orders/{orderId}/claim',
  },
  me: {
    cart: 'GET /v1/me/cart',
    takeCart: 'POST /v1/me/cart',
    orders: 'GET /v1/me/orders',
    entitlements: 'GET /v1/me/entitlements',
    chooseRun: 'POST /v1/me/entitlements/{entitlementId}/run',
  },
}
