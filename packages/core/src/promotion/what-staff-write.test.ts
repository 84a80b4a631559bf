import { describe, expect, it } from 'vitest'
import { builtInBenefitKinds, builtInConditionKinds } from './built-in-kinds.ts'
import {
  allowedByBenefit,
  allowedByCondition,
  type BenefitKind,
  type ConditionKind,
  checkBenefit,
  checkCondition,
  namedInBenefit,
  namedInCondition,
  promotionKinds,
} from './promotion-kinds.ts'

const kinds = promotionKinds({
  conditions: Object.values(builtInConditionKinds) as ConditionKind[],
  benefits: Object.values(builtInBenefitKinds) as BenefitKind[],
})
const shop = { kinds, productTypes: new Set(['course', 'book']) }

type Written = { readonly type: string; readonly [member: string]: unknown }
type Said = { readonly [path: string]: string }

const said = (issues: readonly { path: string; message: string }[]): Said =>
  Object.fromEntries(issues.map(({ path, message }) => [path, message]))
const ofCondition = (condition: Written) => said(checkCondition(condition, 'at', shop))
const ofBenefit = (benefit: Written) => said(checkBenefit(benefit, shop))

const eur = (amount: number) => ({ amount, currency: 'EUR' })
const usd = (amount: number) => ({ amount, currency: 'USD' })
const AN_ID = 'must be an id: 1 to 64 characters of A–Z, a–z, 0–9, _ and -'
const A_CURRENCY = 'must be a currency of ISO 4217'
const A_CODE = 'must be a currency code of ISO 4217 in upper case, such as EUR'

