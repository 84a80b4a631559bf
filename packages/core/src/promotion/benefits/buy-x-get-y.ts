import { tag, whole } from '../../json/field.schema.ts'
import { applyRate } from '../../money/index.ts'
import { rate } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkPercent } from '../check-amounts.ts'
import { unitsOf } from '../line-sums.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule } from '../promotion-rules.ts'
import { dearestFirst } from './unit-runs.ts'

type Benefit = Extract<PromotionBenefit, { type: 'buy_x_get_y' }>

/**
 * All units of the selected lines are put in a row, the dearest first, and counted off in groups of `buy + get`. In each
 * full group the last `get`, the cheapest of it, cost so many percent less; a group that is not full gives nothing.
 * A unit costs its share of what promotions before left of its line, by largest remainder; the percent is rounded for
 * each unit by the site's rounding. Units of one price stand by line id.
 */
export const buyXGetYBenefit: BenefitRule<Benefit> = {
  type: 'buy_x_get_y',
  discounts({ buy, get, percent }, lines, { rounding }) {
    const runs = dearestFirst(lines)
    const full = Math.floor(unitsOf(lines) / (buy + get)) * (buy + get)
    const cheap = (until: number) => cheapUnits(Math.min(until, full), buy, get)
    const discounts = lines.map(() => 0)
    let before = 0
    for (const { place, amount, count } of runs) {
      const given = cheap(before + count) - cheap(before)
      before += count
      discounts[place] = (discounts[place] ?? 0) + given * applyRate(amount, percent, rounding)
    }
    return discounts
  },
  keepsOrder: () => 'total',
  describe: ({ buy, get, percent }) =>
    percent === '100' ? `${get} of ${buy + get} free` : `${get} of ${buy + get} with ${percent} % off`,
}

/** How many of the first units of the row are the cheap ones of their groups. */
function cheapUnits(units: number, buy: number, get: number): number {
  const rest = units % (buy + get)
  return Math.floor(units / (buy + get)) * get + Math.max(0, rest - buy)
}

/** What staff write for `buy_x_get_y`. */
export const buyXGetYKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: buyXGetYBenefit,
  missing({ buy, get }, lines) {
    const short = buy + get - unitsOf(lines)
    return short > 0 ? { quantity: short } : null
  },
  arm: (object) =>
    object<Benefit>()({ type: tag('buy_x_get_y'), buy: whole(1, 1000), get: whole(1, 1000), percent: rate }),
  check: ({ percent }) => checkPercent(percent, 'percent'),
})
