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
    waiting: ({ waitsAlone, email }) => (waitsAlone ? email : null),
  },
  // Of two that are made at once for one address the second is found to be the first: limits per customer are a person's.
  unique: { hostId: ['hostId'], waiting: ['waiting'] },
  indexes: { email: ['email'], createdAt: ['createdAt'] },
}
