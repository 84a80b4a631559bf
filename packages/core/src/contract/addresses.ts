import type { CommerceClient } from './api.ts'
import type { RouteAddress } from './route.ts'

/** Where each of the storefront's operations is: all that a remote client needs of the routes. */
export const addresses = {
  site: {
    get: { method: 'GET', path: '/v1/site' },
  },
  products: {
    list: { method: 'GET', path: '/v1/products' },
    get: { method: 'GET', path: '/v1/products/{idOrSlug}' },
  },
  quotes: {
    create: { method: 'POST', path: '/v1/quotes' },
  },
  carts: {
    create: { method: 'POST', path: '/v1/carts' },
    get: { method: 'GET', path: '/v1/carts/{cartId}' },
    update: { method: 'PATCH', path: '/v1/carts/{cartId}' },
    addLine: { method: 'POST', path: '/v1/carts/{cartId}/lines' },
    updateLine: { method: 'PATCH', path: '/v1/carts/{cartId}/lines/{lineId}' },
    removeLine: { method: 'DELETE', path: '/v1/carts/{cartId}/lines/{lineId}' },
    applyCode: { method: 'POST', path: '/v1/carts/{cartId}/codes' },
    removeCode: { method: 'DELETE', path: '/v1/carts/{cartId}/codes/{codeId}' },
    merge: { method: 'POST', path: '/v1/carts/{cartId}/merge' },
    checkout: { method: 'POST', path: '/v1/carts/{cartId}/checkout' },
  },
  orders: {
    get: { method: 'GET', path: '/v1/orders/{orderId}' },
    refreshPayment: { method: 'POST', path: '/v1/orders/{orderId}/payment/refresh' },
    claim: { method: 'POST', path: '/v1/orders/{orderId}/claim' },
  },
  me: {
    orders: { method: 'GET', path: '/v1/me/orders' },
    entitlements: { method: 'GET', path: '/v1/me/entitlements' },
  },
} as const satisfies { readonly [N in keyof CommerceClient]: { readonly [O in keyof CommerceClient[N]]: RouteAddress } }
