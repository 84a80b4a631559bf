import type { AdminProduct } from '@bursar/core'
import type { Reference } from './map-references.ts'
import { type ShopState, variantKey } from './shop-state.ts'

/** Ids of products and variants by the names that a file gives them; grows while it is written. */
export interface EntryIds {
  /** The id of what a name leads to, or null where it is not there yet. */
  find(reference: Pick<Reference, 'kind' | 'name'>): string | null
  /** Takes in a product that was written. */
  add(key: string, product: AdminProduct): void
}

/** Begins with what the shop has. All but products and variants go by their ids already. */
export function entryIds({ productIds, variantIds }: ShopState): EntryIds {
  const products = new Map(productIds)
  const variants = new Map(variantIds)
  return {
    find({ kind, name }) {
      if (kind === 'product') return products.get(name) ?? null
      return kind === 'variant' ? (variants.get(name) ?? null) : name
    },
    add(key, { product, variants: own }) {
      products.set(key, product.id)
      for (const { id, name } of own) variants.set(variantKey(key, name), id)
    },
  }
}
