import { describe, expect, it } from 'vitest'
import type { Call } from '../ports/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { builtInBenefitKinds, builtInConditionKinds } from './built-in-kinds.ts'
import type { Promotion } from './promotion.ts'
import { type NewPromotion, promotionKind } from './promotion-kind.ts'
import { type BenefitKind, type ConditionKind, promotionKinds } from './promotion-kinds.ts'

const kind = promotionKind(
  promotionKinds({
    conditions: Object.values<ConditionKind>(builtInConditionKinds),
    benefits: Object.values<BenefitKind>(builtInBenefitKinds),
  }),
  [{ name: 'course' }, { name: 'book' }],
)

const sale: Promotion = {
  ...{ id: 'pro_1', name: 'Sale', sites: null, from: null, until: null, requiresCode: false, conditions: [] },
  ...{ benefit: { type: 'percent', percent: '20' }, limits: { uses: null, usesPerCustomer: null } },
  ...{ stacking: 'combinable', priority: 0, status: 'active' },
}
const pathsOf = (changes: Partial<Promotion>) => kind.check({ ...sale, ...changes }, null).map(({ path }) => path)
const eur = (amount: number) => ({ amount, currency: 'EUR' })
const usd = (amount: number) => ({ amount, currency: 'USD' })
const none = { uses: null, usesPerCustomer: null }

