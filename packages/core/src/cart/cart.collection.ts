import type { Collection } from '../ports/index.ts'
import type { Cart } from './cart.ts'

/** Carts of a site. The one index is on what does not change: a hot document keeps its place on the page. */
export const carts: Collection<Cart> = {
  name: 'carts',
  of: 'site',
  columns: { createdAt: (cart) => cart.createdAt },
  unique: {},
  indexes: { createdAt: ['createdAt'] },
}
