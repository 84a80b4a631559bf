import type { Collection } from '../ports/index.ts'
import type { TaxRate } from './tax-rate.ts'

/** Tax rates of an operator: one for each category in a place. */
export const taxRates: Collection<TaxRate> = {
  name: 'taxRates',
  of: 'operator',
  columns: {
    id: (rate) => rate.id,
    // With its region, so that a country and its regions are places of their own.
    country: ({ country, region }) => (region ? `${country}-${region}` : country),
    category: (rate) => rate.category,
  },
  unique: { place: ['country', 'category'] },
  indexes: { id: ['id'] },
}
