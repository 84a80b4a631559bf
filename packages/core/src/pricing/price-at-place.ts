import { exactAmount } from '../money/index.ts'
import { findTaxRate, priceElsewhere, saleTaxes, taxTable } from '../tax/index.ts'
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
  return (line) => {
    const parts = line.parts.map((part) => {
      const rate = findTaxRate(home, part.variant.taxCategory)
      const atHome = rate === null ? null : saleTaxes(rate)
      const unit = priceElsewhere(
        part.base / line.quantity,
        atHome,
        dueOn(part.variant.taxCategory),
        inputs.site.rounding,
      )
      return { ...part, base: exactAmount(unit * line.quantity) }
    })
    const base = exactAmount(parts.reduce((sum, part) => sum + part.base, 0))
    // Parts can move against each other where their sum stays.
    if (parts.every((part, index) => part.base === line.parts[index]?.base)) return line
    const adjustments = line.adjustments.map((step, place) =>
      place > 0 ? step : { ...step, amount: base - line.base + step.amount, reason: `${step.reason} ${reason}` },
    )
    return { ...line, parts, base, left: base, unitPrice: base / line.quantity, adjustments }
  }
}
