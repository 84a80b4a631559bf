import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'sites' }>

/** The cart is of one of the sites; with `any` and `none` it says what a promotion's own list of sites can't. */
const sitesCondition: CartConditionRule<Condition> = {
  type: 'sites',
  scope: 'cart',
  isPublic: true,
  check: ({ sites }, _selected, { site }) =>
    sites.includes(site) ? { type: 'holds' } : { type: 'fails', reason: 'not_here' },
}

/** What staff write for `sites`. */
export const sitesKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: sitesCondition,
  arm: (object) => object<Condition>()({ type: tag('sites'), sites: list(id, 1000, 1) }),
  names: ({ sites }) => sites.map((id, place) => ({ path: `sites.${place}`, record: 'site', id })),
  allows: ({ sites }) => ({ of: 'site', values: sites, isExact: true }),
})
