import { amountIn } from '../amount-in.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'
import { percentKeepsOrder, percentOff } from './percent-off.ts'

/** Percent off what is left of each line, by how many units the selected lines have together. */
export const quantityTiersBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'quantity_tiers' }>> = {
  type: 'quantity_tiers',
  discounts: ({ tiers }, lines, context) => percentOff(quantityTier(tiers, lines), lines, context),
  keepsOrder: percentKeepsOrder,
  missing({ tiers }, lines) {
    const short = lowest(tiers, ({ minimum }) => minimum) - unitsOf(lines)
    return short > 0 ? { quantity: short } : null
  },
  describe: ({ tiers }, _context, lines) => `${quantityTier(tiers, lines) ?? '0'} % off`,
}

/**
 * Percent off what is left of each line, by what the selected lines come to at list prices, in the site's price basis. A
 * tier without an amount in the cart's currency is not reached.
 */
export const subtotalTiersBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'subtotal_tiers' }>> = {
  type: 'subtotal_tiers',
  discounts: ({ tiers }, lines, context) => percentOff(subtotalTier(tiers, lines, context.currency), lines, context),
  keepsOrder: percentKeepsOrder,
  missing({ tiers }, lines, { currency }) {
    const short =
      lowest(tiers, ({ minimum }) => amountIn(minimum, currency) ?? Number.POSITIVE_INFINITY) - subtotalOf(lines)
    return short > 0 && Number.isFinite(short) ? { amount: short } : null
  },
  describe: ({ tiers }, { currency }, lines) => `${subtotalTier(tiers, lines, currency) ?? '0'} % off`,
}

interface Tier {
  readonly percent: string
}

type QuantityTiers = Extract<PromotionBenefit, { type: 'quantity_tiers' }>['tiers']
type SubtotalTiers = Extract<PromotionBenefit, { type: 'subtotal_tiers' }>['tiers']

function quantityTier(tiers: QuantityTiers, lines: readonly DiscountableLine[]): string | null {
  return reached(tiers, unitsOf(lines), ({ minimum }) => minimum)
}

function subtotalTier(tiers: SubtotalTiers, lines: readonly DiscountableLine[], currency: string): string | null {
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

function unitsOf(lines: readonly DiscountableLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}

function subtotalOf(lines: readonly DiscountableLine[]): number {
  return lines.reduce((sum, { base }) => sum + base, 0)
}
