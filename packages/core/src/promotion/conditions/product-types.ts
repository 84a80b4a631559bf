import { productTypeKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

/** Selects the lines whose product is of a type listed. */
export const productTypesCondition: LineConditionRule<Extract<PromotionCondition, { type: 'product_types' }>> = {
  type: 'product_types',
  scope: 'line',
  isPublic: true,
  selects({ productTypes }) {
    const listed = new Set(productTypes)
    return (line) => listed.has(line.productType)
  },
  indexKeys: ({ productTypes }) => productTypes.map(productTypeKey),
}
