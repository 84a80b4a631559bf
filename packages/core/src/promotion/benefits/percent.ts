import { choice, tag } from '../../json/field.schema.ts'
import { rate } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkPercent } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule } from '../promotion-rules.ts'
import { percentKeepsOrder, percentOff } from './percent-off.ts'

type Benefit = Extract<PromotionBenefit, { type: 'percent' }>

/** Percent off what promotions before it left of each line, or off its list price; never more than is left. */
export const percentBenefit: BenefitRule<Benefit> = {
  type: 'percent',
  discounts: ({ percent, of }, lines, context) => percentOff(percent, lines, context, of),
  keepsOrder: percentKeepsOrder,
  describe: ({ percent }) => `${percent} % off`,
}

/** What staff write for `percent`. */
export const percentKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: percentBenefit,
  arm: (object) =>
    object<Benefit>()({ type: tag('percent'), percent: rate, of: choice('original', 'left').optional() }),
  check: ({ percent }) => checkPercent(percent, 'percent'),
})
