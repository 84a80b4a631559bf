import { issueUnless } from '../errors/index.ts'
import { isCurrency } from '../money/index.ts'
import { type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isWindow } from '../time/index.ts'
import type { PriceList } from './price-list.ts'
import { priceLists } from './pricing.collection.ts'

/** A price list to be made. */
export type NewPriceList = NewRecord<PriceList, 'groups' | 'countries' | 'from' | 'until' | 'priority' | 'status'>

/** How price lists are made and checked. The currency is fixed: the list's prices are in its minor units. */
export const priceListKind: RecordKind<PriceList, NewPriceList> = {
  collection: priceLists,
  changesPrices: true,
  uniqueMembers: {},
  listed: () => ({ index: 'id' }),
  id: (_input, runtime) => runtime.newId('prl'),
  complete: (input, id) => ({
    ...{ groups: null, countries: null, from: null, until: null, priority: 0, status: 'active' as const },
    ...present(input),
    id,
  }),
  names: () => [],
  check: (list, before) => [
    ...issueUnless(list.name.trim() !== '', 'name', 'must not be empty'),
    ...issueUnless(isCurrency(list.currency), 'currency', 'must be a currency of ISO 4217'),
    ...issueUnless(
      before === null || before.currency === list.currency,
      'currency',
      'cannot be changed, for its prices are in it: make another list',
    ),
    ...issueUnless(list.groups?.length !== 0, 'groups', 'must name a group, or be null for everybody'),
    ...issueUnless(list.countries?.length !== 0, 'countries', 'must name a country, or be null for everywhere'),
    ...(list.countries ?? []).flatMap((country, index) =>
      issueUnless(/^[A-Z]{2}$/.test(country), `countries.${index}`, 'must be a country code of ISO 3166-1, such as DE'),
    ),
    ...issueUnless(list.regions?.length !== 0, 'regions', 'must name a region, or be null for all'),
    ...(list.regions ?? []).flatMap((region, index) =>
      issueUnless(
        /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(region),
        `regions.${index}`,
        'must be a code of ISO 3166-2, such as CA-QC',
      ),
    ),
    ...issueUnless(isWindow(list.from, list.until), 'until', 'must be later than `from`'),
    ...issueUnless(
      Number.isInteger(list.priority) && list.priority >= 0 && list.priority <= 1000,
      'priority',
      'must be a whole number from 0 to 1,000',
    ),
  ],
}
