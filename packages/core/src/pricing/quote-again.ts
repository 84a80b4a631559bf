import type { PromotionRules } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import { ENGINE_VERSION, type PricingInputs } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'
import { quoteHashOf } from './quote-hash.ts'

/** How something was priced then. */
export interface PricedThen {
  /** Version of the engine. */
  readonly engine: number
  /** Hash of the quote that was accepted. */
  readonly quoteHash: string
}

/**
 * Prices again what was sold. A newer engine than that of then is good for it where it comes to the very quote that was
 * accepted, as it does for all but those carts for which the version was raised.
 *
 * @returns null where an older engine priced it, and this one comes to another quote.
 * @throws RangeError as `quote` does.
 */
export function quoteAgain(inputs: PricingInputs, then: PricedThen, rules?: PromotionRules): Quote | null {
  if (inputs.engine !== then.engine) return null
  if (then.engine === ENGINE_VERSION) return quote(inputs, rules)
  const again = quoteOrNull({ ...inputs, engine: ENGINE_VERSION }, rules)
  if (again === null) return null
  const asThen = { ...again, engine: then.engine }
  return quoteHashOf(asThen) === then.quoteHash ? asThen : null
}

/** Does this engine price it as it was priced then? */
export function pricesAsThen(inputs: PricingInputs, then: PricedThen, rules?: PromotionRules): boolean {
  return then.engine === ENGINE_VERSION ? inputs.engine === then.engine : quoteAgain(inputs, then, rules) !== null
}

/** What an older engine took, this one may refuse. */
function quoteOrNull(inputs: PricingInputs, rules?: PromotionRules): Quote | null {
  try {
    return quote(inputs, rules)
  } catch {
    return null
  }
}
