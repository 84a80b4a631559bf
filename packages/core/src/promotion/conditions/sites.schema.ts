import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { sitesCondition } from './sites.ts'

type Condition = Extract<PromotionCondition, { type: 'sites' }>

/** What staff write for `sites`. */
export const sitesKind = conditionKind<Condition>({
  rule: sitesCondition,
  arm: (object) => object<Condition>()({ type: tag('sites'), sites: list(id, 1000, 1) }),
  names: ({ sites }) => sites.map((id, place) => ({ path: `sites.${place}`, record: 'site', id })),
})
