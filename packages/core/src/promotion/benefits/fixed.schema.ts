import { choice, list, tag } from '../../json/field.schema.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { fixedBenefit } from './fixed.ts'

type Benefit = Extract<PromotionBenefit, { type: 'fixed' }>

/** What staff write for `fixed`. */
export const fixedKind = benefitKind<Benefit>({
  rule: fixedBenefit,
  arm: (object) =>
    object<Benefit>()({
      ...{ type: tag('fixed'), amounts: list(moneyOf(object), 50, 1) },
      per: choice('order', 'line', 'unit').optional(),
    }),
  check: ({ amounts }) => checkAmounts(amounts, 'amounts', 1),
})
