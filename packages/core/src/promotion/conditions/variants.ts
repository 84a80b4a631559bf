import { variantKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

/** Selects the lines of the variants listed. */
export const variantsCondition: LineConditionRule<Extract<PromotionCondition, { type: 'variants' }>> = {
  type: 'variants',
  scope: 'line',
  isPublic: true,
  selects({ variants }) {
    const listed = new Set(variants)
    return (line) => listed.has(line.variantId)
  },
  indexKeys: ({ variants }) => variants.map(variantKey),
}