describe('a promotion', () => {
  it.each<[what: string, changes: Partial<Promotion>]>([
    ['of everything', {}],
    [
      'of two lists with something in common',
      {
        conditions: [
          { type: 'products', products: ['a', 'b'] },
          { type: 'products', products: ['b'] },
        ],
      },
    ],
    [
      'of groups, of which a customer may have two',
      {
        conditions: [
          { type: 'customer_groups', groups: ['a'] },
          { type: 'customer_groups', groups: ['b'] },
        ],
      },
    ],
    ['with a budget', { limits: { ...none, money: [eur(100)], moneyPerOrder: [eur(9)], whenShort: 'rest' } }],
    [
      'on days within its window',
      {
        from: '2026-06-01T00:00:00.000Z',
        until: '2026-07-01T00:00:00.000Z',
        conditions: [{ type: 'local_dates', ranges: [{ first: '2026-07-01', last: null }] }],
      },
    ],
    [
      'with a gift beside other variants',
      {
        benefit: { type: 'free_gift', variant: 'v', quantity: 1 },
        conditions: [{ type: 'variants', variants: ['v', 'w'] }],
      },
    ],
    [
      'with a minimum that is not to be reached',
      {
        conditions: [
          { type: 'none', conditions: [{ type: 'minimum_subtotal', amounts: [eur(9)] }] },
          { type: 'currencies', currencies: ['EUR'] },
        ],
      },
    ],
  ])('%s is saved', (_, changes) => {
    expect(pathsOf(changes)).toStrictEqual([])
  })

  it.each<[what: string, changes: Partial<Promotion>, path: string]>([
    [
      'a window that ends before it begins',
      { from: '2026-06-02T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' },
      'until',
    ],
    ['no site', { sites: [] }, 'sites'],
    ['more than all of the price', { benefit: { type: 'percent', percent: '101' } }, 'benefit.percent'],
    ['no percent', { benefit: { type: 'percent', percent: '0' } }, 'benefit.percent'],
    [
      'an amount without a currency that exists',
      { benefit: { type: 'fixed', amounts: [{ amount: 5, currency: 'XXQ' }] } },
      'benefit.amounts.0.currency',
    ],
    [
      'two amounts in one currency',
      { benefit: { type: 'fixed', amounts: [eur(5), eur(6)] } },
      'benefit.amounts.1.currency',
    ],
    ['all seats free', { benefit: { type: 'seats_free', every: 2, free: 2 } }, 'benefit.free'],
    [
      'a product twice in a bundle',
      { benefit: { type: 'bundle_price', products: ['a', 'a'], amounts: [eur(5)] } },
      'benefit.products.1',
    ],
    ['a budget of nothing', { limits: { ...none, money: [eur(0)] } }, 'limits.money.0.amount'],
    ['no limit of orders', { limits: { ...none, uses: 0 } }, 'limits.uses'],
    ['what happens when no budget is short', { limits: { ...none, whenShort: 'rest' } }, 'limits.whenShort'],
    [
      'a day that the calendar lacks',
      { conditions: [{ type: 'local_dates', ranges: [{ first: '2026-02-30', last: null }] }] },
      'conditions.0.ranges.0.first',
    ],
    [
      'days backwards',
      { conditions: [{ type: 'local_dates', ranges: [{ first: '2026-06-02', last: '2026-06-01' }] }] },
      'conditions.0.ranges.0.last',
    ],
    [
      'every day',
      { conditions: [{ type: 'local_dates', ranges: [{ first: null, last: null }] }] },
      'conditions.0.ranges.0',
    ],
    ['no time of day', { conditions: [{ type: 'local_hours', from: '09:00', until: '09:00' }] }, 'conditions.0.until'],
    [
      'a domain that is an address',
      { conditions: [{ type: 'email_domains', domains: ['a@example.org'] }] },
      'conditions.0.domains.0',
    ],
    [
      'a type that the shop has not',
      { conditions: [{ type: 'product_types', productTypes: ['bicycle'] }] },
      'conditions.0.productTypes.0',
    ],
    [
      'two lists with nothing in common',
      {
        conditions: [
          { type: 'products', products: ['a'] },
          { type: 'products', products: ['b'] },
        ],
      },
      'conditions.1',
    ],
    [
      'what it excludes itself',
      {
        conditions: [
          { type: 'products', products: ['a'] },
          { type: 'none', conditions: [{ type: 'products', products: ['a', 'b'] }] },
        ],
      },
      'conditions.1',
    ],
    [
      'other sites than its own',
      { sites: ['main'], conditions: [{ type: 'sites', sites: ['other'] }] },
      'conditions.0',
    ],
    [
      'days that are no days',
      {
        conditions: [
          { type: 'weekdays', days: [1] },
          { type: 'weekdays', days: [6, 7] },
        ],
      },
      'conditions.1',
    ],
    [
      'a benefit in another currency',
      { conditions: [{ type: 'currencies', currencies: ['EUR'] }], benefit: { type: 'fixed', amounts: [usd(5)] } },
      'benefit.amounts',
    ],
    [
      'a budget in another currency',
      { limits: { ...none, money: [usd(5)] }, benefit: { type: 'fixed', amounts: [eur(5)] } },
      'benefit.amounts',
    ],
    [
      'a minimum in another currency',
      { conditions: [{ type: 'minimum_subtotal', amounts: [usd(5)] }], limits: { ...none, moneyPerOrder: [eur(5)] } },
      'limits.moneyPerOrder',
    ],
    [
      'days outside its window',
      {
        until: '2026-06-01T00:00:00.000Z',
        conditions: [{ type: 'local_dates', ranges: [{ first: '2026-06-03', last: null }] }],
      },
      'conditions.0.ranges',
    ],
    [
      'a gift that earns itself',
      {
        benefit: { type: 'free_gift', variant: 'v', quantity: 1 },
        conditions: [{ type: 'variants', variants: ['v'] }],
      },
      'conditions.0.variants',
    ],
    [
      'a bundle of which it selects a part',
      {
        benefit: { type: 'bundle_price', products: ['a', 'b'], amounts: [eur(5)] },
        conditions: [{ type: 'products', products: ['a'] }],
      },
      'conditions.0.products',
    ],
    ['a group though it stands alone', { stacking: 'exclusive', group: 'season' }, 'group'],
  ])('with %s is refused, and the place is named', (_, changes, path) => {
    expect(pathsOf(changes)).toStrictEqual([path])
  })
})

