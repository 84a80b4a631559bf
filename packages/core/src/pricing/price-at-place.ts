import { findTaxRate, priceElsewhere, saleTaxes, taxTable } from '../tax/index.ts'
import { exactAmount } from './exact-amount.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { taxSettings } from './tax-settings.ts'
import type { WorkingLine } from './working-line.ts'

/** Gives a line the price that it has at the place of sale, before any promotion. */
export type PriceAtPlace = (line: WorkingLine) => WorkingLine

/**
 * What prices are at the place of sale for this shopper. On the shelf they are the same everywhere; where the site keeps
 * the same net, the price of one unit of each part loses the taxes of the site's country and gets those that are due,
 * rounded once. An exclusive price is net already.
 */
export function pricesAtPlace(inputs: PricingInputs): PriceAtPlace {
  const { site, place } = inputs
  if (site.foreignPrices !== 'same_net' || site.priceBasis !== 'inclusive') return (line) => line
  const home = taxTable(inputs.taxRates, { country: site.country ?? place.country })
  const { dueOn } = taxSettings(inputs)
  const reason = `at the taxes of ${place.region === undefined ? place.country : `${place.country}-${place.region}`}`
  const move = (unit: number, taxCategory: string): number => {
    const rate = findTaxRate(home, taxCategory)
    return priceElsewhere(unit, rate === null ? null : saleTaxes(rate), dueOn(taxCategory), site.rounding)
  }
  return (line) => {
    const parts = line.parts.map((part) => {
      const unit = move(part.base / line.quantity, part.variant.taxCategory)
      return { ...part, base: exactAmount(unit * line.quantity) }
    })
    const base = exactAmount(parts.reduce((sum, part) => sum + part.base, 0))
    // Parts can move against each other where their sum stays.
    if (parts.every((part, index) => part.base === line.parts[index]?.base)) return line
    const [first, ...others] = line.adjustments
    const adjustments =
      first === undefined
        ? others
        : [{ ...first, amount: base - line.base + first.amount, reason: `${first.reason} ${reason}` }, ...others]
    const comparison = movedComparison(line, move)
    return { ...line, parts, base, left: base, unitPrice: base / line.quantity, comparison, adjustments }
  }
}

/** A bundle's parts may move each by another tax: its moved price is compared with nothing. */
function movedComparison(
  { comparison, parts, variant }: WorkingLine,
  move: (unit: number, taxCategory: string) => number,
): WorkingLine['comparison'] {
  const { compareAt, lowestRecent } = comparison ?? {}
  if (compareAt === undefined || parts.some(({ id }) => id !== 'all')) return undefined
  const { taxCategory } = variant
  return {
    compareAt: move(compareAt, taxCategory),
    ...(lowestRecent === undefined ? {} : { lowestRecent: move(lowestRecent, taxCategory) }),
  }
}
