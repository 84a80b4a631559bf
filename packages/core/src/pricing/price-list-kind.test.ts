import { describe, expect, it } from 'vitest'
import type { Call } from '../ports/index.ts'
import type { PriceList } from './price-list.ts'
import { priceListKind } from './price-list-kind.ts'
import { samplePriceList } from './sample-inputs.ts'

const CALL = {} as Call // a price list asks nothing of the call
const checked = (changes: Partial<PriceList>, before: PriceList | null = null) =>
  priceListKind.check(samplePriceList(changes), before).map(({ path, message }) => `${path} ${message}`)

describe('a new price list', () => {
  it('counts for everybody, everywhere and always, unless something else is said', () => {
    expect(priceListKind.complete({ name: 'Standard', currency: 'EUR' }, 'prl_1', CALL)).toEqual(samplePriceList())
    const said = { groups: ['staff'], countries: ['DE'], regions: ['CA-QC'], priority: 7, status: 'archived' as const }
    expect(priceListKind.complete({ name: 'Mine', currency: 'USD', ...said, from: undefined }, 'prl_2', CALL)).toEqual({
      ...{ id: 'prl_2', name: 'Mine', currency: 'USD', from: null, until: null },
      ...said,
    })
  })

  it('has an id of its kind, names nothing, and is listed by its id', () => {
    const newId = (prefix: string) => `${prefix}_new`
    expect(priceListKind.id({ name: 'Standard', currency: 'EUR' }, { newId })).toBe('prl_new')
    expect(priceListKind.names(samplePriceList(), CALL)).toEqual([])
    expect(priceListKind.listed(CALL)).toEqual({ index: 'id' })
    expect(priceListKind).toMatchObject({ changesPrices: true, uniqueMembers: {} })
  })
})

describe('a price list is as it should be', () => {
  it.each<[what: string, changes: Partial<PriceList>]>([
    ['for everybody', {}],
    ['for groups, countries and regions', { groups: ['staff'], countries: ['DE', 'FR'], regions: ['CA-QC', 'GB-E12'] }],
    ['for a region of one letter', { regions: ['AT-9'] }],
    ['for all regions', { regions: null }],
    ['within a window', { from: '2026-06-01T00:00:00.000Z', until: '2026-06-01T00:00:00.001Z' }],
    ['of the least priority', { priority: 0 }],
    ['of the greatest', { priority: 1000 }],
  ])('%s', (_what, changes) => {
    expect(checked(changes)).toEqual([])
  })

  it('when it is changed but for its currency', () => {
    expect(checked({ name: 'New' }, samplePriceList())).toEqual([])
  })
})

describe('a price list is refused', () => {
  const COUNTRY = 'must be a country code of ISO 3166-1, such as DE'
  const REGION = 'must be a code of ISO 3166-2, such as CA-QC'
  const PRIORITY = 'priority must be a whole number from 0 to 1,000'
  it.each<[problem: string, changes: Partial<PriceList>]>([
    ['name must not be empty', { name: '' }],
    ['name must not be empty', { name: ' \t' }],
    ['currency must be a currency of ISO 4217', { currency: 'EURO' }],
    ['groups must name a group, or be null for everybody', { groups: [] }],
    ['countries must name a country, or be null for everywhere', { countries: [] }],
    [`countries.1 ${COUNTRY}`, { countries: ['DE', 'de'] }],
    [`countries.0 ${COUNTRY}`, { countries: ['DEU'] }],
    [`countries.0 ${COUNTRY}`, { countries: [' DE'] }],
    ['regions must name a region, or be null for all', { regions: [] }],
    [`regions.1 ${REGION}`, { regions: ['CA-QC', 'QC'] }],
    [`regions.0 ${REGION}`, { regions: ['CA-QUEB'] }],
    [`regions.0 ${REGION}`, { regions: ['in CA-QC'] }],
    ['until must be later than `from`', { from: '2026-06-01T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' }],
    [PRIORITY, { priority: -1 }],
    [PRIORITY, { priority: 1001 }],
    [PRIORITY, { priority: 1.5 }],
  ])('%s', (problem, changes) => {
    expect(checked(changes)).toEqual([problem])
  })

  it('when its currency is changed, for its prices are in it', () => {
    expect(checked({ currency: 'USD' }, samplePriceList())).toEqual([
      'currency cannot be changed, for its prices are in it: make another list',
    ])
  })
})
