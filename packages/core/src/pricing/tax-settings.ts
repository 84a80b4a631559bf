import type { RoundingMode } from '../money/index.ts'
import { findTaxRate, isExemptFrom, type SaleTaxes, saleTaxes, taxTable } from '../tax/index.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { PartTax } from './quote.ts'

/** How a cart is taxed. */
export interface TaxSettings {
  /** The taxes that are due on a category of variants, the very same value for the same ones, or null. */
  dueOn(taxCategory: string): SaleTaxes | null
  /** What a calculator said of the taxes of a part, or null where the tables hold. */
  readonly calculated: ReadonlyMap<string, { readonly amount: number; readonly taxes: readonly PartTax[] }> | null
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
    calculated: calculatedTaxes(inputs.taxes),
    nameOf: ({ name, taxRate }) => name ?? taxRates.find(({ id }) => id === taxRate)?.name ?? '',
    priceBasis: site.priceBasis,
    rounding: site.rounding,
    taxRounding: site.taxRounding ?? 'line',
  }
}

/** Names a part of a line among those that a calculator was asked for. */
export const partKey = (line: string, part: string): string => JSON.stringify([line, part])

function calculatedTaxes(said: PricingInputs['taxes']): TaxSettings['calculated'] {
  if (said?.type !== 'calculated') return null
  return new Map(
    said.items.map(({ line, part, amount, taxes }) => [
      partKey(line, part),
      { amount, taxes: taxes.map((tax) => ({ taxRate: said.calculator, ...tax })) },
    ]),
  )
}
