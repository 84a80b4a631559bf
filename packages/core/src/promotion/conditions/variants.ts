import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { variantKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'variants' }>

/** Selects the lines of the variants listed. */
export const variantsCondition: LineConditionRule<Condition> = {
  type: 'variants',
  scope: 'line',
  isPublic: true,
  selects({ variants }) {
    const listed = new Set(variants)
    return (line) => listed.has(line.variantId)
  },
}

/** What staff write for `variants`. */
export const variantsKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: variantsCondition,
  indexKeys: ({ variants }) => variants.map(variantKey),
  arm: (object) => object<Condition>()({ type: tag('variants'), variants: list(id, 1000, 1) }),
  names: ({ variants }) => variants.map((id, place) => ({ path: `variants.${place}`, record: 'variant', id })),
  allows: ({ variants }) => ({ of: 'variant', values: variants, isExact: true }),
})
