import { issueUnless } from '../../errors/index.ts'
import { list, tag, whole } from '../../json/field.schema.ts'
import { localWeekday } from '../../time/index.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'weekdays' }>

/** It is one of the days of the week in the site's time zone: a day ends where the next begins there. */
const weekdaysCondition: CartConditionRule<Condition> = {
  type: 'weekdays',
  scope: 'cart',
  isPublic: true,
  check: ({ days }, _selected, { now, timeZone }) =>
    days.includes(localWeekday(now, timeZone)) ? { type: 'holds' } : { type: 'fails', reason: 'not_now' },
}

/** What staff write for `weekdays`. */
export const weekdaysKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: weekdaysCondition,
  arm: (object) => object<Condition>()({ type: tag('weekdays'), days: list(whole(1, 7), 7, 1) }),
  check: ({ days }) => issueUnless(new Set(days).size < 7, 'days', 'names every day: leave the condition out'),
  allows: ({ days }) => ({ of: 'weekday', values: days, isExact: true }),
})
