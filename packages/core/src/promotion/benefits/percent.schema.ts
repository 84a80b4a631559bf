import { choice, tag } from '../../json/field.schema.ts'
import { rate } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkPercent } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { percentBenefit } from './percent.ts'

type Benefit = Extract<PromotionBenefit, { type: 'percent' }>

/** What staff write for `percent`. */
export const percentKind = benefitKind<Benefit>({
  rule: percentBenefit,
  arm: (object) =>
    object<Benefit>()({ type: tag('percent'), percent: rate, of: choice('original', 'left').optional() }),
  check: ({ percent }) => checkPercent(percent, 'percent'),
})
