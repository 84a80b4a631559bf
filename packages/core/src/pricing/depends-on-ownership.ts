import { joinedBy, type OwnedThings, type PromotionRules, type Typed } from '../promotion/index.ts'
import { priceInputs } from './price-inputs.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { QuoteLine } from './quote.ts'

/**
 * Would a promotion make the cart cost something else, were it known what the shopper owns? Then the price rests on what
 * could not be learnt, and the site's policy decides whether it is sold so. Asked of the engine itself: with all of the
 * products that it could not be learnt of, and with none. Of who is not signed in, or a guest, it is not asked. Lines are
 * compared before tax: what a calculator said of the taxes holds for the amounts that it was asked for alone.
 *
 * @param lines what they cost as it is.
 */
export function dependsOnOwnership(
  { taxes: _asAsked, ...inputs }: PricingInputs,
  lines: readonly Pick<QuoteLine, 'discount'>[],
  rules: PromotionRules,
): boolean {
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
    const priced = priceInputs({ ...inputs, shopper: learnt }, rules).price.lines
    return priced.some(({ discount }, place) => discount !== lines[place]?.discount)
  }
  return unknown.length > 0 && (isOther(known.products) || isOther([...known.products, ...unknown]))
}

function namedProducts(condition: Typed): readonly string[] {
  const joined = joinedBy(condition)
  if (joined !== null) return joined.flatMap(namedProducts)
  const { products } = condition as { products?: readonly string[] } // as `owned_products` has them
  return condition.type === 'owned_products' ? (products ?? []) : []
}
