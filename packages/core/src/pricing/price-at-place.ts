import { findTaxRate, priceElsewhere, saleTaxes, taxTable } from '../tax/index.ts'
import type { PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { taxSettings } from './tax-settings.ts'

/** What the prices of lists are at the place of sale, before any credit and any promotion. */
export interface PlacePrices {
  /** What one unit costs there, minor units; the very same amount where prices are the same everywhere. */
  unitOf(amount: number, variant: Pick<PricedVariant, 'taxCategory' | 'homeTaxCategory'>): number
  /** Said of a price that is another there. */
  readonly reason: string
}

/**
 * What prices are at the place of sale for this shopper. On the shelf they are the same everywhere; where the site keeps
 * the same net, the price of one unit of each part loses the taxes of the site's country and gets those that are due,
 * rounded once. An exclusive price is net already. Money that was paid is no such price: it stays what it was.
 */
export function pricesAtPlace(inputs: PricingInputs): PlacePrices {
  const { site, place } = inputs
  const reason = `at the taxes of ${place.region === undefined ? place.country : `${place.country}-${place.region}`}`
  if (site.foreignPrices !== 'same_net' || site.priceBasis !== 'inclusive')
    return { unitOf: (amount) => amount, reason }
  const home = taxTable(inputs.taxRates, { country: site.country ?? place.country })
  const { dueOn } = taxSettings(inputs)
  return {
    unitOf(amount, { taxCategory, homeTaxCategory = taxCategory }) {
      const rate = findTaxRate(home, homeTaxCategory)
      return priceElsewhere(amount, rate === null ? null : saleTaxes(rate), dueOn(taxCategory), site.rounding)
    },
    reason,
  }
}
