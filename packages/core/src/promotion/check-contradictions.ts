import { type InputIssue, issueUnless } from '../errors/index.ts'
import type { Money } from '../money/index.ts'
import { addDays } from '../time/index.ts'
import { joinedBy } from './judge-conditions.ts'
import type { Promotion, PromotionCondition } from './promotion.ts'
import { type AllowedValues, allowedByBenefit, allowedByCondition, type PromotionKinds } from './promotion-kinds.ts'

/** What makes a promotion one that can never apply, or that says two things at once; by its place in the promotion. */
export function checkContradictions(promotion: Promotion, kinds: PromotionKinds): readonly InputIssue[] {
  const { stacking, group = null } = promotion
  const claims = claimsOf(promotion, kinds)
  return [
    ...[...new Set(claims.map(({ of }) => of))].flatMap((what) => checkCommon(claims.filter(({ of }) => of === what))),
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

/** What must be one of a list, or with `isNot` none of it, and where that is said. */
interface Claim extends Pick<AllowedValues, 'of' | 'values'> {
  readonly path: string
  readonly isNot?: boolean
}

function claimsOf({ conditions, sites, limits, benefit }: Promotion, kinds: PromotionKinds): readonly Claim[] {
  const amounts = (path: string, list: readonly Money[] | null | undefined): Claim[] =>
    list ? [{ of: 'currency', path, values: list.map(({ currency }) => currency) }] : []
  const ofBenefit = allowedByBenefit(benefit, kinds)
  return [
    ...(sites === null ? [] : [{ of: 'site', path: 'sites', values: sites }]),
    ...conditions.flatMap((condition, place) => conditionClaims(condition, `conditions.${place}`, kinds)),
    ...amounts('limits.money', limits.money),
    ...amounts('limits.moneyPerOrder', limits.moneyPerOrder),
    ...(ofBenefit === null ? [] : [claimAt('benefit', ofBenefit)]),
  ]
}

/** Of `any` nothing is claimed; of `none` what it rules out, one list for each thing. */
function conditionClaims(condition: PromotionCondition, path: string, kinds: PromotionKinds): readonly Claim[] {
  const joined = joinedBy(condition)
  if (joined === null) {
    const allowed = allowedByCondition(condition, kinds)
    return allowed === null ? [] : [claimAt(path, allowed)]
  }
  if (condition.type === 'any') return []
  const denied = new Map<string, Claim['values']>()
  for (const inner of joined) {
    const allowed = joinedBy(inner) === null ? allowedByCondition(inner, kinds) : null
    if (allowed?.isExact) denied.set(allowed.of, [...(denied.get(allowed.of) ?? []), ...allowed.values])
  }
  return [...denied].map(([of, values]) => ({ of, path, values, isNot: true }))
}

const claimAt = (at: string, { of, values, path }: AllowedValues): Claim => ({
  ...{ of, values },
  path: path === undefined ? at : `${at}.${path}`,
})

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
