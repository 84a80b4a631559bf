import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { countriesCondition } from './countries.ts'

type Condition = Extract<PromotionCondition, { type: 'countries' }>

/** What staff write for `countries`. */
export const countriesKind = conditionKind<Condition>({
  rule: countriesCondition,
  arm: (object) => object<Condition>()({ type: tag('countries'), countries: list(text(2, 2), 250, 1) }),
})
