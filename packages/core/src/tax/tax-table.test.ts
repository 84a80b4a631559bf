import { describe, expect, it } from 'vitest'
import { taxOn } from './tax-on.ts'
import { findTaxRate, taxTable } from './tax-table.ts'

const rate = (id: string, country: string, category: string) => ({ id, country, category, name: 'VAT', rate: '19' })
const rates = [
  rate('de-all', 'DE', '*'),
  rate('de-print-2', 'DE', 'printed'),
  rate('de-print-1', 'DE', 'printed'),
  rate('ch-print', 'CH', 'printed'),
]

describe('the table of a country', () => {
  it.each([
    ['DE', 'printed', 'de-print-1'],
    ['DE', 'recorded', 'de-all'],
    ['DE', '*', 'de-all'],
    ['CH', 'printed', 'ch-print'],
    ['CH', 'recorded', undefined],
    ['FR', 'printed', undefined],
  ])('of %s has for %s the rate %s', (country, category, id) => {
    expect(findTaxRate(taxTable(rates, country), category)?.id).toBe(id)
    expect(findTaxRate(taxTable([...rates].reverse(), country), category)?.id).toBe(id)
  })
})

describe('taxOn', () => {
  it.each([
    ['inclusive', 11_900, '19', 'half_up', 1900],
    ['exclusive', 10_000, '19', 'half_up', 1900],
    ['inclusive', 100, '19', 'half_up', 16],
    ['inclusive', 100, '19', 'down', 15],
    ['exclusive', 50, '5', 'half_up', 3],
    ['exclusive', 50, '5', 'half_even', 2],
    ['exclusive', 0, '19', 'half_up', 0],
  ] as const)('%s %i at %s %%, %s: %i', (priceBasis, amount, percent, rounding, tax) => {
    expect(taxOn(amount, { rate: percent }, { priceBasis, rounding })).toBe(tax)
  })
})