describe('a condition as staff write it', () => {
  it.each<Written>([
    { type: 'products', products: ['prd_1'] },
    { type: 'variants', variants: ['var_1'] },
    { type: 'product_types', productTypes: ['course', 'book'] },
    { type: 'collections', collections: ['col_1'] },
    { type: 'minimum_subtotal', amounts: [eur(1), usd(0)] },
    { type: 'minimum_quantity', quantity: 1 },
    { type: 'customers', customers: ['cus_1'] },
    { type: 'customer_groups', groups: ['Alumni & friends'] },
    { type: 'first_order' },
    { type: 'countries', countries: ['DE', 'FR'] },
    { type: 'currencies', currencies: ['EUR', 'JPY'] },
    { type: 'weekdays', days: [1, 2, 3, 4, 5, 6] },
    { type: 'local_dates', ranges: [{ first: '2028-02-29', last: '2028-02-29' }] },
    { type: 'local_dates', ranges: [{ first: null, last: '2026-12-24' }] },
    { type: 'local_dates', ranges: [{ first: '2026-12-24', last: null }] },
    { type: 'local_hours', from: '00:00', until: '23:59' },
    { type: 'sites', sites: ['main'] },
    {
      type: 'email_domains',
      domains: ['example.edu', 'xn--bcher-kva.example', 'a-1.b2.c', 'x.museum', 'a.b-c.xn--p1ai', 'b.1a-9', 'c.d1'],
    },
    { type: 'owned_products', products: ['prd_1'] },
  ])('%j is saved', (condition) => {
    expect(ofCondition(condition)).toStrictEqual({})
  })

  it.each<[condition: Written, said: Said]>([
    [{ type: 'products', products: [] }, { 'at.products': 'must be a list of 1 to 1,000' }],
    [{ type: 'products' }, { 'at.products': 'is missing' }],
    [{ type: 'products', products: ['a b'] }, { 'at.products.0': AN_ID }],
    [{ type: 'variants', variants: [] }, { 'at.variants': 'must be a list of 1 to 1,000' }],
    [{ type: 'product_types', productTypes: [] }, { 'at.productTypes': 'must be a list of 1 to 100' }],
    [
      { type: 'product_types', productTypes: ['course', 'boat'] },
      { 'at.productTypes.1': 'must be one of course, book' },
    ],
    [{ type: 'collections', collections: [] }, { 'at.collections': 'must be a list of 1 to 100' }],
    [{ type: 'minimum_subtotal', amounts: [] }, { 'at.amounts': 'must be a list of 1 to 50' }],
    [
      { type: 'minimum_subtotal', amounts: [eur(1), eur(2), { amount: 1, currency: 'EURO' }] },
      { 'at.amounts.2.currency': A_CODE },
    ],
    [{ type: 'minimum_subtotal', amounts: [eur(1), eur(2)] }, { 'at.amounts.1.currency': 'stands here twice' }],
    [{ type: 'minimum_quantity', quantity: 0 }, { 'at.quantity': 'must be a whole number from 1 to 200,000' }],
    [{ type: 'customers', customers: [] }, { 'at.customers': 'must be a list of 1 to 1,000' }],
    [{ type: 'customer_groups', groups: [''] }, { 'at.groups.0': 'must be a text of 1 to 100 characters' }],
    [{ type: 'countries', countries: ['DEU'] }, { 'at.countries.0': 'must be a text of 2 to 2 characters' }],
    [{ type: 'currencies', currencies: ['EU'] }, { 'at.currencies.0': 'must be a text of 3 to 3 characters' }],
    [{ type: 'currencies', currencies: ['EUR', 'EUX'] }, { 'at.currencies.1': A_CURRENCY }],
    [{ type: 'weekdays', days: [0] }, { 'at.days.0': 'must be a whole number from 1 to 7' }],
    [{ type: 'weekdays', days: [7, 6, 5, 4, 3, 2, 1] }, { 'at.days': 'names every day: leave the condition out' }],
    [
      { type: 'local_dates', ranges: [{ first: '24.12.2026', last: null }] },
      { 'at.ranges.0.first': 'must be a day such as 2026-12-24' },
    ],
    [
      { type: 'local_dates', ranges: [{ first: null, last: '2026-12-24T00:00' }] },
      { 'at.ranges.0.last': 'must be a day such as 2026-12-24' },
    ],
    [
      {
        type: 'local_dates',
        ranges: [
          { first: '2026-01-01', last: null },
          { first: '2026-02-29', last: null },
        ],
      },
      { 'at.ranges.1.first': 'must be a day that the calendar has' },
    ],
    [
      { type: 'local_dates', ranges: [{ first: null, last: '2026-13-01' }] },
      { 'at.ranges.0.last': 'must be a day that the calendar has' },
    ],
    [
      { type: 'local_dates', ranges: [{ first: '2026-06-02', last: '2026-06-01' }] },
      { 'at.ranges.0.last': 'is before `first`' },
    ],
    [
      { type: 'local_dates', ranges: [{ first: null, last: null }] },
      { 'at.ranges.0': 'is every day: leave the condition out' },
    ],
    [
      { type: 'local_hours', from: '24:00', until: '9:00' },
      {
        'at.from': 'must be a time of day from 00:00 to 23:59',
        'at.until': 'must be a time of day from 00:00 to 23:59',
      },
    ],
    [
      { type: 'local_hours', from: 'at 09:00', until: '09:60' },
      {
        'at.from': 'must be a time of day from 00:00 to 23:59',
        'at.until': 'must be a time of day from 00:00 to 23:59',
      },
    ],
    [{ type: 'local_hours', from: '09:00', until: '09:00' }, { 'at.until': 'must be another time than `from`' }],
    [{ type: 'sites', sites: [] }, { 'at.sites': 'must be a list of 1 to 1,000' }],
    ...['Example.edu', 'edu', '.example.edu', '-a.edu', 'a-.edu', 'ann@example.edu', 'example.123', 'example.edu.'].map(
      (domain): [Written, Said] => [
        { type: 'email_domains', domains: ['example.org', domain] },
        {
          'at.domains.1':
            'must be a domain in lower case such as example.edu, as ASCII (xn--…); the domains below it are meant too',
        },
      ],
    ),
    [{ type: 'owned_products', products: [] }, { 'at.products': 'must be a list of 1 to 1,000' }],
  ])('%j is refused: %j', (condition, issues) => {
    expect(ofCondition(condition)).toStrictEqual(issues)
  })

  it.each(Object.keys(builtInConditionKinds))('of the kind %s has nothing else in it', (type) => {
    expect(Object.values(ofCondition({ type, other: 1 }))).toContain('Unrecognized key: "other"')
  })

  it.each<[condition: Written, record: string | null]>([
    [{ type: 'products', products: ['a', 'b'] }, 'product'],
    [{ type: 'variants', variants: ['a', 'b'] }, 'variant'],
    [{ type: 'collections', collections: ['a', 'b'] }, 'collection'],
    [{ type: 'customers', customers: ['a', 'b'] }, 'customer'],
    [{ type: 'sites', sites: ['a', 'b'] }, 'site'],
    [{ type: 'owned_products', products: ['a', 'b'] }, 'product'],
    [{ type: 'customer_groups', groups: ['a', 'b'] }, null],
  ])('%j names each %s, with its place', (condition, record) => {
    const member = Object.keys(condition).find((name) => name !== 'type')
    expect(namedInCondition(condition, 'at', kinds)).toStrictEqual(
      record === null ? [] : ['a', 'b'].map((id, place) => ({ path: `at.${member}.${place}`, record, id })),
    )
  })

  it.each<[condition: Written, allowed: unknown]>([
    [
      { type: 'products', products: ['a'] },
      { of: 'product', values: ['a'], isExact: true },
    ],
    [
      { type: 'variants', variants: ['a'] },
      { of: 'variant', values: ['a'], isExact: true },
    ],
    [
      { type: 'product_types', productTypes: ['a'] },
      { of: 'product_type', values: ['a'], isExact: true },
    ],
    [
      { type: 'minimum_subtotal', amounts: [eur(1), usd(1)] },
      { of: 'currency', values: ['EUR', 'USD'] },
    ],
    [
      { type: 'customers', customers: ['a'] },
      { of: 'customer', values: ['a'], isExact: true },
    ],
    [
      { type: 'countries', countries: ['DE'] },
      { of: 'country', values: ['DE'], isExact: true },
    ],
    [
      { type: 'currencies', currencies: ['EUR'] },
      { of: 'currency', values: ['EUR'], isExact: true },
    ],
    [
      { type: 'weekdays', days: [1] },
      { of: 'weekday', values: [1], isExact: true },
    ],
    [
      { type: 'sites', sites: ['main'] },
      { of: 'site', values: ['main'], isExact: true },
    ],
    [{ type: 'first_order' }, null],
  ])('%j leaves possible: %j', (condition, allowed) => {
    expect(allowedByCondition(condition, kinds)).toEqual(allowed)
  })

  it.each<[condition: Written, keys: string[] | undefined]>([
    [{ type: 'products', products: ['a', 'b'] }, ['product:a', 'product:b']],
    [{ type: 'variants', variants: ['a', 'b'] }, ['variant:a', 'variant:b']],
    [{ type: 'product_types', productTypes: ['a'] }, ['product_type:a']],
    [{ type: 'collections', collections: ['a'] }, ['collection:a']],
    [{ type: 'customers', customers: ['a'] }, ['customer:a']],
    [{ type: 'customer_groups', groups: ['a'] }, ['group:a']],
    [{ type: 'first_order' }, undefined],
  ])('%j is found by %j', (condition, keys) => {
    expect(kinds.rules.conditions.get(condition.type)?.indexKeys?.(condition)).toStrictEqual(keys)
  })

  it('may be told to everybody unless it is about who the shopper is', () => {
    const isPublic = (type: string) => kinds.rules.conditions.get(type)?.isPublic === true
    expect(Object.keys(builtInConditionKinds).filter((type) => !isPublic(type))).toStrictEqual([
      ...['customers', 'customer_groups', 'first_order', 'email_domains', 'owned_products'],
    ])
  })

  it('selects lines or looks at the cart, and only two of these read the lines', () => {
    const rules = [...kinds.rules.conditions.values()]
    const ofLines = ['products', 'variants', 'product_types', 'collections']
    expect(rules.map(({ type, scope }) => [type, scope])).toStrictEqual(
      rules.map(({ type }) => [type, ofLines.includes(type) ? 'line' : 'cart']),
    )
    const reads = rules.filter((rule) => 'readsLines' in rule && rule.readsLines === true)
    expect(reads.map(({ type }) => type)).toStrictEqual(['minimum_subtotal', 'minimum_quantity'])
  })
})

