import type { TaxRate } from './tax-rate.ts'

/** Finds the rate for a category of variants. */
export type TaxTable = ReadonlyMap<string, TaxRate>

/**
 * The rates of one country by category. Where two rates stand for one category the smaller id counts, so that the
 * order of the list does not matter.
 */
export function taxTable(rates: readonly TaxRate[], country: string): TaxTable {
  const table = new Map<string, TaxRate>()
  for (const rate of rates) {
    if (rate.country !== country) continue
    const known = table.get(rate.category)
    if (known === undefined || rate.id < known.id) table.set(rate.category, rate)
  }
  return table
}

/** The rate of the category, else the country's `*`, else null: no tax. */
export function findTaxRate(table: TaxTable, category: string): TaxRate | null {
  return table.get(category) ?? table.get('*') ?? null
}
