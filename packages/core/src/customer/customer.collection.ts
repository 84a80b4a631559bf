import type { Collection } from '../ports/index.ts'
import type { CustomerRecord } from './customer.ts'

/** The one collection that holds personal data. */
export const customers: Collection<CustomerRecord> = {
  name: 'customers',
  of: 'operator',
  personal: true,
  columns: {
    hostId: (customer) => customer.hostId,
    email: (customer) => customer.email,
    createdAt: (customer) => customer.createdAt,
  },
  unique: { hostId: ['hostId'] },
  indexes: { email: ['email'], createdAt: ['createdAt'] },
}
