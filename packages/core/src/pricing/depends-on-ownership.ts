import { joinedBy, type OwnedThings, type PromotionRules, type Typed } from '../promotion/index.ts'
import { priceInputs } from './price-inputs.ts'
import type { PricingInputs } from './pricing-inputs.ts'

/**
 * Would a promotion make the cart cost something else, were it known what the shopper owns? Then the price rests on what
 * could not be learnt, and the site's policy decides whether it is sold so. Asked of the engine itself: with all of the
 * products that it could not be learnt of, and with none. Of who is not signed in, or a guest, it is not asked.
 *
 * @param total what the cart costs as it is.
 */
export function dependsOnOwnership(inputs: PricingInputs, total: number, rules: PromotionRules): boolean {
  const { shopper, promotions } = inputs
  const { owned } = shopper
  if (owned === undefined || shopper.customerId === null) return false
  const known: OwnedThings = owned === 'unknown' ? { products: [], variants: [] } : owned
  const asked = owned === 'unknown' ? null : (known.unknownProducts ?? [])
  if (asked?.length === 0) return false
  const named = new Set(promotions.flatMap(({ conditions }) => conditions.flatMap(namedProducts)))
  const unknown = asked?.filter((id) => named.has(id)) ?? [...named]
  const isOther = (products: readonly string[]): boolean => {
    const learnt = { ...shopper, owned: { ...known, products, unknownProducts: [] } }
    return priceInputs({ ...inputs, shopper: learnt }, rules).price.total !== total
  }
  return unknown.length > 0 && (isOther(known.products) || isOther([...known.products, ...unknown]))
}

function namedProducts(condition: Typed): readonly string[] {
  const joined = joinedBy(condition)
  if (joined !== null) return joined.flatMap(namedProducts)
  const { products } = condition as { products?: readonly string[] } // as `owned_products` has them
  return condition.type === 'owned_products' ? (products ?? []) : []
}
