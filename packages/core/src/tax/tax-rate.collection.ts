import type { Collection } from '../ports/index.ts'
import type { TaxRate } from './tax-rate.ts'

/** Tax rates of an operator: one for each category in a place. */
export const taxRates: Collection<TaxRate> = {
  name: 'taxRates',
  of: 'operator',
  columns: { id: (rate) => rate.id, country: (rate) => rate.country, category: (rate) => rate.category },
  unique: { place: ['country', 'category'] },
  indexes: { id: ['id'] },
}
