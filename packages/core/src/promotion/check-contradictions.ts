import { type InputIssue, issueUnless } from '../errors/index.ts'
import { checkDays } from './check-days.ts'
import { joinedBy } from './judge-conditions.ts'
import type { Promotion, PromotionCondition } from './promotion.ts'
import { type AllowedValues, allowedByBenefit, allowedByCondition, type PromotionKinds } from './promotion-kinds.ts'
import { ruleOf, type Typed } from './promotion-rules.ts'

/**
 * What makes a promotion one that can never apply, or that says two things at once; by its place in the promotion. Each of
 * its conditions, its benefit and its window must be right by itself.
 */
export function checkContradictions(promotion: Promotion, kinds: PromotionKinds): readonly InputIssue[] {
  const { stacking, group = null } = promotion
  const claims = claimsOf(promotion, kinds)
  return [
    ...[...new Set(claims.map(({ of }) => of))].flatMap((what) => checkCommon(claims.filter(({ of }) => of === what))),
    ...checkDays(promotion),
    ...checkRuledOut(promotion, kinds),
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
  return [
    ...claim('site', 'sites', sites),
    ...conditions.flatMap((condition, place) => conditionClaims(condition, `conditions.${place}`, kinds)),
    ...claim(
      'currency',
      'limits.money',
      limits.money?.map(({ currency }) => currency),
    ),
    ...claim(
      'currency',
      'limits.moneyPerOrder',
      limits.moneyPerOrder?.map(({ currency }) => currency),
    ),
    ...claimAt('benefit', allowedByBenefit(benefit, kinds)),
  ]
}

/** Of `any` nothing is claimed; of `none` what it rules out, one list for each thing. */
function conditionClaims(condition: PromotionCondition, path: string, kinds: PromotionKinds): readonly Claim[] {
  const joined = joinedBy(condition)
  if (joined === null) return claimAt(path, allowedByCondition(condition, kinds))
  if (condition.type === 'any') return []
  const denied = joined.flatMap((inner) => exactlyAllowed(inner, kinds))
  return [...new Set(denied.map(({ of }) => of))].map((what) => ({
    ...{ of: what, path, isNot: true },
    values: denied.filter(({ of }) => of === what).flatMap(({ values }) => values),
  }))
}

/** What a condition leaves possible where its opposite leaves all else possible. */
function exactlyAllowed(condition: Typed, kinds: PromotionKinds): readonly AllowedValues[] {
  const allowed = allowedByCondition(condition, kinds)
  return allowed?.isExact ? [allowed] : []
}

const claim = (of: string, path: string, values: Claim['values'] | null | undefined): readonly Claim[] =>
  values ? [{ of, path, values }] : []

const claimAt = (at: string, allowed: AllowedValues | null): readonly Claim[] =>
  allowed === null ? [] : claim(allowed.of, allowed.path === undefined ? at : `${at}.${allowed.path}`, allowed.values)

/** The first place that leaves nothing of what the places before it allow. */
function checkCommon(all: readonly Claim[]): readonly InputIssue[] {
  const [first, ...others] = all.filter(({ isNot }) => isNot !== true)
  if (first === undefined) return []
  let left = first.values
  const seen = [first.path]
  for (const { path, values, isNot = false } of [...others, ...all.filter((one) => one.isNot)]) {
    left = left.filter((value) => values.includes(value) !== isNot)
    if (left.length === 0) {
      const message = `leaves nothing of ${seen.join(' and ')}: the promotion could never apply`
      return [{ path, message }]
    }
    seen.push(path)
  }
  return []
}

/** A condition in the list and, written alike, in a `none`: of groups, which a shopper may have several of, and of facts. */
function checkRuledOut({ conditions }: Promotion, kinds: PromotionKinds): readonly InputIssue[] {
  const texts = conditions.map((condition) => JSON.stringify(condition))
  return conditions.flatMap((condition, place) => {
    if (condition.type !== 'none') return []
    const inner = condition.conditions.filter((one) => isSameForAll(one, kinds)).map((one) => JSON.stringify(one))
    const other = texts.findIndex((text) => inner.includes(text))
    return issueUnless(
      other < 0,
      `conditions.${place}`,
      `rules out conditions.${other}: the promotion could never apply`,
    )
  })
}

/** Is its answer the same whichever lines are asked about, and not said by what it allows? */
function isSameForAll(condition: Typed, kinds: PromotionKinds): boolean {
  const rule = ruleOf(kinds.rules.conditions, condition)
  const readsLines = rule.scope === 'cart' && rule.readsLines === true
  return !readsLines && exactlyAllowed(condition, kinds).length === 0
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
