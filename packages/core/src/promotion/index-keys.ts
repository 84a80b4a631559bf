import type { PromotableLine } from './promotion-rules.ts'
import type { ShopperFacts } from './shopper-facts.ts'

/** What an index needs of a line. */
export type IndexedLine = Pick<PromotableLine, 'variantId' | 'productId' | 'productType' | 'collections'>

/** The keys by which an index finds what touches a line: `variant:…`, `product:…`, `product_type:…`, `collection:…`. */
export function lineIndexKeys({ variantId, productId, productType, collections = [] }: IndexedLine): readonly string[] {
  return [variantKey(variantId), productKey(productId), productTypeKey(productType), ...collections.map(collectionKey)]
}

/** What an index needs of who buys. */
export type IndexedShopper = Pick<ShopperFacts, 'customerId' | 'groups'>

/** The keys by which an index finds what is for a shopper: `customer:…`, `group:…`. */
export function shopperIndexKeys({ customerId, groups }: IndexedShopper): readonly string[] {
  return [...(customerId === null ? [] : [customerKey(customerId)]), ...groups.map(groupKey)]
}

/** Index key of a customer. */
export const customerKey = (customerId: string): string => `customer:${customerId}`

/** Index key of a customer group. */
export const groupKey = (group: string): string => `group:${group}`

/** Index key of a variant. */
export const variantKey = (variantId: string): string => `variant:${variantId}`

/** Index key of a product. */
export const productKey = (productId: string): string => `product:${productId}`

/** Index key of a product type. */
export const productTypeKey = (productType: string): string => `product_type:${productType}`

/** Index key of a collection. */
export const collectionKey = (collectionId: string): string => `collection:${collectionId}`

/** Does a key stand for what most carts or many shoppers have, such as a product type? */
export const isBroadKey = (key: string): boolean => key.startsWith('product_type:') || key.startsWith('group:')
