import { issueUnless } from '../../errors/index.ts'
import { formed, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { localHoursCondition } from './local-hours.ts'

type Condition = Extract<PromotionCondition, { type: 'local_hours' }>

const timeOfDay = formed(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day from 00:00 to 23:59', { maximum: 5 })

/** What staff write for `local_hours`. */
export const localHoursKind = conditionKind<Condition>({
  rule: localHoursCondition,
  arm: (object) => object<Condition>()({ type: tag('local_hours'), from: timeOfDay, until: timeOfDay }),
  check: ({ from, until }) => issueUnless(from !== until, 'until', 'must be another time than `from`'),
})
