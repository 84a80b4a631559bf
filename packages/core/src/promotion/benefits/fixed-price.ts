import { list, tag } from '../../json/field.schema.ts'
import { exactAmount } from '../../money/index.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { amountIn } from '../amount-in.ts'
import { amountText } from '../amount-text.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule } from '../promotion-rules.ts'

type Benefit = Extract<PromotionBenefit, { type: 'fixed_price' }>

/**
 * A price for each unit, in the site's price basis: what a line costs more than that is taken off; a line that costs less
 * stays. It gives nothing in a currency for which it names no amount.
 */
export const fixedPriceBenefit: BenefitRule<Benefit> = {
  type: 'fixed_price',
  discounts({ amounts }, lines, { currency }) {
    const amount = amountIn(amounts, currency)
    if (amount === null) return lines.map(() => 0)
    return lines.map(({ left, quantity }) => Math.max(0, left - exactAmount(amount * quantity)))
  },
  keepsOrder: () => 'lines',
  describe: ({ amounts }, context) => `${amountText(amounts, context)} each`,
}

/** What staff write for `fixed_price`. */
export const fixedPriceKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: fixedPriceBenefit,
  arm: (object) => object<Benefit>()({ type: tag('fixed_price'), amounts: list(moneyOf(object), 50, 1) }),
  check: ({ amounts }) => checkAmounts(amounts, 'amounts', 0),
  allows: ({ amounts }) => ({ of: 'currency', values: amounts.map(({ currency }) => currency), path: 'amounts' }),
})
