import type { Collection } from '../ports/index.ts'
import type { Cart } from './cart.ts'

/** Carts of a site. A command changes what is indexed once a day at most: a hot document keeps its place on the page. */
export const carts: Collection<Cart> = {
  name: 'carts',
  of: 'site',
  columns: {
    createdAt: (cart) => cart.createdAt,
    tokenHash: (cart) => cart.tokenHash,
    customerId: (cart) => cart.customerId,
    usedOn: unordered,
  },
  unique: {},
  indexes: {
    createdAt: ['createdAt'],
    token: ['tokenHash'],
    customer: ['customerId', 'createdAt'],
    usedOn: ['usedOn'],
  },
}

/** The last day of a cart that no order needs; one whose day is not known comes before all others. */
function unordered({ orderId, checkout, usedOn = '' }: Cart): string | null {
  return orderId === undefined && checkout === undefined ? usedOn : null
}
