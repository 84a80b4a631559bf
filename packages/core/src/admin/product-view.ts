import { type AdminProduct, publicationOf } from '../catalog/index.ts'
import type { ProductState } from './product-state.ts'

/** A product as staff see it. */
export function adminProduct({ product, variants, prices, publication }: ProductState): AdminProduct {
  return {
    product: product.body,
    version: product.version,
    variants: variants.map(({ id, body }) => ({ ...body, prices: prices.get(id)?.body.prices ?? [] })),
    publication: publication === null ? null : publicationOf(publication.body),
  }
}
