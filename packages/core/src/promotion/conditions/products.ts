import { productKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

/** Selects the lines of the products listed. */
export const productsCondition: LineConditionRule<Extract<PromotionCondition, { type: 'products' }>> = {
  type: 'products',
  scope: 'line',
  isPublic: true,
  selects({ products }) {
    const listed = new Set(products)
    return (line) => listed.has(line.productId)
  },
  indexKeys: ({ products }) => products.map(productKey),
}
