import { list, tag } from '../../json/field.schema.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { amountIn } from '../amount-in.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import { subtotalOf } from '../line-sums.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'minimum_subtotal' }>

/**
 * The selected lines come to at least an amount, at list prices: before any promotion, in the site's price basis, and
 * without the lines that the promotion does not touch. It does not hold in a currency for which it names no amount.
 */
export const minimumSubtotalCondition: CartConditionRule<Condition> = {
  type: 'minimum_subtotal',
  scope: 'cart',
  isPublic: true,
  readsLines: true,
  check({ amounts }, selected, { currency }) {
    const minimum = amountIn(amounts, currency)
    if (minimum === null) return { type: 'fails', reason: 'not_for_these_items' }
    const missing = minimum - subtotalOf(selected)
    return missing <= 0 ? { type: 'holds' } : { type: 'fails', reason: 'below_minimum', missing: { amount: missing } }
  },
}

/** What staff write for `minimum_subtotal`. */
export const minimumSubtotalKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: minimumSubtotalCondition,
  arm: (object) => object<Condition>()({ type: tag('minimum_subtotal'), amounts: list(moneyOf(object), 50, 1) }),
  check: ({ amounts }) => checkAmounts(amounts, 'amounts', 0),
  allows: ({ amounts }) => ({ of: 'currency', values: amounts.map(({ currency }) => currency) }),
})
