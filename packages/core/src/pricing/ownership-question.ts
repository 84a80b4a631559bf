import { bundleParts, type Variant } from '../catalog/index.ts'
import { mentions, type Promotion } from '../promotion/index.ts'
import { isForShopper } from './owned-facts.ts'
import type { BookEntry } from './price-book.ts'
import type { PricedLine, PricedVariant } from './pricing-inputs.ts'
import type { OwnershipQuestion } from './read-ownership.ts'

/** What of a customer's rights a cart depends on. */
export type CartDependence = Pick<OwnershipQuestion, 'variants' | 'asked' | 'credited'> & {
  /** Does a promotion ask what they own? */
  isPromoted: boolean
}

/**
 * What of a customer's rights the lines and promotions of a cart depend on, or null for nothing. Platforms are asked of
 * what moves a price. Of what is only not sold twice they are asked once, at checkout, for a cart must not wait for them.
 */
export function cartDependence(cart: {
  lines: readonly PricedLine[]
  entries: ReadonlyMap<string, BookEntry | null>
  upgrades: ReadonlyMap<string, PricedVariant['upgrade']>
  promotions: readonly Promotion[]
  moment: 'cart' | 'checkout'
}): CartDependence | null {
  const variants = new Map<string, Variant>()
  const asked = new Set<string>()
  const credited = new Set<string>()
  const want = (id: string, ...sets: readonly Set<string>[]): void => {
    const entry = cart.entries.get(id) ?? null
    if (entry === null) return
    variants.set(id, entry.variant)
    for (const set of sets) set.add(id)
  }
  const ofRepeats = cart.moment === 'checkout' ? [asked] : []
  for (const line of cart.lines) {
    const variant = cart.entries.get(line.variantId)?.variant
    if (variant === undefined || line.forOthers === true) continue
    for (const id of variant.prerequisite?.variants ?? []) want(id, asked)
    if (!isForShopper(line)) continue
    const { bundle } = variant
    if (bundle === null && variant.repeatable === false) want(variant.id, ...ofRepeats)
    for (const id of cart.upgrades.get(variant.id)?.from ?? []) want(id, asked, credited)
    if (bundle === null) continue
    for (const { variantId } of bundleParts(bundle)) {
      if (bundle.ownedParts === 'credit_paid') want(variantId, asked, credited)
      else if (bundle.ownedParts === 'leave_out') want(variantId, asked)
      else if (variant.repeatable === false) want(variantId, ...ofRepeats)
    }
  }
  const isPromoted = cart.promotions.some(({ conditions }) => mentions(conditions, 'owned_products'))
  if (variants.size === 0 && !isPromoted) return null
  return { variants: [...variants.values()], asked, credited, isPromoted }
}

/** The variants that upgrades name, by the upgrade's id: names within a product become ids. */
export function upgradesOf(
  entries: ReadonlyMap<string, BookEntry | null>,
  siblings: ReadonlyMap<string, BookEntry | null>,
): ReadonlyMap<string, PricedVariant['upgrade']> {
  const upgrades = new Map<string, PricedVariant['upgrade']>()
  for (const [id, entry] of entries) {
    const upgrade = entry?.variant.upgrade ?? null
    if (entry === null || upgrade === null) continue
    const from = entry.product.variants.filter((sibling) => {
      const name = siblings.get(sibling)?.variant.name
      return name !== undefined && upgrade.from.includes(name)
    })
    upgrades.set(id, { from, credit: upgrade.credit })
  }
  return upgrades
}