describe('what kinds leave possible', () => {
  it('counts for a host’s own kinds as for Bursar’s', () => {
    const campus: ConditionKind<{ type: 'acme:campus'; campus: string }> = {
      rule: { type: 'acme:campus', scope: 'cart', check: () => ({ type: 'holds' }) },
      schema: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as never }) } },
      allows: ({ campus: one }) => ({ of: 'campus', values: [one], isExact: true }),
    }
    const kinds = promotionKinds({
      conditions: [campus as ConditionKind],
      benefits: [builtInBenefitKinds.percent as BenefitKind],
    })
    const on = (name: string) => ({ type: 'acme:campus' as const, campus: name })
    const issues = (...conditions: Promotion['conditions']) =>
      promotionKind(kinds, [])
        .check({ ...sale, conditions }, null)
        .map(({ path }) => path)
    expect(issues(on('north'), on('north'))).toEqual([])
    expect(issues(on('north'), on('south'))).toEqual(['conditions.1'])
    expect(issues(on('north'), { type: 'none', conditions: [on('north'), on('south')] })).toEqual(['conditions.1'])
    expect(issues(on('north'), { type: 'any', conditions: [on('south')] })).toEqual([])
  })

  it('rules a currency out by its opposite, and not by the opposite of a minimum in it', () => {
    const benefit = { type: 'fixed', amounts: [eur(5)] } as const
    const inEuro = { type: 'currencies', currencies: ['EUR'] } as const
    const minimum = { type: 'minimum_subtotal', amounts: [eur(5)] } as const
    expect(pathsOf({ benefit, conditions: [{ type: 'none', conditions: [inEuro] }] })).toEqual(['conditions.0'])
    expect(pathsOf({ benefit, conditions: [{ type: 'none', conditions: [minimum] }] })).toEqual([])
  })
})

describe('a new promotion', () => {
  const CALL: Call = {
    ...{ scope: { operator: 'acme', site: 'main' }, principal: { type: 'system', site: 'main' } },
    ...{ operation: 'promotions.create', key: null, fingerprint: '', ifVersion: null, now: '2026-06-15T12:00:00.000Z' },
  }
  const benefit = { type: 'percent', percent: '20' } as const

  it('is for everybody, always and everywhere, without limits, where nothing else is said', () => {
    expect(kind.complete({ name: 'Sale', benefit }, 'pro_1', CALL)).toStrictEqual(sale)
  })

  it('is what was said of it; a member without a value says nothing', () => {
    const said: NewPromotion = {
      ...{ id: 'mine', name: 'Sale', benefit, sites: ['main'], from: undefined, until: '2026-07-01T00:00:00.000Z' },
      ...{ requiresCode: true, priority: 7, stacking: 'exclusive', status: 'archived', hinted: false },
      ...{ limits: { uses: 1, usesPerCustomer: null }, conditions: [{ type: 'first_order' }] },
    }
    expect(kind.complete(said, 'pro_2', CALL)).toStrictEqual({ ...said, id: 'pro_2', from: null })
  })

  it('has an id that says what it is, is listed by id, changes prices, and shares a name with others', () => {
    expect(kind.id(sale, testRuntime())).toMatch(/^pro_/)
    expect(kind.listed(CALL)).toStrictEqual({ index: 'id' })
    expect(kind.changesPrices).toBe(true)
    expect(kind.uniqueMembers).toStrictEqual({})
  })

  it('names its sites, and what its conditions and its benefit name', () => {
    const named = kind.names(
      {
        ...{ ...sale, sites: ['main', 'other'], benefit: { type: 'free_gift', variant: 'var_1', quantity: 1 } },
        conditions: [
          { type: 'first_order' },
          { type: 'products', products: ['prd_1', 'prd_2'] },
          { type: 'any', conditions: [{ type: 'collections', collections: ['col_1'] }] },
          { type: 'customers', customers: ['cus_1'] },
          { type: 'sites', sites: ['main'] },
        ],
      },
      CALL,
    )
    expect(named).toStrictEqual([
      { path: 'sites.0', ref: { in: 'sites', id: 'main' } },
      { path: 'sites.1', ref: { in: 'sites', id: 'other' } },
      { path: 'conditions.1.products.0', ref: { in: 'products', id: 'prd_1' } },
      { path: 'conditions.1.products.1', ref: { in: 'products', id: 'prd_2' } },
      { path: 'conditions.2.conditions.0.collections.0', ref: { in: 'productCollections', id: 'col_1' } },
      { path: 'conditions.3.customers.0', ref: { in: 'customers', id: 'cus_1' } },
      { path: 'conditions.4.sites.0', ref: { in: 'sites', id: 'main' } },
      { path: 'benefit.variant', ref: { in: 'variants', id: 'var_1' } },
    ])
    expect(kind.names(sale, CALL)).toStrictEqual([])
  })
})

