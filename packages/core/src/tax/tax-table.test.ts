import { describe, expect, it } from 'vitest'
import { findTaxRate, taxTable } from './tax-table.ts'

const rate = (id: string, country: string, category: string, region: string | null = null) => ({
  ...{ id, country, region, category },
  name: 'VAT',
  rate: '19',
})
const rates = [
  rate('de-all', 'DE', '*'),
  rate('de-print-2', 'DE', 'printed'),
  rate('de-print-1', 'DE', 'printed'),
  rate('ch-print', 'CH', 'printed'),
  rate('es', 'ES', '*'),
  rate('es-print', 'ES', 'printed'),
  rate('es-cn', 'ES', '*', 'CN'),
  rate('us-ny-live', 'US', 'live', 'NY'),
  rate('us-live', 'US', 'live'),
  rate('us-print', 'US', 'printed'),
]

describe('the table of a place', () => {
  it.each([
    ['DE', null, 'printed', 'de-print-1'],
    ['DE', null, 'recorded', 'de-all'],
    ['DE', null, '*', 'de-all'],
    ['DE', 'BY', 'recorded', 'de-all'],
    ['CH', null, 'printed', 'ch-print'],
    ['CH', null, 'recorded', undefined],
    ['FR', null, 'printed', undefined],
    ['ES', null, 'printed', 'es-print'],
    ['ES', 'CN', 'printed', 'es-cn'],
    ['ES', 'CN', 'recorded', 'es-cn'],
    ['US', 'NY', 'live', 'us-ny-live'],
    ['US', 'NY', 'printed', 'us-print'],
    ['US', 'NY', 'recorded', undefined],
    ['US', null, 'live', 'us-live'],
  ])('of %s %s has for %s the rate %s', (country, region, category, id) => {
    expect(findTaxRate(taxTable(rates, { country, region }), category)?.id).toBe(id)
    expect(findTaxRate(taxTable([...rates].reverse(), { country, region }), category)?.id).toBe(id)
  })
})
