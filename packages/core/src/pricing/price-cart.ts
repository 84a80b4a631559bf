import { builtInRules, type PromotionRules } from '../promotion/index.ts'
import { applyPromotions } from './apply-promotions.ts'
import { countUses } from './count-uses.ts'
import { exactAmount } from './exact-amount.ts'
import { finishLines, finishRefusedLine } from './finish-line.ts'
import { ENGINE_VERSION, type PricingInputs } from './pricing-inputs.ts'
import type { Quote, QuoteLine } from './quote.ts'
import { taxSettings } from './tax-settings.ts'
import { priceWithTests } from './test-prices.ts'

/**
 * Prices a cart: list price, test price, bundle, line promotions, cart promotions, tax, total. A pure function of its inputs, the
 * same in every engine of JavaScript; the order of lines, codes, promotions, lists and rates does not matter. Lines
 * that can't be sold cost 0, say why and take no part in promotions. It changes no counter: `uses` says what a checkout
 * would have to hold.
 *
 * @param rules the kinds of conditions and benefits; a promotion with a kind that is not among them gives nothing.
 * @throws RangeError for inputs of another engine version, a quantity that is no whole number of at least 1, a repeated
 * line id, a malformed rate, or a sum beyond the safe integers; never a wrong number.
 * @example
 * const { total, lines } = quote(inputs)
 */
export function quote(inputs: PricingInputs, rules: PromotionRules = builtInRules): Quote {
  assertEngine(inputs.engine)
  const { all, sold, open } = priceWithTests(inputs, rules)
  assertSumIsExact(sold)
  const { applied, codes, hints } = applyPromotions(inputs, open, rules)
  const finished = finishLines(sold, taxSettings(inputs))
  const lines = all.flatMap((line) => ('refusal' in line ? finishRefusedLine(line) : (finished.get(line.id) ?? [])))
  const isUnsure = sold.some((line) => line.isUnsure)
  const isUnknown = inputs.shopper.customerId === null
  return {
    engine: ENGINE_VERSION,
    currency: inputs.currency,
    place: inputs.place,
    lines,
    codes,
    ...totals(lines),
    priceBasis: inputs.site.priceBasis,
    provisional: applied.some(({ by }) => by.isUncertain) || (isUnsure && isUnknown),
    ...(isUnsure && !isUnknown ? { unknowns: ['ownership'] as const } : {}),
    uses: countUses(sold, applied, inputs),
    ...(inputs.taxes?.type === 'unknown' ? { isTaxUnknown: true } : {}),
    ...(inputs.taxExemption === undefined ? {} : { taxExemption: inputs.taxExemption }),
    ...(hints.length === 0 ? {} : { hints }),
  }
}

/** Amounts are never negative, so where the sum of the totals is exact every smaller one is. */
function totals(lines: readonly QuoteLine[]): Pick<Quote, 'base' | 'discount' | 'net' | 'tax' | 'total'> {
  const sums = { base: 0, discount: 0, net: 0, tax: 0, total: 0 }
  for (const line of lines) {
    sums.base += line.base
    sums.discount += line.discount
    sums.net += line.net
    sums.tax += line.tax
    sums.total = exactAmount(sums.total + line.total)
  }
  return sums
}

/** Proven once, so that promotions can add up any of the lines. */
function assertSumIsExact(lines: readonly { readonly base: number }[]): void {
  let sum = 0
  for (const { base } of lines) sum = exactAmount(sum + base)
}

function assertEngine(engine: number): void {
  if (engine === ENGINE_VERSION) return
  throw new RangeError(
    `These inputs are of engine ${engine}; this is engine ${ENGINE_VERSION}, and may give other cents.`,
  )
}
