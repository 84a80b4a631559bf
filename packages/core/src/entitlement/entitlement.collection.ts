import type { Collection } from '../ports/index.ts'
import type { Entitlement } from './entitlement.ts'
import type { Grant } from './grant.ts'

/** Entitlements of an operator. */
export const entitlements: Collection<Entitlement> = {
  name: 'entitlements',
  of: 'operator',
  columns: {
    customerId: (entitlement) => entitlement.customerId,
    orderId: (entitlement) => entitlement.source.orderId,
    soldAt: (entitlement) => entitlement.soldAt,
    variantId: (entitlement) => entitlement.variantId,
  },
  unique: {},
  indexes: {
    customer: ['customerId', 'soldAt'],
    customerVariant: ['customerId', 'variantId'],
    order: ['orderId'],
    soldAt: ['soldAt'],
  },
}

/** Grants of an operator. */
export const grants: Collection<Grant> = {
  name: 'grants',
  of: 'operator',
  columns: {
    orderId: (grant) => grant.orderId,
    entitlementId: (grant) => grant.entitlementId,
    customerId: (grant) => grant.customerId,
    provider: (grant) => grant.provider,
    site: (grant) => grant.site,
    state: (grant) => grant.state,
    soldAt: (grant) => grant.soldAt,
    learner: (grant) => grant.learner ?? null,
  },
  unique: { entitlement: ['entitlementId'] },
  indexes: {
    order: ['orderId'],
    customerProvider: ['customerId', 'provider'],
    state: ['state', 'soldAt'], // nobody asks by it any more; an index cannot go while older processes may run
    siteState: ['site', 'state', 'soldAt'],
    learner: ['learner'],
  },
}
