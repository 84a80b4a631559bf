import { applyRate, type RoundingMode } from '../../money/index.ts'
import { amountIn } from '../amount-in.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'

/** Percent off what is left of each line, by how many units the selected lines have together. */
export const quantityTiersBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'quantity_tiers' }>> = {
  type: 'quantity_tiers',
  discounts: ({ tiers }, lines, { rounding }) => percentOff(quantityTier(tiers, lines), lines, rounding),
  describe: ({ tiers }, _context, lines) => `${quantityTier(tiers, lines) ?? '0'} % off`,
}

/**
 * Percent off what is left of each line, by what the selected lines come to at list prices, in the site's price basis. A
 * tier without an amount in the cart's currency is not reached.
 */
export const subtotalTiersBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'subtotal_tiers' }>> = {
  type: 'subtotal_tiers',
  discounts: ({ tiers }, lines, { rounding, currency }) =>
    percentOff(subtotalTier(tiers, lines, currency), lines, rounding),
  describe: ({ tiers }, { currency }, lines) => `${subtotalTier(tiers, lines, currency) ?? '0'} % off`,
}

interface Tier {
  readonly percent: string
}

type QuantityTiers = Extract<PromotionBenefit, { type: 'quantity_tiers' }>['tiers']
type SubtotalTiers = Extract<PromotionBenefit, { type: 'subtotal_tiers' }>['tiers']

function quantityTier(tiers: QuantityTiers, lines: readonly DiscountableLine[]): string | null {
  const units = sumOf(lines, ({ quantity }) => quantity)
  return reached(tiers, units, ({ minimum }) => minimum)
}

function subtotalTier(tiers: SubtotalTiers, lines: readonly DiscountableLine[], currency: string): string | null {
  const subtotal = sumOf(lines, ({ base }) => base)
  return reached(tiers, subtotal, ({ minimum }) => amountIn(minimum, currency) ?? Number.POSITIVE_INFINITY)
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

function percentOff(percent: string | null, lines: readonly DiscountableLine[], rounding: RoundingMode): number[] {
  return lines.map(({ left }) => (percent === null ? 0 : applyRate(left, percent, rounding)))
}

function sumOf(lines: readonly DiscountableLine[], amountOf: (line: DiscountableLine) => number): number {
  let sum = 0
  for (const line of lines) sum += amountOf(line)
  return sum
}
