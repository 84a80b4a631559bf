import { type InputIssue, issueUnless } from '../errors/index.ts'
import type { Money } from '../money/index.ts'
import { addDays } from '../time/index.ts'
import type { Promotion, PromotionBenefit, PromotionCondition, SimpleCondition } from './promotion.ts'

/** What makes a promotion one that can never apply, or that says two things at once; by its place in the promotion. */
export function checkContradictions(promotion: Promotion): readonly InputIssue[] {
  const { stacking, group = null } = promotion
  return [
    ...LISTED.flatMap((type) => checkCommon(claims(promotion, type))),
    ...checkCommon(currencyClaims(promotion)),
    ...checkDates(promotion),
    ...checkGift(promotion),
    ...checkBundle(promotion),
    ...issueUnless(
      group === null || stacking === 'combinable',
      'group',
      'is for combinable ones: an exclusive one stands alone',
    ),
  ]
}

/** Kinds of which a cart or a line has one value, so that two lists must have one in common. */
const LISTED = ['products', 'variants', 'product_types', 'customers', 'countries', 'weekdays', 'sites'] as const

/** What must be one of a list, or with `isNot` none of it, and where that is said. */
interface Claim {
  readonly path: string
  readonly values: readonly (string | number)[]
  readonly isNot?: boolean
}

function claims({ conditions, sites }: Promotion, type: (typeof LISTED)[number]): readonly Claim[] {
  const own = type === 'sites' && sites !== null ? [{ path: 'sites', values: sites }] : []
  return [...own, ...conditionClaims(conditions, (condition) => (condition.type === type ? listOf(condition) : null))]
}

function conditionClaims(
  conditions: readonly PromotionCondition[],
  valuesOf: (condition: SimpleCondition) => Claim['values'] | null,
): readonly Claim[] {
  return conditions.flatMap((condition, place): Claim[] => {
    const path = `conditions.${place}`
    if (isJoin(condition)) {
      const inner: readonly (SimpleCondition | PromotionCondition)[] =
        condition.type === 'none' ? condition.conditions : []
      const denied = inner.flatMap((one) => (isJoin(one) ? [] : (valuesOf(one) ?? [])))
      return denied.length === 0 ? [] : [{ path, values: denied, isNot: true }]
    }
    const values = valuesOf(condition)
    return values === null ? [] : [{ path, values }]
  })
}

function isJoin(condition: PromotionCondition): condition is Extract<PromotionCondition, { type: 'any' | 'none' }> {
  return condition.type === 'any' || condition.type === 'none'
}

function listOf(condition: SimpleCondition): Claim['values'] | null {
  switch (condition.type) {
    case 'products':
      return condition.products
    case 'variants':
      return condition.variants
    case 'product_types':
      return condition.productTypes
    case 'customers':
      return condition.customers
    case 'countries':
      return condition.countries
    case 'weekdays':
      return condition.days
    case 'sites':
      return condition.sites
    default:
      return null
  }
}

function currencyClaims({ conditions, limits, benefit }: Promotion): readonly Claim[] {
  const amounts = (path: string, list: readonly Money[] | null | undefined): Claim[] =>
    list ? [{ path, values: list.map(({ currency }) => currency) }] : []
  const ofConditions = conditionClaims(conditions, (condition) => {
    if (condition.type === 'currencies') return condition.currencies
    return condition.type === 'minimum_subtotal' ? condition.amounts.map(({ currency }) => currency) : null
  })
  return [
    // A minimum within `none` excludes no currency.
    ...ofConditions.filter(({ isNot }) => isNot !== true),
    ...amounts('limits.money', limits.money),
    ...amounts('limits.moneyPerOrder', limits.moneyPerOrder),
    ...(isOfMoney(benefit) ? amounts('benefit.amounts', benefit.amounts) : []),
  ]
}

type OfMoney = Extract<PromotionBenefit, { type: 'fixed' | 'fixed_price' | 'bundle_price' }>

function isOfMoney(benefit: PromotionBenefit): benefit is OfMoney {
  return benefit.type === 'fixed' || benefit.type === 'fixed_price' || benefit.type === 'bundle_price'
}

/** The first place that leaves nothing of what the places before it allow. */
function checkCommon(all: readonly Claim[]): readonly InputIssue[] {
  const positive = all.filter(({ isNot }) => isNot !== true)
  const [first, ...others] = [...positive, ...all.filter(({ isNot }) => isNot === true)]
  if (first === undefined || first.isNot) return []
  let left = first.values
  const seen = [first.path]
  for (const { path, values, isNot = false } of others) {
    left = left.filter((value) => values.includes(value) !== isNot)
    if (left.length === 0) {
      const message = `leaves nothing of ${seen.join(' and ')}: the promotion could never apply`
      return [{ path, message }]
    }
    seen.push(path)
  }
  return []
}

/** Days are the site's, so that an instant may be of the day before or after. */
function checkDates({ conditions, from, until }: Promotion): readonly InputIssue[] {
  const earliest = from === null ? null : addDays(from.slice(0, 10), -1)
  const latest = until === null ? null : addDays(until.slice(0, 10), 1)
  return conditions.flatMap((condition, place) => {
    if (condition.type !== 'local_dates') return []
    const isPossible = condition.ranges.some(
      ({ first, last }) =>
        (earliest === null || last === null || last >= earliest) &&
        (latest === null || first === null || first <= latest),
    )
    return issueUnless(isPossible, `conditions.${place}.ranges`, 'are all outside `from` and `until`')
  })
}

function checkGift({ conditions, benefit }: Promotion): readonly InputIssue[] {
  if (benefit.type !== 'free_gift') return []
  return conditions.flatMap((condition, place) => {
    const isGiftAlone = condition.type === 'variants' && condition.variants.every((id) => id === benefit.variant)
    return issueUnless(!isGiftAlone, `conditions.${place}.variants`, 'name only the gift, whose lines do not count')
  })
}

function checkBundle({ conditions, benefit }: Promotion): readonly InputIssue[] {
  if (benefit.type !== 'bundle_price') return []
  return conditions.flatMap((condition, place) => {
    if (condition.type !== 'products') return []
    const hasAll = benefit.products.every((id) => condition.products.includes(id))
    return issueUnless(hasAll, `conditions.${place}.products`, 'leave out a product of the bundle')
  })
}
