import { type RoundingMode, splitByWeight } from '../money/index.ts'
import { findTaxRate, type TaxRate, type TaxTable, taxOn } from '../tax/index.ts'
import type { Adjustment, PartTax, QuoteLine, QuotePart } from './quote.ts'
import type { RefusedLine, WorkingLine } from './working-line.ts'

/** How lines are taxed. */
export interface TaxSettings {
  /** Rates of the place of sale. */
  readonly table: TaxTable
  /** Do prices contain tax? */
  readonly priceBasis: 'inclusive' | 'exclusive'
  /** The site's rounding. */
  readonly rounding: RoundingMode
}

/**
 * The step of tax, and the line as the quote shows it. The discount is split over the parts by largest remainder on
 * their bases. The tax is computed once for each rate of the line, on what the parts of that rate cost after discounts,
 * and split over them by largest remainder on the same amounts, so that no part has less than nothing.
 *
 * @throws RangeError on a malformed rate, or a tax that is too large; that the totals are exact is proven for the cart.
 */
export function finishLine(line: WorkingLine, settings: TaxSettings): QuoteLine {
  const discount = line.base - line.left
  const parts = discountParts(line, discount)
  const adjustments: Adjustment[] = line.adjustments
  for (const group of groupByRate(parts, settings.table)) adjustments.push(taxGroup(group, settings))
  const tax = sumOf(parts, (part) => part.tax)
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
    discount,
    net,
    tax,
    total: net + tax,
    adjustments,
    parts: parts.map((part) => finishPart(part, settings)),
    refusal: null,
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

interface TaxedPart {
  readonly id: string
  readonly variantId: string
  readonly taxCategory: string
  readonly base: number
  readonly discount: number
  /** base − discount: what the tax is reckoned on. */
  readonly weight: number
  tax: number
  taxes: readonly PartTax[]
}

function discountParts(line: WorkingLine, discount: number): readonly TaxedPart[] {
  const shares =
    discount === 0 || line.parts.length === 1
      ? null
      : splitByWeight(
          discount,
          line.parts.map(({ id, base }) => ({ id, weight: base })),
        )
  return line.parts.map(({ id, variant, base }) => {
    const share = shares === null ? discount : (shares.get(id) ?? 0)
    return {
      id,
      variantId: variant.id,
      taxCategory: variant.taxCategory,
      base,
      discount: share,
      weight: base - share,
      tax: 0,
      taxes: [],
    }
  })
}

interface TaxGroup {
  readonly rate: TaxRate
  readonly parts: TaxedPart[]
}

function groupByRate(parts: readonly TaxedPart[], table: TaxTable): readonly TaxGroup[] {
  const groups: TaxGroup[] = []
  for (const part of parts) {
    const rate = findTaxRate(table, part.taxCategory)
    if (rate === null) continue
    const group = groups.find((one) => one.rate === rate)
    if (group === undefined) groups.push({ rate, parts: [part] })
    else group.parts.push(part)
  }
  return groups
}

function taxGroup({ rate, parts }: TaxGroup, settings: TaxSettings): Adjustment {
  const amount = sumOf(parts, ({ weight }) => weight)
  const tax = taxOn(amount, rate, settings)
  const shares = parts.length === 1 ? null : splitByWeight(tax, parts)
  for (const part of parts) {
    part.tax = shares === null ? tax : (shares.get(part.id) ?? 0)
    part.taxes = [{ taxRate: rate.id, rate: rate.rate, jurisdiction: rate.country, amount: part.tax }]
  }
  const cause = { type: 'tax_rate', taxRate: rate.id, rate: rate.rate } as const
  return settings.priceBasis === 'inclusive'
    ? { step: 'tax', amount: 0, included: tax, cause, reason: `incl. ${rate.rate} % ${rate.name}` }
    : { step: 'tax', amount: tax, cause, reason: `plus ${rate.rate} % ${rate.name}` }
}

function finishPart(part: TaxedPart, { priceBasis }: TaxSettings): QuotePart {
  const { id, variantId, base, discount, weight, tax, taxes } = part
  const net = priceBasis === 'inclusive' ? weight - tax : weight
  return { id, variantId, base, discount, net, tax, total: net + tax, taxes }
}

function sumOf(parts: readonly TaxedPart[], amountOf: (part: TaxedPart) => number): number {
  let sum = 0
  for (const part of parts) sum += amountOf(part)
  return sum
}
