import type { RoundingMode } from '../money/index.ts'
import { findTaxRate, isExemptFrom, type SaleTaxes, saleTaxes, taxTable } from '../tax/index.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { PartTax } from './quote.ts'

/** How a cart is taxed. */
export interface TaxSettings {
  /** The taxes that are due on a category of variants, the very same value for the same ones, or null. */
  dueOn(taxCategory: string): SaleTaxes | null
  /** The name that shoppers see of a tax. */
  nameOf(tax: PartTax): string
  /** Do prices contain tax? */
  readonly priceBasis: 'inclusive' | 'exclusive'
  /** The site's rounding. */
  readonly rounding: RoundingMode
  /** For what a tax is rounded once. */
  readonly taxRounding: 'unit' | 'line' | 'order'
}

/** The settings of a cart, with the taxes of the place of sale less those that the shopper is exempt from. */
export function taxSettings(inputs: PricingInputs): TaxSettings {
  const { taxRates, place, site, taxExemption } = inputs
  const table = taxTable(taxRates, place)
  const known = new Map<string, SaleTaxes | null>()
  return {
    dueOn(taxCategory) {
      const rate = findTaxRate(table, taxCategory)
      if (rate === null) return null
      let due = known.get(rate.id)
      if (due === undefined) {
        due = saleTaxes(rate, (jurisdiction) => isExemptFrom(taxExemption ?? null, jurisdiction))
        known.set(rate.id, due)
      }
      return due
    },
    nameOf: ({ name, taxRate }) => name ?? taxRates.find(({ id }) => id === taxRate)?.name ?? '',
    priceBasis: site.priceBasis,
    rounding: site.rounding,
    taxRounding: site.taxRounding ?? 'line',
  }
}
