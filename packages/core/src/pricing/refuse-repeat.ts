import { ownValue } from '../json/index.ts'
import { isForShopper, ownershipOf, paidFor } from './owned-facts.ts'
import type { LineRefusal, PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'

/** Variants that lines of a cart have sold to the shopper, which nothing sells to them once more. */
export type SoldToShopper = Set<string>

/**
 * The variants that bundles of the cart sell to the shopper: a line that sells one of them by itself is one too many,
 * whatever its id.
 */
export function soldByBundles(
  lines: readonly PricedLine[],
  variants: PricingInputs['variants'],
  partsOf: (line: PricedLine, variant: PricedVariant) => readonly PricedVariant[],
): ReadonlySet<string> {
  const sold = new Set<string>()
  for (const line of lines) {
    const variant = ownValue(variants, line.variantId)
    if (variant === undefined || variant.bundle === null || variant.refusal !== null || !isForShopper(line)) continue
    for (const { id, repeatable } of partsOf(line, variant)) if (repeatable === false) sold.add(id)
  }
  return sold
}

/**
 * Why a variant that a person can have once is not sold to the shopper by this line, or null. It counts for one unit
 * that they buy for themselves.
 */
export function refuseRepeat(
  line: PricedLine,
  variant: PricedVariant,
  cart: { shopper: PricingInputs['shopper']; taken: SoldToShopper; inBundles: ReadonlySet<string> },
): LineRefusal | null {
  if (variant.repeatable !== false || !isForShopper(line)) return null
  if (ownershipOf(cart.shopper, variant.id) === 'yes') return 'already_owned'
  if (cart.taken.has(variant.id) || cart.inBundles.has(variant.id)) return 'already_in_cart'
  if ((variant.bought?.held ?? 0) > 0) return 'being_bought'
  return null
}

/**
 * Does the shopper still owe what this one upgrades? Neither price would be right: with a credit what is never paid is given away,
 * without one it is charged twice. So it waits until that order is paid or ended. Where only money is credited, and none of it will
 * be, there is one price.
 */
export function owesUpgraded(line: PricedLine, { upgrade }: PricedVariant, shopper: PricingInputs['shopper']): boolean {
  if (upgrade === undefined || !isForShopper(line)) return false
  return upgrade.from.some((id) => {
    const paid = paidFor(shopper, id)
    const isOpen = paid?.isOwed === true && !(upgrade.credit === 'money_paid' && paid.isUncredited === true)
    return isOpen && ownershipOf(shopper, id) === 'yes'
  })
}

/** Why a line is not sold to a shopper who has nothing of what it needs before, or null; and what it advises them to have. */
export function judgePrerequisite(
  line: PricedLine,
  { prerequisite }: PricedVariant,
  shopper: PricingInputs['shopper'],
  inCart: ReadonlySet<string>,
): { refusal: LineRefusal | null; advice: readonly string[] | null; isUnsure: boolean } {
  const nothing = { refusal: null, advice: null, isUnsure: false }
  if (prerequisite === undefined || line.forOthers === true) return nothing
  const { variants, policy } = prerequisite
  if (variants.some((id) => inCart.has(id))) return nothing
  const facts = variants.map((id) => ownershipOf(shopper, id))
  if (facts.includes('yes')) return nothing
  if (policy === 'hint') return { ...nothing, advice: facts.includes('unknown') ? null : variants }
  if (facts.includes('unknown')) return { ...nothing, isUnsure: true }
  return { ...nothing, refusal: 'prerequisite_missing' }
}
