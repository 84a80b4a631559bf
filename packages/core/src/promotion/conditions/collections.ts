import { collectionKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

/** Selects the lines whose product is in one of the collections. */
export const collectionsCondition: LineConditionRule<Extract<PromotionCondition, { type: 'collections' }>> = {
  type: 'collections',
  scope: 'line',
  isPublic: true,
  selects({ collections }) {
    const listed = new Set(collections)
    return (line) => line.collections?.some((id) => listed.has(id)) ?? false
  },
  indexKeys: ({ collections }) => collections.map(collectionKey),
}
