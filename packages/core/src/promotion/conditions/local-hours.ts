import { issueUnless } from '../../errors/index.ts'
import { formed, tag } from '../../json/field.schema.ts'
import { localTime } from '../../time/index.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'local_hours' }>

/**
 * The clocks of the site's time zone show a time from `from` on and before `until`; where `until` is the earlier one, the
 * window goes past midnight. An hour that clocks show twice counts twice, one that they skip never comes.
 */
const localHoursCondition: CartConditionRule<Condition> = {
  type: 'local_hours',
  scope: 'cart',
  isPublic: true,
  check({ from, until }, _selected, { now, timeZone }) {
    const time = localTime(now, timeZone)
    const isWithin = from < until ? from <= time && time < until : from <= time || time < until
    return isWithin ? { type: 'holds' } : { type: 'fails', reason: 'not_now' }
  },
}

const timeOfDay = /* @__PURE__ */ formed(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day from 00:00 to 23:59', {
  maximum: 5,
})

/** What staff write for `local_hours`. */
export const localHoursKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: localHoursCondition,
  arm: (object) => object<Condition>()({ type: tag('local_hours'), from: timeOfDay, until: timeOfDay }),
  check: ({ from, until }) => issueUnless(from !== until, 'until', 'must be another time than `from`'),
})
