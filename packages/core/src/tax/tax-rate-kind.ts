import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isRate } from '../money/index.ts'
import { type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { taxRates } from './tax-rate.collection.ts'
import type { TaxRate } from './tax-rate.ts'

/**
 * How tax rates are made and checked. Without an id of its own, one is made of place and category: `de-book`,
 * `ca-qc-standard`.
 */
export const taxRateKind: RecordKind<TaxRate, NewRecord<TaxRate>> = {
  collection: taxRates,
  changesPrices: true,
  uniqueMembers: { place: 'category' },
  listed: () => ({ index: 'id' }),
  id: ({ country, region, category }) =>
    [country, ...(region ? [region] : []), category === '*' ? 'standard' : category]
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/g, '-'),
  complete: (input, id) => ({ ...present(input), id }),
  names: () => [],
  check: (rate) => [
    ...issueUnless(/^[A-Z]{2}$/.test(rate.country), 'country', 'must be a country code of ISO 3166-1, such as DE'),
    ...issueUnless(
      /^[A-Z0-9]{1,3}$/.test(rate.region ?? 'A'),
      'region',
      'must be a part of the country by its code of ISO 3166-2 without the country, such as QC of CA-QC',
    ),
    ...issueUnless(rate.category.trim() !== '', 'category', 'must be a tax category, or * for all others'),
    ...checkTax(rate, ''),
    ...(rate.more ?? []).flatMap((tax, index) => checkTax(tax, `more.${index}.`)),
    ...(rate.region ? [] : [rate, ...(rate.more ?? [])]).flatMap(({ level }, index) =>
      issueUnless(
        level !== 'region',
        index === 0 ? 'level' : `more.${index - 1}.level`,
        'cannot be region, for the rate names none',
      ),
    ),
  ],
}

function checkTax({ name, rate }: { name: string; rate: string }, path: string): readonly InputIssue[] {
  return [
    ...issueUnless(name.trim() !== '', `${path}name`, 'must not be empty'),
    ...issueUnless(isRate(rate) && Number(rate) <= 100, `${path}rate`, 'must be percent from 0 to 100, such as 8.875'),
  ]
}
