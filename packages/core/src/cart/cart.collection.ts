import type { Collection } from '../ports/index.ts'
import type { Cart } from './cart.ts'

/** Carts of a site. No command changes what is indexed: a hot document keeps its place on the page. */
export const carts: Collection<Cart> = {
  name: 'carts',
  of: 'site',
  columns: {
    createdAt: (cart) => cart.createdAt,
    tokenHash: (cart) => cart.tokenHash,
    customerId: (cart) => cart.customerId,
  },
  unique: {},
  indexes: { createdAt: ['createdAt'], token: ['tokenHash'], customer: ['customerId', 'createdAt'] },
}
