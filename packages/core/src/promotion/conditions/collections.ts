import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { collectionKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'collections' }>

/** Selects the lines whose product is in one of the collections. */
const collectionsCondition: LineConditionRule<Condition> = {
  type: 'collections',
  scope: 'line',
  isPublic: true,
  selects({ collections }) {
    const listed = new Set(collections)
    return (line) => line.collections?.some((id) => listed.has(id)) ?? false
  },
}

/** What staff write for `collections`. */
export const collectionsKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: collectionsCondition,
  indexKeys: ({ collections }) => collections.map(collectionKey),
  arm: (object) => object<Condition>()({ type: tag('collections'), collections: list(id, 100, 1) }),
  names: ({ collections }) =>
    collections.map((id, place) => ({ path: `collections.${place}`, record: 'collection', id })),
})
