import { issueUnless } from '../../errors/index.ts'
import { list, tag, whole } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { weekdaysCondition } from './weekdays.ts'

type Condition = Extract<PromotionCondition, { type: 'weekdays' }>

/** What staff write for `weekdays`. */
export const weekdaysKind = conditionKind<Condition>({
  rule: weekdaysCondition,
  arm: (object) => object<Condition>()({ type: tag('weekdays'), days: list(whole(1, 7), 7, 1) }),
  check: ({ days }) => issueUnless(new Set(days).size < 7, 'days', 'names every day: leave the condition out'),
})
