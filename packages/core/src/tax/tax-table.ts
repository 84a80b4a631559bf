import type { TaxRate } from './tax-rate.ts'

/** A place as taxes see it. */
export interface TaxPlace {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** Part of the country, as {@link TaxRate.region} has it, where it is known. */
  readonly region?: string | null | undefined
}

/** Finds the rate for a category of variants. */
export type TaxTable = ReadonlyMap<string, TaxRate>

/**
 * The rates of one place by category. A region that has a rate of its own for everything else (`*`) is a table of its
 * own; in any other one the country's rates count for what the region has none. Where two rates stand for one category
 * of one place the smaller id counts, so that the order of the list does not matter.
 */
export function taxTable(rates: readonly TaxRate[], { country, region = null }: TaxPlace): TaxTable {
  const ofRegion = region === null ? null : tableOf(rates, country, region)
  if (ofRegion?.has('*')) return ofRegion
  const ofCountry = tableOf(rates, country, null)
  if (ofRegion !== null) for (const [category, rate] of ofRegion) ofCountry.set(category, rate)
  return ofCountry
}

/** The rate of the category, else the place's `*`, else null: no tax. */
export function findTaxRate(table: TaxTable, category: string): TaxRate | null {
  return table.get(category) ?? table.get('*') ?? null
}

function tableOf(rates: readonly TaxRate[], country: string, region: string | null): Map<string, TaxRate> {
  const table = new Map<string, TaxRate>()
  for (const rate of rates) {
    if (rate.country !== country || (rate.region ?? null) !== region) continue
    const known = table.get(rate.category)
    if (known === undefined || rate.id < known.id) table.set(rate.category, rate)
  }
  return table
}
