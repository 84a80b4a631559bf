import type { Caller } from '../ports/index.ts'
import type { AdminClient } from './admin-api.ts'
import type { Route } from './route.ts'

const READERS = [
  'staff:admin',
  'staff:catalog',
  'staff:marketing',
  'staff:support',
  'staff:finance',
  'staff:reader',
  'service',
  'system',
] as const
const CATALOG = ['staff:admin', 'staff:catalog', 'service', 'system'] as const
const MARKETING = ['staff:admin', 'staff:marketing', 'service', 'system'] as const
const SUPPORT = ['staff:admin', 'staff:support', 'service', 'system'] as const
const FINANCE = ['staff:admin', 'staff:finance', 'service', 'system'] as const
const ADMINS = ['staff:admin', 'service', 'system'] as const
const PEOPLE = ['staff:admin', 'staff:support', 'staff:finance', 'service', 'system'] as const

/** What all sites of an operator share, and one site's staff must not decide. */
const OF_OPERATOR = { reach: 'operator' } as const

const WRITE = ['not_found', 'version_conflict', 'unique_taken'] as const

/** How far the roles of writers must reach. */
interface Reach {
  readonly create?: { readonly reach: 'operator' }
  readonly update?: { readonly reach: 'operator' }
}

function records<const P extends string>(path: P, writers: readonly Caller[], reach: Reach = {}) {
  return {
    list: { method: 'GET', path, who: READERS, scope: 'read', errors: [] },
    get: { method: 'GET', path: `${path}/{id}`, who: READERS, scope: 'read', errors: ['not_found'] },
    create: {
      method: 'POST',
      path,
      status: 201,
      who: writers,
      scope: 'admin',
      errors: ['unique_taken', 'idempotency_key_reused'],
      key: 'optional',
      ...reach.create,
    },
    update: {
      method: 'PATCH',
      path: `${path}/{id}`,
      who: writers,
      scope: 'admin',
      errors: WRITE,
      version: 'optional',
      ...reach.update,
    },
  } as const
}

