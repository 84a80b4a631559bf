import { list, tag } from '../../json/field.schema.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import type { PromotionCondition } from '../promotion.ts'
import { minimumSubtotalCondition } from './minimum-subtotal.ts'

type Condition = Extract<PromotionCondition, { type: 'minimum_subtotal' }>

/** What staff write for `minimum_subtotal`. */
export const minimumSubtotalKind = conditionKind<Condition>({
  rule: minimumSubtotalCondition,
  arm: (object) => object<Condition>()({ type: tag('minimum_subtotal'), amounts: list(moneyOf(object), 50, 1) }),
  check: ({ amounts }) => checkAmounts(amounts, 'amounts', 0),
})
