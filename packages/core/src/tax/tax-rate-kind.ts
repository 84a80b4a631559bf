import { issueUnless } from '../errors/index.ts'
import { isRate } from '../money/index.ts'
import { type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { taxRates } from './tax-rate.collection.ts'
import type { TaxRate } from './tax-rate.ts'

/** How tax rates are made and checked. Without an id of its own, one is made of country and category: `de-book`. */
export const taxRateKind: RecordKind<TaxRate, NewRecord<TaxRate>> = {
  collection: taxRates,
  changesPrices: true,
  uniqueMembers: { place: 'category' },
  listed: () => ({ index: 'id' }),
  id: ({ country, category }) =>
    `${country}-${category === '*' ? 'standard' : category}`.toLowerCase().replace(/[^a-z0-9_-]+/g, '-'),
  complete: (input, id) => ({ ...present(input), id }),
  names: () => [],
  check: (rate) => [
    ...issueUnless(/^[A-Z]{2}$/.test(rate.country), 'country', 'must be a country code of ISO 3166-1, such as DE'),
    ...issueUnless(rate.category.trim() !== '', 'category', 'must be a tax category, or * for all others'),
    ...issueUnless(rate.name.trim() !== '', 'name', 'must not be empty'),
    ...issueUnless(
      isRate(rate.rate) && Number(rate.rate) <= 100,
      'rate',
      'must be percent from 0 to 100, such as 8.875',
    ),
  ],
}
