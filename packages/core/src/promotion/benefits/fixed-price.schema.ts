import { list, tag } from '../../json/field.schema.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { fixedPriceBenefit } from './fixed-price.ts'

type Benefit = Extract<PromotionBenefit, { type: 'fixed_price' }>

/** What staff write for `fixed_price`. */
export const fixedPriceKind = benefitKind<Benefit>({
  rule: fixedPriceBenefit,
  arm: (object) => object<Benefit>()({ type: tag('fixed_price'), amounts: list(moneyOf(object), 50, 1) }),
  check: ({ amounts }) => checkAmounts(amounts, 'amounts', 0),
})
