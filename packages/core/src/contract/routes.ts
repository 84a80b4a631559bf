import type { CommerceClient } from './api.ts'
import type { Route } from './route.ts'

const SHOPPERS = ['shopper', 'customer', 'service', 'system'] as const
const CUSTOMERS = ['customer', 'service', 'system'] as const

/** Errors of every command on a cart. */
const CART = ['not_found', 'version_conflict', 'idempotency_key_reused', 'cart_not_open', 'guard_refused'] as const

/** The storefront's operations. A missing or unknown one does not compile. */
export const routes = {
  site: {
    get: { method: 'GET', path: '/v1/site', who: SHOPPERS, errors: [] },
  },
  products: {
    list: { method: 'GET', path: '/v1/products', who: SHOPPERS, errors: ['currency_not_offered'] },
    get: {
      method: 'GET',
      path: '/v1/products/{idOrSlug}',
      who: SHOPPERS,
      errors: ['not_found', 'currency_not_offered'],
    },
  },
  quotes: {
    create: { method: 'POST', path: '/v1/quotes', who: SHOPPERS, errors: ['currency_not_offered'] },
  },
  carts: {
    create: {
      method: 'POST',
      path: '/v1/carts',
      status: 201,
      who: SHOPPERS,
      errors: ['not_sellable', 'quantity_not_allowed', 'currency_not_offered', 'guard_refused'],
    },
    get: { method: 'GET', path: '/v1/carts/{cartId}', who: SHOPPERS, errors: ['not_found'] },
    update: {
      method: 'PATCH',
      path: '/v1/carts/{cartId}',
      who: SHOPPERS,
      errors: [...CART, 'currency_not_offered'],
      key: 'optional',
      version: 'optional',
    },
    addLine: {
      method: 'POST',
      path: '/v1/carts/{cartId}/lines',
      who: SHOPPERS,
      errors: [...CART, 'not_sellable', 'quantity_not_allowed', 'cart_full'],
      key: 'optional',
      version: 'optional',
    },
    updateLine: {
      method: 'PATCH',
      path: '/v1/carts/{cartId}/lines/{lineId}',
      who: SHOPPERS,
      errors: [...CART, 'quantity_not_allowed'],
      key: 'optional',
      version: 'optional',
    },
    removeLine: {
      method: 'DELETE',
      path: '/v1/carts/{cartId}/lines/{lineId}',
      who: SHOPPERS,
      errors: CART,
      key: 'optional',
      version: 'optional',
    },
    applyCode: {
      method: 'POST',
      path: '/v1/carts/{cartId}/codes',
      who: SHOPPERS,
      errors: [...CART, 'code_not_valid', 'cart_full'],
      key: 'optional',
      version: 'optional',
    },
    removeCode: {
      method: 'DELETE',
      path: '/v1/carts/{cartId}/codes/{codeId}',
      who: SHOPPERS,
      errors: CART,
      key: 'optional',
      version: 'optional',
    },
    merge: {
      method: 'POST',
      path: '/v1/carts/{cartId}/merge',
      who: CUSTOMERS,
      errors: [...CART, 'cart_full', 'payment_in_progress'],
      key: 'optional',
      version: 'optional',
    },
    checkout: {
      method: 'POST',
      path: '/v1/carts/{cartId}/checkout',
      who: SHOPPERS,
      errors: [
        ...CART,
        'idempotency_key_required',
        'cart_empty',
        'not_sellable',
        'quantity_not_allowed',
        'price_changed',
        'sold_out',
        'consent_required',
        'payment_account_unknown',
        'amount_not_payable',
        'payment_in_progress',
        'code_not_valid',
      ],
      key: 'required',
      version: 'optional',
    },
  },
  orders: {
    get: { method: 'GET', path: '/v1/orders/{orderId}', who: SHOPPERS, errors: ['not_found'] },
    refreshPayment: {
      method: 'POST',
      path: '/v1/orders/{orderId}/payment/refresh',
      who: SHOPPERS,
      errors: ['not_found'],
    },
  },
  me: {
    orders: { method: 'GET', path: '/v1/me/orders', who: CUSTOMERS, errors: [] },
    entitlements: { method: 'GET', path: '/v1/me/entitlements', who: CUSTOMERS, errors: [] },
  },
} as const satisfies { readonly [N in keyof CommerceClient]: { readonly [O in keyof CommerceClient[N]]: Route } }
