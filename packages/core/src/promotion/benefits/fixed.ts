import { choice, list, tag } from '../../json/field.schema.ts'
import { exactAmount, splitByWeight } from '../../money/index.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { amountIn } from '../amount-in.ts'
import { amountText } from '../amount-text.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'

type Benefit = Extract<PromotionBenefit, { type: 'fixed' }>

/**
 * An amount off, in the site's price basis: once in all, off each line, or off each unit. In all it is spread over the
 * selected lines in proportion to what is left of them, by largest remainder, ties to the smaller line id. What exceeds
 * what is left lapses. It gives nothing in a currency for which it names no amount.
 */
export const fixedBenefit: BenefitRule<Benefit> = {
  type: 'fixed',
  discounts({ amounts, per = 'order' }, lines, { currency }) {
    const amount = amountIn(amounts, currency) ?? 0
    switch (per) {
      case 'order':
        return spread(amount, lines)
      case 'line':
        return lines.map(() => amount)
      case 'unit':
        return lines.map(({ quantity }) => exactAmount(amount * quantity))
    }
  },
  keepsOrder: ({ per = 'order' }) => (per === 'order' ? 'total' : 'lines'),
  describe: ({ amounts, per }, context) => `${amountText(amounts, context)} off${per === 'unit' ? ' each' : ''}`,
}

function spread(amount: number, lines: readonly DiscountableLine[]): readonly number[] {
  const weights = lines.map(({ id, left }) => ({ id, weight: left }))
  const all = weights.reduce((sum, { weight }) => sum + weight, 0)
  return [...splitByWeight(Math.min(amount, all), weights).values()]
}

/** What staff write for `fixed`. */
export const fixedKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: fixedBenefit,
  arm: (object) =>
    object<Benefit>()({
      ...{ type: tag('fixed'), amounts: list(moneyOf(object), 50, 1) },
      per: choice('order', 'line', 'unit').optional(),
    }),
  check: ({ amounts }) => checkAmounts(amounts, 'amounts', 1),
  allows: ({ amounts }) => ({ of: 'currency', values: amounts.map(({ currency }) => currency), path: 'amounts' }),
})
