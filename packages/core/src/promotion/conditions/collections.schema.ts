import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { collectionsCondition } from './collections.ts'

type Condition = Extract<PromotionCondition, { type: 'collections' }>

/** What staff write for `collections`. */
export const collectionsKind = conditionKind<Condition>({
  rule: collectionsCondition,
  arm: (object) => object<Condition>()({ type: tag('collections'), collections: list(id, 100, 1) }),
  names: ({ collections }) =>
    collections.map((id, place) => ({ path: `collections.${place}`, record: 'collection', id })),
})
