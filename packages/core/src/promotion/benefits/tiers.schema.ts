import { type InputIssue, issueUnless } from '../../errors/index.ts'
import { list, tag, whole } from '../../json/field.schema.ts'
import { moneyOf, rate } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts, checkPercent } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { quantityTiersBenefit, subtotalTiersBenefit } from './tiers.ts'

type QuantityTiers = Extract<PromotionBenefit, { type: 'quantity_tiers' }>
type SubtotalTiers = Extract<PromotionBenefit, { type: 'subtotal_tiers' }>

/** What staff write for `quantity_tiers`. */
export const quantityTiersKind = benefitKind<QuantityTiers>({
  rule: quantityTiersBenefit,
  arm: (object) => {
    const tier = object<QuantityTiers['tiers'][number]>()({ minimum: whole(1, 200_000), percent: rate })
    return object<QuantityTiers>()({ type: tag('quantity_tiers'), tiers: list(tier, 50, 1) })
  },
  check: ({ tiers }) => checkTiers(tiers, ({ minimum }) => [`${minimum}`]),
})

/** What staff write for `subtotal_tiers`. */
export const subtotalTiersKind = benefitKind<SubtotalTiers>({
  rule: subtotalTiersBenefit,
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
