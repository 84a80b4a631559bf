import type { PromotionRules } from '../promotion/index.ts'
import { applyPromotions, type PromotionSteps } from './apply-promotions.ts'
import { assertLinesAddUp, type CartHead, type FinishedCart, finishCart } from './finish-cart.ts'
import { ENGINE_VERSION, type PricingInputs } from './pricing-inputs.ts'
import { takeCalculated } from './take-calculated.ts'
import { taxLines } from './tax-lines.ts'
import { taxSettings } from './tax-settings.ts'
import { priceWithTests } from './test-prices.ts'
import type { WorkingLine } from './working-line.ts'

/** A priced cart, and what it takes to say why: `quote` says it. */
export interface PricedInputs extends PromotionSteps {
  /** What it costs. */
  readonly price: FinishedCart
  /** The lines that can be sold. */
  readonly sold: readonly WorkingLine[]
  /** Those of them that promotions see. */
  readonly open: readonly WorkingLine[]
}

/**
 * All of a quote that is cents: the steps in their order, each of them a function of its own. A page takes the steps of
 * promotions, taxes and totals, and is sent what the ones before came to: see `pricePage`.
 *
 * @throws RangeError as `quote` does.
 */
export function priceInputs(inputs: PricingInputs, rules: PromotionRules): PricedInputs {
  assertEngine(inputs.engine)
  const { all, sold, open } = priceWithTests(inputs, rules)
  assertLinesAddUp(sold)
  const steps = applyPromotions(inputs, open, rules)
  const isUncertain = steps.applied.some(({ by }) => by.isUncertain)
  const { taxes } = inputs
  const price = finishCart(
    { head: cartHead(inputs), all, sold, isUncertain, settings: taxSettings(inputs) },
    taxes?.type === 'calculated' ? (lines) => takeCalculated(taxes, lines) : taxLines,
  )
  return { price, sold, open, ...steps }
}

/** What is known of a cart whatever is in it. */
export function cartHead({ currency, place, site, shopper, taxes, taxExemption }: PricingInputs): CartHead {
  return {
    ...{ currency, place, priceBasis: site.priceBasis, isKnown: shopper.customerId !== null },
    ...(taxes?.type === 'unknown' ? { isTaxUnknown: true } : {}),
    ...(taxExemption === undefined ? {} : { taxExemption }),
  }
}

function assertEngine(engine: number): void {
  if (engine === ENGINE_VERSION) return
  throw new RangeError(
    `These inputs are of engine ${engine}; this is engine ${ENGINE_VERSION}, and may give other cents.`,
  )
}
