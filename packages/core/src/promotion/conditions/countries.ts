import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'countries' }>

/** The place of sale is one of the countries. */
const countriesCondition: CartConditionRule<Condition> = {
  type: 'countries',
  scope: 'cart',
  isPublic: true,
  check: ({ countries }, _selected, { country }) =>
    countries.includes(country) ? { type: 'holds' } : { type: 'fails', reason: 'not_here' },
}

/** What staff write for `countries`. */
export const countriesKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: countriesCondition,
  arm: (object) => object<Condition>()({ type: tag('countries'), countries: list(text(2, 2), 250, 1) }),
  allows: ({ countries }) => ({ of: 'country', values: countries, isExact: true }),
})
