import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { variantsCondition } from './variants.ts'

type Condition = Extract<PromotionCondition, { type: 'variants' }>

/** What staff write for `variants`. */
export const variantsKind = conditionKind<Condition>({
  rule: variantsCondition,
  arm: (object) => object<Condition>()({ type: tag('variants'), variants: list(id, 1000, 1) }),
  names: ({ variants }) => variants.map((id, place) => ({ path: `variants.${place}`, record: 'variant', id })),
})
