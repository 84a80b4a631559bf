import type { PromotableLine } from './promotion-rules.ts'

/** The keys by which an index finds what touches a line: `variant:…`, `product:…` and `product_type:…`. */
export function lineIndexKeys(
  line: Pick<PromotableLine, 'variantId' | 'productId' | 'productType'>,
): readonly string[] {
  return [variantKey(line.variantId), productKey(line.productId), productTypeKey(line.productType)]
}

/** Index key of a variant. */
export const variantKey = (variantId: string): string => `variant:${variantId}`

/** Index key of a product. */
export const productKey = (productId: string): string => `product:${productId}`

/** Index key of a product type. */
export const productTypeKey = (productType: string): string => `product_type:${productType}`