describe('a benefit as staff write it', () => {
  it.each<Written>([
    { type: 'percent', percent: '100' },
    { type: 'percent', percent: '0.5', of: 'original' },
    { type: 'percent', percent: '0.5', of: 'left' },
    { type: 'fixed', amounts: [eur(1)] },
    { type: 'fixed', amounts: [eur(1)], per: 'order' },
    { type: 'fixed', amounts: [eur(1)], per: 'line' },
    { type: 'fixed', amounts: [eur(1)], per: 'unit' },
    { type: 'fixed_price', amounts: [eur(0)] },
    { type: 'buy_x_get_y', buy: 1, get: 1, percent: '50' },
    {
      type: 'quantity_tiers',
      tiers: [
        { minimum: 2, percent: '5' },
        { minimum: 3, percent: '10' },
      ],
    },
    {
      type: 'subtotal_tiers',
      tiers: [
        { minimum: [eur(0)], percent: '5' },
        { minimum: [eur(1), usd(0)], percent: '6' },
      ],
    },
    { type: 'seats_free', every: 2, free: 1 },
    { type: 'bundle_price', products: ['a', 'b'], amounts: [eur(0)] },
    { type: 'free_gift', variant: 'a', quantity: 1 },
  ])('%j is saved', (benefit) => {
    expect(ofBenefit(benefit)).toStrictEqual({})
  })

  const A_PERCENT = 'must be over 0 and at most 100'
  it.each<[benefit: Written, said: Said]>([
    [{ type: 'percent', percent: '0' }, { 'benefit.percent': A_PERCENT }],
    [{ type: 'percent', percent: '100.1' }, { 'benefit.percent': A_PERCENT }],
    [{ type: 'percent', percent: '5', of: 'all' }, { 'benefit.of': 'must be one of original, left' }],
    [{ type: 'fixed', amounts: [] }, { 'benefit.amounts': 'must be a list of 1 to 50' }],
    [
      { type: 'fixed', amounts: [eur(0)] },
      { 'benefit.amounts.0.amount': 'must be a whole number of minor units from 1' },
    ],
    [{ type: 'fixed', amounts: [eur(1)], per: 'cart' }, { 'benefit.per': 'must be one of order, line, unit' }],
    [{ type: 'fixed_price', amounts: [] }, { 'benefit.amounts': 'must be a list of 1 to 50' }],
    [{ type: 'fixed_price', amounts: [eur(1), eur(1)] }, { 'benefit.amounts.1.currency': 'stands here twice' }],
    [
      { type: 'buy_x_get_y', buy: 0, get: 0, percent: '50' },
      {
        'benefit.buy': 'must be a whole number from 1 to 1,000',
        'benefit.get': 'must be a whole number from 1 to 1,000',
      },
    ],
    [{ type: 'buy_x_get_y', buy: 1, get: 1, percent: '101' }, { 'benefit.percent': A_PERCENT }],
    [{ type: 'quantity_tiers', tiers: [] }, { 'benefit.tiers': 'must be a list of 1 to 50' }],
    [
      { type: 'quantity_tiers', tiers: [{ minimum: 0, percent: '5' }] },
      { 'benefit.tiers.0.minimum': 'must be a whole number from 1 to 200,000' },
    ],
    [
      {
        type: 'quantity_tiers',
        tiers: [
          { minimum: 2, percent: '5' },
          { minimum: 2, percent: '0' },
        ],
      },
      { 'benefit.tiers.1.minimum': 'stands here twice', 'benefit.tiers.1.percent': A_PERCENT },
    ],
    [{ type: 'subtotal_tiers', tiers: [] }, { 'benefit.tiers': 'must be a list of 1 to 50' }],
    [
      { type: 'subtotal_tiers', tiers: [{ minimum: [], percent: '5' }] },
      { 'benefit.tiers.0.minimum': 'must be a list of 1 to 50' },
    ],
    [
      {
        type: 'subtotal_tiers',
        tiers: [
          { minimum: [eur(100), usd(100)], percent: '5' },
          { minimum: [eur(200), usd(100)], percent: '101' },
        ],
      },
      { 'benefit.tiers.1.minimum': 'stands here twice', 'benefit.tiers.1.percent': A_PERCENT },
    ],
    [
      { type: 'subtotal_tiers', tiers: [{ minimum: [eur(100), eur(200)], percent: '5' }] },
      { 'benefit.tiers.0.minimum.1.currency': 'stands here twice' },
    ],
    [
      { type: 'subtotal_tiers', tiers: [{ minimum: [eur(100), { amount: 1, currency: 'EUX' }], percent: '5' }] },
      { 'benefit.tiers.0.minimum.1.currency': A_CODE },
    ],
    [
      { type: 'seats_free', every: 1, free: 0 },
      {
        'benefit.every': 'must be a whole number from 2 to 200,000',
        'benefit.free': 'must be a whole number from 1 to 200,000',
      },
    ],
    [{ type: 'seats_free', every: 5, free: 5 }, { 'benefit.free': 'must be fewer than `every`' }],
    [
      { type: 'bundle_price', products: ['a'], amounts: [] },
      { 'benefit.products': 'must be a list of 2 to 20', 'benefit.amounts': 'must be a list of 1 to 50' },
    ],
    [
      { type: 'bundle_price', products: ['a', 'b', 'a'], amounts: [eur(1), eur(1)] },
      { 'benefit.products.2': 'stands here twice', 'benefit.amounts.1.currency': 'stands here twice' },
    ],
    [
      { type: 'free_gift', variant: 'a b', quantity: 0 },
      { 'benefit.variant': AN_ID, 'benefit.quantity': 'must be a whole number from 1 to 1,000' },
    ],
  ])('%j is refused: %j', (benefit, issues) => {
    expect(ofBenefit(benefit)).toStrictEqual(issues)
  })

  it.each(Object.keys(builtInBenefitKinds))('of the kind %s has nothing else in it', (type) => {
    expect(Object.values(ofBenefit({ type, other: 1 }))).toContain('Unrecognized key: "other"')
  })

  it('names the products of a set and the variant of a gift, with their places', () => {
    expect(
      namedInBenefit({ type: 'bundle_price', products: ['a', 'b'], amounts: [eur(1)] } as Written, kinds),
    ).toStrictEqual([
      { path: 'benefit.products.0', record: 'product', id: 'a' },
      { path: 'benefit.products.1', record: 'product', id: 'b' },
    ])
    expect(namedInBenefit({ type: 'free_gift', variant: 'v', quantity: 1 } as Written, kinds)).toStrictEqual([
      { path: 'benefit.variant', record: 'variant', id: 'v' },
    ])
  })

  it.each<[benefit: Written, allowed: unknown]>([
    [
      { type: 'fixed', amounts: [eur(1), usd(1)] },
      { of: 'currency', values: ['EUR', 'USD'], path: 'amounts' },
    ],
    [
      { type: 'fixed_price', amounts: [eur(1)] },
      { of: 'currency', values: ['EUR'], path: 'amounts' },
    ],
    [
      { type: 'bundle_price', products: ['a', 'b'], amounts: [eur(1)] },
      { of: 'currency', values: ['EUR'], path: 'amounts' },
    ],
    [{ type: 'percent', percent: '5' }, null],
  ])('%j leaves possible: %j', (benefit, allowed) => {
    expect(allowedByBenefit(benefit, kinds)).toEqual(allowed)
  })
})
