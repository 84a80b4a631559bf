import { type InputIssue, issueUnless } from '../../errors/index.ts'
import { list, tag, whole } from '../../json/field.schema.ts'
import { moneyOf, rate } from '../../money/money.schema.ts'
import { amountIn } from '../amount-in.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts, checkPercent } from '../check-amounts.ts'
import { subtotalOf, unitsOf } from '../line-sums.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'
import { percentKeepsOrder, percentOff } from './percent-off.ts'

type QuantityTiers = Extract<PromotionBenefit, { type: 'quantity_tiers' }>
type SubtotalTiers = Extract<PromotionBenefit, { type: 'subtotal_tiers' }>

/** Percent off what is left of each line, by how many units the selected lines have together. */
export const quantityTiersBenefit: BenefitRule<QuantityTiers> = {
  type: 'quantity_tiers',
  discounts: ({ tiers }, lines, context) => percentOff(quantityTier(tiers, lines), lines, context),
  keepsOrder: percentKeepsOrder,
  describe: ({ tiers }, _context, lines) => `${quantityTier(tiers, lines) ?? '0'} % off`,
}

/**
 * Percent off what is left of each line, by what the selected lines come to at list prices, in the site's price basis. A
 * tier without an amount in the cart's currency is not reached.
 */
export const subtotalTiersBenefit: BenefitRule<SubtotalTiers> = {
  type: 'subtotal_tiers',
  discounts: ({ tiers }, lines, context) => percentOff(subtotalTier(tiers, lines, context.currency), lines, context),
  keepsOrder: percentKeepsOrder,
  describe: ({ tiers }, { currency }, lines) => `${subtotalTier(tiers, lines, currency) ?? '0'} % off`,
}

interface Tier {
  readonly percent: string
}

function quantityTier(tiers: QuantityTiers['tiers'], lines: readonly DiscountableLine[]): string | null {
  return reached(tiers, unitsOf(lines), ({ minimum }) => minimum)
}

function subtotalTier(
  tiers: SubtotalTiers['tiers'],
  lines: readonly DiscountableLine[],
  currency: string,
): string | null {
  return reached(tiers, subtotalOf(lines), ({ minimum }) => amountIn(minimum, currency) ?? Number.POSITIVE_INFINITY)
}

/** The percent of the tier with the greatest minimum that is reached; null where none is. */
function reached<T extends Tier>(tiers: readonly T[], value: number, minimumOf: (tier: T) => number): string | null {
  let best: { minimum: number; percent: string } | null = null
  for (const tier of tiers) {
    const minimum = minimumOf(tier)
    if (minimum <= value && (best === null || minimum > best.minimum)) best = { minimum, percent: tier.percent }
  }
  return best?.percent ?? null
}

function lowest<T extends Tier>(tiers: readonly T[], minimumOf: (tier: T) => number): number {
  return Math.min(...tiers.map(minimumOf))
}

/** What staff write for `quantity_tiers`. */
export const quantityTiersKind = /* @__PURE__ */ benefitKind<QuantityTiers>({
  rule: quantityTiersBenefit,
  missing({ tiers }, lines) {
    const short = lowest(tiers, ({ minimum }) => minimum) - unitsOf(lines)
    return short > 0 ? { quantity: short } : null
  },
  arm: (object) => {
    const tier = object<QuantityTiers['tiers'][number]>()({ minimum: whole(1, 200_000), percent: rate })
    return object<QuantityTiers>()({ type: tag('quantity_tiers'), tiers: list(tier, 50, 1) })
  },
  check: ({ tiers }) => checkTiers(tiers, ({ minimum }) => [`${minimum}`]),
})

/** What staff write for `subtotal_tiers`. */
export const subtotalTiersKind = /* @__PURE__ */ benefitKind<SubtotalTiers>({
  rule: subtotalTiersBenefit,
  missing({ tiers }, lines, { currency }) {
    const short =
      lowest(tiers, ({ minimum }) => amountIn(minimum, currency) ?? Number.POSITIVE_INFINITY) - subtotalOf(lines)
    return short > 0 && Number.isFinite(short) ? { amount: short } : null
  },
  arm: (object) => {
    const minimum = list(moneyOf(object), 50, 1)
    const tier = object<SubtotalTiers['tiers'][number]>()({ minimum, percent: rate })
    return object<SubtotalTiers>()({ type: tag('subtotal_tiers'), tiers: list(tier, 50, 1) })
  },
  check: ({ tiers }) => [
    ...tiers.flatMap(({ minimum }, place) => checkAmounts(minimum, `tiers.${place}.minimum`, 0)),
    ...checkTiers(tiers, ({ minimum }) => minimum.map(({ amount, currency }) => `${currency} ${amount}`)),
  ],
})

/** Of two tiers with one minimum nobody could say which counts. */
function checkTiers<T extends { percent: string }>(
  tiers: readonly T[],
  minimaOf: (tier: T) => readonly string[],
): readonly InputIssue[] {
  const seen = new Set<string>()
  return tiers.flatMap((tier, place) => {
    const minima = minimaOf(tier)
    const isRepeated = minima.some((minimum) => seen.has(minimum))
    for (const minimum of minima) seen.add(minimum)
    return [
      ...issueUnless(!isRepeated, `tiers.${place}.minimum`, 'stands here twice'),
      ...checkPercent(tier.percent, `tiers.${place}.percent`),
    ]
  })
}