describe('the parts of a promotion', () => {
  it.each<[what: string, changes: Partial<Promotion>]>([
    [
      'types of products that the shop has',
      { conditions: [{ type: 'product_types', productTypes: ['book', 'course'] }] },
    ],
    ['the least priority', { priority: 0 }],
    ['the greatest priority', { priority: 1000 }],
    ['one use', { limits: { uses: 1, usesPerCustomer: 1 } }],
    ['one site', { sites: ['main'] }],
    ['one bound of its window', { until: '2026-06-01T00:00:00.000Z' }],
    ['a budget without a word on its end', { limits: { ...none, money: [eur(1)] } }],
    [
      'no budget, as it may be written',
      { limits: { ...none, money: null, moneyPerOrder: null, whenShort: undefined } },
    ],
    ['a benefit that the host may sign less of', { signedByHost: true, requiresCode: true }],
    ['a benefit that the host may not sign', { signedByHost: false }],
    [
      'an amount that the host may sign less of',
      { signedByHost: true, requiresCode: true, benefit: { type: 'fixed', amounts: [eur(5)] } },
    ],
  ])('may be %s', (_, changes) => {
    expect(pathsOf(changes)).toStrictEqual([])
  })

  const PRIORITY = 'must be a whole number from 0 to 1,000'
  const USES = 'must be 1 or more, or null'
  const FROM_1 = 'must be a whole number of minor units from 1'
  it.each<[what: string, changes: Partial<Promotion>, ...issues: [path: string, message: string][]]>([
    ['no site', { sites: [] }, ['sites', 'must name a site, or be null for all sites']],
    [
      'a window without an instant',
      { from: '2026-06-01T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' },
      ['until', 'must be later than `from`'],
    ],
    ['less than the least priority', { priority: -1 }, ['priority', PRIORITY]],
    ['more than the greatest priority', { priority: 1001 }, ['priority', PRIORITY]],
    ['half a priority', { priority: 0.5 }, ['priority', PRIORITY]],
    ['no use', { limits: { uses: 0, usesPerCustomer: 1 } }, ['limits.uses', USES]],
    ['half a use', { limits: { uses: 1.5, usesPerCustomer: 1 } }, ['limits.uses', USES]],
    ['no use for anybody', { limits: { uses: 1, usesPerCustomer: 0 } }, ['limits.usesPerCustomer', USES]],
    [
      'no money',
      { limits: { ...none, money: [eur(0)], moneyPerOrder: [usd(0)] } },
      ['limits.money.0.amount', FROM_1],
      ['limits.moneyPerOrder.0.amount', FROM_1],
    ],
    [
      'the end of a budget that it has not',
      { limits: { ...none, money: null, whenShort: 'nothing' } },
      ['limits.whenShort', 'is about `limits.money`, which is not set'],
    ],
    [
      'signed discounts for everybody, of what cannot be signed',
      { signedByHost: true, benefit: { type: 'free_gift', variant: 'v', quantity: 1 } },
      ['requiresCode', 'must be true with `signedByHost`'],
      ['benefit.type', 'must be percent or fixed with `signedByHost`'],
    ],
    [
      'two conditions that are wrong, and a benefit',
      {
        benefit: { type: 'percent', percent: '0' },
        conditions: [
          { type: 'minimum_subtotal', amounts: [eur(1), eur(2)] },
          { type: 'local_hours', from: '09:00', until: '09:00' },
        ],
      },
      ['benefit.percent', 'must be over 0 and at most 100'],
      ['conditions.0.amounts.1.currency', 'stands here twice'],
      ['conditions.1.until', 'must be another time than `from`'],
    ],
  ])('are not %s', (_, changes, ...issues) => {
    expect(kind.check({ ...sale, ...changes }, null)).toStrictEqual(
      issues.map(([path, message]) => ({ path, message })),
    )
  })

  it('are looked at before what contradicts itself', () => {
    const conditions = [
      { type: 'weekdays', days: [1] },
      { type: 'weekdays', days: [2] },
    ] as const
    expect(pathsOf({ conditions })).toStrictEqual(['conditions.1'])
    expect(pathsOf({ conditions, priority: -1 })).toStrictEqual(['priority'])
  })
})
