import { splitByWeight } from '../money/index.ts'
import type { Adjustment, PartTax, QuoteLine, QuotePart } from './quote.ts'
import type { TaxedLine, TaxedPart } from './tax-lines.ts'
import type { TaxSettings } from './tax-settings.ts'
import type { RefusedLine, SoldLine } from './working-line.ts'

/**
 * The step of tax, and the lines as the quote shows them, by id. The discount of a line is split over its parts by
 * largest remainder on their bases; then what the parts cost after discounts is taxed.
 *
 * @param sold ordered by id.
 * @param tax the step of tax.
 * @throws RangeError on a malformed rate, or a tax that is too large; that the totals are exact is proven for the cart.
 */
export function finishLines(
  sold: readonly SoldLine[],
  settings: TaxSettings,
  tax: (lines: readonly TaxedLine[], settings: TaxSettings) => void,
): ReadonlyMap<string, QuoteLine> {
  const taxed = sold.map((line) => ({
    line,
    id: line.id,
    quantity: line.quantity,
    parts: discountParts(line, line.base - line.left),
  }))
  tax(taxed, settings)
  return new Map(taxed.map(({ line, parts }) => [line.id, finishLine(line, parts, settings)]))
}

function finishLine(line: SoldLine, parts: readonly DiscountedPart[], settings: TaxSettings): QuoteLine {
  const finished = parts.map((part) => finishPart(part, settings))
  const tax = finished.reduce((sum, part) => sum + part.tax, 0)
  const net = settings.priceBasis === 'inclusive' ? line.left - tax : line.left
  return {
    id: line.id,
    variantId: line.variantId,
    productId: line.productId,
    title: line.variant.title,
    variantName: line.variant.name,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    base: line.base,
    discount: line.base - line.left,
    net,
    tax,
    total: net + tax,
    adjustments: [...line.adjustments, ...taxSteps(parts, settings)],
    parts: finished,
    refusal: null,
    ...line.comparison,
    ...(line.leftOut.length > 0 && { leftOut: line.leftOut }),
    ...(line.prerequisite && { prerequisite: line.prerequisite }),
  }
}

/** A line that can't be sold, as the quote shows it: it costs 0 and has no steps. */
export function finishRefusedLine({ source, variant, refusal }: RefusedLine): QuoteLine {
  return {
    id: source.id,
    variantId: source.variantId,
    productId: variant?.productId ?? '',
    title: variant?.title ?? '',
    variantName: variant?.name ?? '',
    quantity: source.quantity,
    unitPrice: 0,
    base: 0,
    discount: 0,
    net: 0,
    tax: 0,
    total: 0,
    adjustments: [],
    parts: [],
    refusal,
  }
}

interface DiscountedPart extends TaxedPart {
  readonly variantId: string
  readonly base: number
  readonly discount: number
}

function discountParts(line: SoldLine, discount: number): readonly DiscountedPart[] {
  const shares =
    discount === 0 || line.parts.length === 1
      ? null
      : splitByWeight(
          discount,
          line.parts.map(({ id, base }) => ({ id, weight: base })),
        )
  return line.parts.map(({ id, variant, base }) => {
    const share = shares === null ? discount : (shares.get(id) ?? 0)
    const { id: variantId, taxCategory } = variant
    return { id, variantId, taxCategory, base, discount: share, weight: base - share, taxes: [] }
  })
}

/** A step for each tax of the line, over all its parts, in the order in which the parts name them. */
function taxSteps(parts: readonly DiscountedPart[], { priceBasis, nameOf }: TaxSettings): readonly Adjustment[] {
  const sums: { tax: PartTax; amount: number }[] = []
  for (const { taxes } of parts) {
    for (const tax of taxes) {
      const known = sums.find((one) => isSameTax(one.tax, tax))
      if (known === undefined) sums.push({ tax, amount: tax.amount })
      else known.amount += tax.amount
    }
  }
  return sums.map(({ tax, amount }): Adjustment => {
    const cause = { type: 'tax_rate', taxRate: tax.taxRate, rate: tax.rate } as const
    const what = `${tax.rate} % ${nameOf(tax)}`
    return priceBasis === 'inclusive'
      ? { step: 'tax', amount: 0, included: amount, cause, reason: `incl. ${what}` }
      : { step: 'tax', amount, cause, reason: `plus ${what}` }
  })
}

function isSameTax(one: PartTax, other: PartTax): boolean {
  const isSameRate = one.taxRate === other.taxRate && one.rate === other.rate
  return isSameRate && one.jurisdiction === other.jurisdiction && one.name === other.name
}

function finishPart(part: DiscountedPart, { priceBasis }: TaxSettings): QuotePart {
  const { id, variantId, base, discount, weight, taxes } = part
  const tax = taxes.reduce((sum, { amount }) => sum + amount, 0)
  const net = priceBasis === 'inclusive' ? weight - tax : weight
  return { id, variantId, base, discount, net, tax, total: net + tax, taxes }
}
