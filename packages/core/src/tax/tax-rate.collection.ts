import type { Collection } from '../ports/index.ts'
import type { TaxRate } from './tax-rate.ts'

/** Tax rates of an operator. */
export const taxRates: Collection<TaxRate> = {
  name: 'taxRates',
  of: 'operator',
  columns: { id: (rate) => rate.id },
  unique: {},
  indexes: { id: ['id'] },
}
