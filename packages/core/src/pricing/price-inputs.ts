import type { PromotionRules } from '../promotion/index.ts'
import { applyPromotions, type PromotionSteps } from './apply-promotions.ts'
import { exactAmount } from './exact-amount.ts'
import { finishLines, finishRefusedLine } from './finish-line.ts'
import { ENGINE_VERSION, type PricingInputs } from './pricing-inputs.ts'
import type { Quote, QuoteLine } from './quote.ts'
import { taxSettings } from './tax-settings.ts'
import { priceWithTests } from './test-prices.ts'
import type { WorkingLine } from './working-line.ts'

/** A priced cart, and what it takes to say why: `quote` says it. */
export interface PricedInputs extends PromotionSteps {
  /** What it costs. */
  readonly price: Omit<Quote, 'codes' | 'uses' | 'hints'>
  /** The lines that can be sold. */
  readonly sold: readonly WorkingLine[]
  /** Those of them that promotions see. */
  readonly open: readonly WorkingLine[]
}

/**
 * All of a quote that is cents: what servers and pages share. A page that estimates needs no more, and brings the kinds of
 * promotions that it needs.
 *
 * @throws RangeError as `quote` does.
 */
export function priceInputs(inputs: PricingInputs, rules: PromotionRules): PricedInputs {
  assertEngine(inputs.engine)
  const { all, sold, open } = priceWithTests(inputs, rules)
  assertSumIsExact(sold)
  const steps = applyPromotions(inputs, open, rules)
  const finished = finishLines(sold, taxSettings(inputs))
  const lines = all.flatMap((line) => ('refusal' in line ? finishRefusedLine(line) : (finished.get(line.id) ?? [])))
  const isUnsure = sold.some((line) => line.isUnsure)
  const isUnknown = inputs.shopper.customerId === null
  const price = {
    engine: ENGINE_VERSION,
    currency: inputs.currency,
    place: inputs.place,
    lines,
    ...totals(lines),
    priceBasis: inputs.site.priceBasis,
    provisional: steps.applied.some(({ by }) => by.isUncertain) || (isUnsure && isUnknown),
    ...(isUnsure && !isUnknown ? { unknowns: ['ownership'] as const } : {}),
    ...(inputs.taxes?.type === 'unknown' ? { isTaxUnknown: true } : {}),
    ...(inputs.taxExemption === undefined ? {} : { taxExemption: inputs.taxExemption }),
  }
  return { price, sold, open, ...steps }
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
