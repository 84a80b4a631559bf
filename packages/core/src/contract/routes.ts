import { ADDRESSES, type AddressText } from './addresses.ts'
import type { CommerceClient } from './api.ts'
import { mapMembers } from './map-members.ts'
import type { Route, RouteAddress } from './route.ts'

const SHOPPERS = ['shopper', 'customer', 'service', 'system'] as const
const CUSTOMERS = ['customer', 'service', 'system'] as const

/** Errors of every command on a cart. */
const CART = ['not_found', 'version_conflict', 'idempotency_key_reused', 'cart_not_open', 'guard_refused'] as const

const addresses = mapMembers(ADDRESSES, (operations) =>
  mapMembers(operations, (text: AddressText) => {
    const [method, path] = text.split(' ')
    return { method, path }
  }),
) as { readonly [N in keyof CommerceClient]: { readonly [O in keyof CommerceClient[N]]: RouteAddress } } // the same names

/** The storefront's operations. A missing or unknown one does not compile. */
export const routes = {
  site: {
    get: { ...addresses.site.get, who: SHOPPERS, errors: [] },
  },
  products: {
    list: { ...addresses.products.list, who: SHOPPERS, errors: ['currency_not_offered'] },
    get: {
      ...addresses.products.get,
      who: SHOPPERS,
      errors: ['not_found', 'currency_not_offered'],
    },
  },
  quotes: {
    create: { ...addresses.quotes.create, who: SHOPPERS, errors: ['currency_not_offered'] },
  },
  carts: {
    create: {
      ...addresses.carts.create,
      status: 201,
      who: SHOPPERS,
      errors: ['not_sellable', 'quantity_not_allowed', 'currency_not_offered', 'guard_refused'],
    },
    get: { ...addresses.carts.get, who: SHOPPERS, errors: ['not_found'] },
    update: {
      ...addresses.carts.update,
      who: SHOPPERS,
      errors: [...CART, 'currency_not_offered'],
      key: 'optional',
      version: 'optional',
    },
    addLine: {
      ...addresses.carts.addLine,
      who: SHOPPERS,
      errors: [...CART, 'not_sellable', 'quantity_not_allowed', 'cart_full'],
      key: 'optional',
      version: 'optional',
    },
    updateLine: {
      ...addresses.carts.updateLine,
      who: SHOPPERS,
      errors: [...CART, 'not_sellable', 'quantity_not_allowed'],
      key: 'optional',
      version: 'optional',
    },
    removeLine: {
      ...addresses.carts.removeLine,
      who: SHOPPERS,
      errors: CART,
      key: 'optional',
      version: 'optional',
    },
    applyCode: {
      ...addresses.carts.applyCode,
      who: SHOPPERS,
      errors: [...CART, 'code_not_valid', 'cart_full'],
      key: 'optional',
      version: 'optional',
    },
    applyDiscount: {
      ...addresses.carts.applyDiscount,
      who: SHOPPERS,
      errors: [...CART, 'code_not_valid', 'cart_full'],
      key: 'optional',
      version: 'optional',
    },
    removeCode: {
      ...addresses.carts.removeCode,
      who: SHOPPERS,
      errors: CART,
      key: 'optional',
      version: 'optional',
    },
    merge: {
      ...addresses.carts.merge,
      who: CUSTOMERS,
      errors: [...CART, 'cart_full', 'payment_in_progress'],
      key: 'optional',
      version: 'optional',
    },
    checkout: {
      ...addresses.carts.checkout,
      who: SHOPPERS,
      errors: [
        ...CART,
        'idempotency_key_required',
        'cart_empty',
        'not_sellable',
        'quantity_not_allowed',
        'price_changed',
        'sold_out',
        'tax_unknown',
        'ownership_unknown',
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
    get: { ...addresses.orders.get, who: SHOPPERS, errors: ['not_found'] },
    refreshPayment: {
      ...addresses.orders.refreshPayment,
      who: SHOPPERS,
      errors: ['not_found'],
    },
    claim: { ...addresses.orders.claim, who: CUSTOMERS, errors: ['not_found', 'wrong_state'] },
  },
  me: {
    cart: { ...addresses.me.cart, who: CUSTOMERS, errors: [] },
    takeCart: {
      ...addresses.me.takeCart,
      who: CUSTOMERS,
      errors: ['not_found', 'payment_in_progress', 'cart_not_open', 'version_conflict', 'guard_refused'],
    },
    orders: { ...addresses.me.orders, who: CUSTOMERS, errors: [] },
    entitlements: { ...addresses.me.entitlements, who: CUSTOMERS, errors: [] },
    chooseRun: {
      ...addresses.me.chooseRun,
      who: CUSTOMERS,
      errors: ['not_found', 'wrong_state', 'run_chosen', 'run_not_open', 'run_full'],
    },
  },
} as const satisfies { readonly [N in keyof CommerceClient]: { readonly [O in keyof CommerceClient[N]]: Route } }
