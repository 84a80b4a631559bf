import type { Collection } from '../ports/index.ts'
import type { SiteAddress } from './address.ts'
import type { ApiKey } from './api-key.ts'
import type { Operator } from './operator.ts'
import type { Seller } from './seller.ts'
import type { Site } from './site.ts'

/** Operators, in the system's scope. */
export const operators: Collection<Operator> = {
  name: 'operators',
  of: 'operator',
  columns: { name: (operator) => operator.name },
  unique: {},
  indexes: { name: ['name'] },
}

/** Host names and site ids, in the system's scope. */
export const addresses: Collection<SiteAddress> = {
  name: 'addresses',
  of: 'operator',
  columns: { operator: (address) => address.operator, site: (address) => address.site },
  unique: {},
  indexes: { site: ['operator', 'site'] },
}

/** Sites of an operator. */
export const sites: Collection<Site> = {
  name: 'sites',
  of: 'operator',
  columns: { id: (site) => site.id },
  unique: {},
  indexes: { id: ['id'] },
}

/** Sellers of an operator. */
export const sellers: Collection<Seller> = {
  name: 'sellers',
  of: 'operator',
  columns: { id: (seller) => seller.id },
  unique: {},
  indexes: { id: ['id'] },
}

/** API keys of an operator, found by the hash of their secret. */
export const apiKeys: Collection<ApiKey> = {
  name: 'apiKeys',
  of: 'operator',
  columns: { hash: (key) => key.secretHash, createdAt: (key) => key.createdAt },
  unique: { hash: ['hash'] },
  indexes: { createdAt: ['createdAt'] },
}
