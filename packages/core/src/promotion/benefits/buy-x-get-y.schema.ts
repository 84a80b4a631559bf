import { tag, whole } from '../../json/field.schema.ts'
import { rate } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkPercent } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { buyXGetYBenefit } from './buy-x-get-y.ts'

type Benefit = Extract<PromotionBenefit, { type: 'buy_x_get_y' }>

/** What staff write for `buy_x_get_y`. */
export const buyXGetYKind = benefitKind<Benefit>({
  rule: buyXGetYBenefit,
  arm: (object) =>
    object<Benefit>()({ type: tag('buy_x_get_y'), buy: whole(1, 1000), get: whole(1, 1000), percent: rate }),
  check: ({ percent }) => checkPercent(percent, 'percent'),
})
