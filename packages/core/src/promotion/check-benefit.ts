import { type InputIssue, issueUnless } from '../errors/index.ts'
import { checkAmounts, checkCount, checkPercent } from './check-amounts.ts'
import type { PromotionBenefit } from './promotion.ts'

/** What is wrong with a benefit, by its place in the promotion. */
export function checkBenefit(benefit: PromotionBenefit): readonly InputIssue[] {
  switch (benefit.type) {
    case 'percent':
      return checkPercent(benefit.percent, 'benefit.percent')
    case 'fixed':
      return checkAmounts(benefit.amounts, 'benefit.amounts', 1)
    case 'fixed_price':
      return checkAmounts(benefit.amounts, 'benefit.amounts', 0)
    case 'buy_x_get_y':
      return [
        ...checkCount(benefit.buy, 'benefit.buy'),
        ...checkCount(benefit.get, 'benefit.get'),
        ...checkPercent(benefit.percent, 'benefit.percent'),
      ]
    case 'quantity_tiers':
      return checkTiers(
        benefit.tiers,
        ({ minimum }, path) => checkCount(minimum, path),
        ({ minimum }) => [`${minimum}`],
      )
    case 'subtotal_tiers':
      return checkTiers(
        benefit.tiers,
        ({ minimum }, path) => checkAmounts(minimum, path, 0),
        ({ minimum }) => minimum.map(({ amount, currency }) => `${currency} ${amount}`),
      )
    default:
      return issueUnless(benefit satisfies never, 'benefit.type', 'is no benefit that this shop knows')
  }
}

function checkTiers<T extends { percent: string }>(
  tiers: readonly T[],
  checkMinimum: (tier: T, path: string) => readonly InputIssue[],
  minimaOf: (tier: T) => readonly string[],
): readonly InputIssue[] {
  const seen = new Set<string>()
  const issues = tiers.flatMap((tier, index) => {
    const path = `benefit.tiers.${index}`
    const isRepeated = minimaOf(tier).some((minimum) => seen.has(minimum))
    for (const minimum of minimaOf(tier)) seen.add(minimum)
    return [
      ...checkMinimum(tier, `${path}.minimum`),
      ...issueUnless(!isRepeated, `${path}.minimum`, 'stands here twice'),
      ...checkPercent(tier.percent, `${path}.percent`),
    ]
  })
  return [...issueUnless(tiers.length > 0, 'benefit.tiers', 'must have at least one tier'), ...issues]
}
