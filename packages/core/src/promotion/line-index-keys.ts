import type { PromotableLine } from './promotion-rules.ts'

/** What an index needs of a line. */
export type IndexedLine = Pick<PromotableLine, 'variantId' | 'productId' | 'productType' | 'collections'>

/** The keys by which an index finds what touches a line: `variant:…`, `product:…`, `product_type:…`, `collection:…`. */
export function lineIndexKeys({ variantId, productId, productType, collections = [] }: IndexedLine): readonly string[] {
  return [variantKey(variantId), productKey(productId), productTypeKey(productType), ...collections.map(collectionKey)]
}

/** Index key of a variant. */
export const variantKey = (variantId: string): string => `variant:${variantId}`

/** Index key of a product. */
export const productKey = (productId: string): string => `product:${productId}`

/** Index key of a product type. */
export const productTypeKey = (productType: string): string => `product_type:${productType}`

/** Index key of a collection. */
export const collectionKey = (collectionId: string): string => `collection:${collectionId}`
