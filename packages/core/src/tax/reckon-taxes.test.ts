import { describe, expect, it } from 'vitest'
import { priceElsewhere } from './price-elsewhere.ts'
import { reckonTaxes } from './reckon-taxes.ts'
import { saleTaxes } from './sale-taxes.ts'
import type { TaxRate } from './tax-rate.ts'

const rateOf = (rate: string, ...more: NonNullable<TaxRate['more']>): TaxRate => ({
  ...{ id: 'r', country: 'CA', region: 'QC', category: '*', name: 'GST', rate, level: 'country' },
  more,
})

const dueOn = (rate: TaxRate, isExempt?: (jurisdiction: string) => boolean) => {
  const due = saleTaxes(rate, isExempt)
  if (due === null) throw new Error('no tax is due')
  return due
}

describe('reckonTaxes', () => {
  it.each([
    ['inclusive', 11_900, '19', 'half_up', 1900],
    ['exclusive', 10_000, '19', 'half_up', 1900],
    ['inclusive', 100, '19', 'half_up', 16],
    ['inclusive', 100, '19', 'down', 15],
    ['exclusive', 50, '5', 'half_up', 3],
    ['exclusive', 50, '5', 'half_even', 2],
    ['exclusive', 0, '19', 'half_up', 0],
  ] as const)('%s %i at %s %%, %s: %i', (priceBasis, amount, percent, rounding, tax) => {
    expect(reckonTaxes(amount, dueOn(rateOf(percent)), { priceBasis, rounding })).toEqual([tax])
  })

  it.each([
    // GST 5 % and QST 9.975 %, each on the price: 100.00 → 5.00 and 9.98 (9.975).
    ['exclusive', 10_000, 'net', [500, 998]],
    // As it was until 2013, QST on the price with the GST: 9.975 % of 105.00 are 10.47 (10.47375).
    ['exclusive', 10_000, 'net_and_taxes', [500, 1047]],
    // 114.975 contains 5 / 114.975 and 9.975 / 114.975 of itself: of 114.98, 5.0002… and 9.9754…, together 14.9756….
    ['inclusive', 11_498, 'net', [500, 998]],
    // Of 1 cent 0.0434… and 0.1302…: nothing.
    ['inclusive', 1, 'net', [0, 0]],
    // Of 4 cents 0.1739… and with the other 0.5209…: the running sum rounds to 0 and 1.
    ['inclusive', 4, 'net', [0, 1]],
  ] as const)('%s %i, the second on %s: %j', (priceBasis, amount, on, taxes) => {
    const due = dueOn(rateOf('5', { name: 'QST', rate: '9.975', on }))
    expect(reckonTaxes(amount, due, { priceBasis, rounding: 'half_up' })).toEqual(taxes)
  })

  it('leaves out a tax that somebody is exempt from, also under a compound one', () => {
    const rate = rateOf('5', { name: 'QST', rate: '10', on: 'net_and_taxes' })
    expect(saleTaxes(rate, () => true)).toBeNull()
    const due = dueOn(rate, (jurisdiction) => jurisdiction === 'CA')
    expect(due.taxes.map(({ jurisdiction }) => jurisdiction)).toEqual(['CA-QC'])
    expect(reckonTaxes(10_000, due, { priceBasis: 'exclusive', rounding: 'half_up' })).toEqual([1000])
  })

  it('tells whether a rate names several taxes, also where only one of them is due', () => {
    expect(dueOn(rateOf('5')).isOfSeveral).toBe(false)
    expect(dueOn({ ...rateOf('5'), more: undefined }).isOfSeveral).toBe(false)
    expect(dueOn(rateOf('5', { name: 'QST', rate: '10' }), (one) => one === 'CA').isOfSeveral).toBe(true)
  })

  it('goes on where products leave the safe integers, and refuses what is too large', () => {
    const due = dueOn(rateOf('5', { name: 'QST', rate: '9.975' }))
    const options = { priceBasis: 'exclusive', rounding: 'half_up' } as const
    expect(reckonTaxes(Number.MAX_SAFE_INTEGER, due, options)).toEqual([450_359_962_737_050, 898_468_125_660_414])
    expect(() => reckonTaxes(Number.MAX_SAFE_INTEGER, dueOn(rateOf('5', { name: 'x', rate: '101' })), options)).toThrow(
      'An amount is a whole number of minor units within ±(2^53 − 1), not ',
    )
  })
})

describe('priceElsewhere', () => {
  it.each([
    [11_900, '19', '20', 12_000],
    [11_900, '19', null, 10_000],
    [10_000, null, '8.1', 10_810],
    [999, '19', '19', 999],
    [999, '19', '21', 1016],
  ])('%i with %s %% is with %s %% %i', (price, home, there, expected) => {
    const at = (rate: string | null) => (rate === null ? null : dueOn(rateOf(rate)))
    expect(priceElsewhere(price, at(home), at(there), 'half_up')).toBe(expected)
  })

  it('refuses what is too large', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(priceElsewhere(most, dueOn(rateOf('19')), dueOn(rateOf('19')), 'half_up')).toBe(most)
    expect(() => priceElsewhere(most, null, dueOn(rateOf('19')), 'half_up')).toThrow(
      'An amount is a whole number of minor units within ±(2^53 − 1), not ',
    )
  })
})