/** The admin's operations. A missing or unknown one does not compile. */
export const adminRoutes = {
  products: {
    list: { method: 'GET', path: '/v1/admin/products', who: READERS, scope: 'read', errors: [] },
    get: {
      method: 'GET',
      path: '/v1/admin/products/{productId}',
      who: READERS,
      scope: 'read',
      errors: ['not_found'],
    },
    create: {
      method: 'POST',
      path: '/v1/admin/products',
      status: 201,
      who: CATALOG,
      scope: 'admin',
      errors: ['unique_taken', 'idempotency_key_reused'],
      key: 'optional',
    },
    update: {
      method: 'PATCH',
      path: '/v1/admin/products/{productId}',
      who: CATALOG,
      scope: 'admin',
      errors: WRITE,
      version: 'optional',
    },
    archive: {
      method: 'POST',
      path: '/v1/admin/products/{productId}/archive',
      who: CATALOG,
      scope: 'admin',
      errors: WRITE,
    },
    import: {
      method: 'POST',
      path: '/v1/admin/products/import',
      who: CATALOG,
      scope: 'admin',
      errors: ['import_refused', 'unique_taken'],
    },
    priceChanges: {
      method: 'GET',
      path: '/v1/admin/price-changes',
      who: READERS,
      scope: 'read',
      errors: [],
    },
  },
  collections: /* @__PURE__ */ records('/v1/admin/collections', CATALOG),
  priceLists: /* @__PURE__ */ records('/v1/admin/price-lists', CATALOG),
  promotions: {
    .../* @__PURE__ */ records('/v1/admin/promotions', MARKETING),
    preview: { method: 'POST', path: '/v1/admin/promotions/preview', who: MARKETING, scope: 'admin', errors: [] },
    previewCarts: {
      method: 'POST',
      path: '/v1/admin/promotions/preview-carts',
      who: MARKETING,
      scope: 'admin',
      errors: ['currency_not_offered'],
    },
  },
  carts: {
    explain: {
      method: 'GET',
      path: '/v1/admin/carts/{cartId}/explanation',
      who: READERS,
      scope: 'read',
      errors: ['not_found'],
    },
  },
  codes: {
    .../* @__PURE__ */ records('/v1/admin/codes', MARKETING),
    // A code is as good as money to whoever reads it.
    list: { method: 'GET', path: '/v1/admin/codes', who: MARKETING, scope: 'admin', errors: [] },
    get: { method: 'GET', path: '/v1/admin/codes/{id}', who: MARKETING, scope: 'admin', errors: ['not_found'] },
  },
  codeBatches: {
    .../* @__PURE__ */ records('/v1/admin/code-batches', MARKETING),
    mint: {
      method: 'POST',
      path: '/v1/admin/code-batches/{id}/mint',
      who: MARKETING,
      scope: 'admin',
      errors: ['not_found', 'version_conflict', 'unique_taken'],
    },
    codes: {
      method: 'GET',
      path: '/v1/admin/code-batches/{id}/codes',
      who: MARKETING,
      scope: 'admin',
      errors: ['not_found'],
    },
    assign: {
      method: 'POST',
      path: '/v1/admin/code-batches/{id}/assign',
      who: MARKETING,
      scope: 'admin',
      errors: ['not_found', 'wrong_state', 'version_conflict'],
    },
    toRemind: {
      method: 'GET',
      path: '/v1/admin/code-batches/{id}/to-remind',
      who: MARKETING,
      scope: 'admin',
      errors: ['not_found'],
    },
    markReminded: {
      method: 'POST',
      path: '/v1/admin/code-batches/{id}/mark-reminded',
      who: MARKETING,
      scope: 'admin',
      errors: ['not_found', 'version_conflict'],
    },
  },
  taxRates: /* @__PURE__ */ records('/v1/admin/tax-rates', FINANCE, { create: OF_OPERATOR, update: OF_OPERATOR }),
  sites: /* @__PURE__ */ records('/v1/admin/sites', ADMINS, { create: OF_OPERATOR }),
  sellers: /* @__PURE__ */ records('/v1/admin/sellers', ADMINS, { create: OF_OPERATOR, update: OF_OPERATOR }),
  paymentAccounts: /* @__PURE__ */ records('/v1/admin/payment-accounts', ADMINS, {
    create: OF_OPERATOR,
    update: OF_OPERATOR,
  }),
  orders: {
    list: { method: 'GET', path: '/v1/admin/orders', who: READERS, scope: 'read', errors: [] },
    get: { method: 'GET', path: '/v1/admin/orders/{orderId}', who: READERS, scope: 'read', errors: ['not_found'] },
    explain: {
      method: 'GET',
      path: '/v1/admin/orders/{orderId}/explanation',
      who: READERS,
      scope: 'read',
      errors: ['not_found', 'wrong_state'],
    },
    refundOptions: {
      method: 'GET',
      path: '/v1/admin/orders/{orderId}/refund-options',
      who: PEOPLE,
      scope: 'read',
      errors: ['not_found'],
    },
    cancel: {
      method: 'POST',
      path: '/v1/admin/orders/{orderId}/cancel',
      who: SUPPORT,
      scope: 'admin',
      errors: ['not_found', 'wrong_state', 'payment_in_progress'],
    },
    claim: {
      method: 'POST',
      path: '/v1/admin/orders/{orderId}/claim',
      who: SUPPORT,
      scope: 'admin',
      errors: ['not_found', 'wrong_state'],
    },
  },
  payments: {
    get: {
      method: 'GET',
      path: '/v1/admin/payments/{paymentId}',
      who: PEOPLE,
      scope: 'read',
      errors: ['not_found'],
    },
    capture: {
      method: 'POST',
      path: '/v1/admin/payments/{paymentId}/capture',
      who: FINANCE,
      scope: 'admin',
      errors: ['not_found', 'wrong_state', 'payment_in_progress'],
    },
  },
  grants: {
    list: { method: 'GET', path: '/v1/admin/grants', who: READERS, scope: 'read', errors: [] },
    retry: {
      method: 'POST',
      path: '/v1/admin/grants/{grantId}/retry',
      who: SUPPORT,
      scope: 'admin',
      errors: ['not_found', 'wrong_state'],
    },
    complete: {
      method: 'POST',
      path: '/v1/admin/grants/{grantId}/complete',
      who: SUPPORT,
      scope: 'admin',
      errors: ['not_found', 'wrong_state'],
    },
  },
  customers: {
    get: {
      method: 'GET',
      path: '/v1/admin/customers/{customerId}',
      who: PEOPLE,
      scope: 'read',
      errors: ['not_found'],
    },
    put: { method: 'PUT', path: '/v1/admin/customers', who: SUPPORT, scope: 'admin', errors: ['unique_taken'] },
    // A read that is a POST: an e-mail in an address would stand in the logs of all that is on the way.
    find: { method: 'POST', path: '/v1/admin/customers/find', ...OF_OPERATOR, who: PEOPLE, scope: 'read', errors: [] },
    export: {
      method: 'POST',
      path: '/v1/admin/customers/{customerId}/export',
      ...OF_OPERATOR,
      who: SUPPORT,
      scope: 'admin',
      errors: ['not_found'],
    },
    erase: {
      method: 'POST',
      path: '/v1/admin/customers/{customerId}/erase',
      ...OF_OPERATOR,
      who: ADMINS,
      scope: 'admin',
      errors: ['not_found'],
    },
  },
  apiKeys: {
    list: { method: 'GET', path: '/v1/admin/api-keys', ...OF_OPERATOR, who: ADMINS, scope: 'admin', errors: [] },
    create: {
      method: 'POST',
      path: '/v1/admin/api-keys',
      status: 201,
      ...OF_OPERATOR,
      who: ADMINS,
      scope: 'admin',
      errors: [],
    },
    revoke: {
      method: 'POST',
      path: '/v1/admin/api-keys/{id}/revoke',
      ...OF_OPERATOR,
      who: ADMINS,
      scope: 'admin',
      errors: ['not_found'],
    },
  },
  jobs: {
    list: { method: 'GET', path: '/v1/admin/jobs', ...OF_OPERATOR, who: PEOPLE, scope: 'read', errors: [] },
    depth: { method: 'GET', path: '/v1/admin/jobs/depth', ...OF_OPERATOR, who: PEOPLE, scope: 'read', errors: [] },
    retry: {
      method: 'POST',
      path: '/v1/admin/jobs/{id}/retry',
      ...OF_OPERATOR,
      who: SUPPORT,
      scope: 'admin',
      errors: ['not_found'],
    },
    dismiss: {
      method: 'POST',
      path: '/v1/admin/jobs/{id}/dismiss',
      ...OF_OPERATOR,
      who: SUPPORT,
      scope: 'admin',
      errors: ['not_found', 'wrong_state'],
    },
  },
  auditEvents: {
    list: { method: 'GET', path: '/v1/admin/audit-events', who: PEOPLE, scope: 'read', errors: [] },
  },
  reports: {
    doctor: { method: 'GET', path: '/v1/admin/reports/doctor', ...OF_OPERATOR, who: PEOPLE, scope: 'read', errors: [] },
  },
} as const satisfies { readonly [N in keyof AdminClient]: { readonly [O in keyof AdminClient[N]]: Route } }
