import { hashOf } from '../ids/index.ts'
import type { JsonObject } from '../json/index.ts'
import { type PricingInputs, type Quote, shopperInputs } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import type { ShownPricingInputs } from './cart-api.ts'

/** What a page is sent to price a cart with; nothing where it would not come to the server's total. */
export function shownPricingInputs(
  inputs: PricingInputs,
  price: Quote,
  rules: PromotionRules,
): ShownPricingInputs | undefined {
  const shown = shopperInputs(inputs, price, rules)
  if (shown === null) return undefined
  // As it comes over HTTP: what is undefined is not said.
  return { hash: hashOf(shown), inputs: JSON.parse(JSON.stringify(shown)) as JsonObject }
}
