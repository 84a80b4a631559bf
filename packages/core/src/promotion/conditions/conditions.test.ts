import { describe, expect, it } from 'vitest'
import { builtInRules } from '../built-in-kinds.ts'
import { judgeConditions } from '../judge-conditions.ts'
import type { SimpleCondition } from '../promotion.ts'
import type { PromotableLine, PromotionContext } from '../promotion-rules.ts'
import type { ShopperFacts } from '../shopper-facts.ts'

const line = (id: string, collections?: readonly string[]): PromotableLine => ({
  ...{ id, variantId: `var_${id}`, productId: `prd_${id}`, productType: 'course', quantity: 1, unitPrice: 9, base: 9 },
  collections,
})
const someone: ShopperFacts = { customerId: 'cus_1', groups: [], firstOrder: 'no' }
const nobody: ShopperFacts = { customerId: null, groups: [], firstOrder: 'unknown' }

const judge = (
  condition: SimpleCondition,
  changes: Partial<PromotionContext> = {},
  lines: readonly PromotableLine[] = [line('a')],
  join?: 'none' | 'any',
) => {
  const context: PromotionContext = {
    ...{ now: '2026-06-15T12:00:00.000Z', currency: 'EUR', country: 'DE', site: 'main' },
    ...{ timeZone: 'Europe/Berlin', minorDigits: 2, rounding: 'half_up' as const, shopper: someone },
    ...changes,
  }
  const conditions = join === undefined ? [condition] : [{ type: join, conditions: [condition] }]
  const verdict = judgeConditions(conditions, lines, context, builtInRules)
  if (verdict.type === 'fail') return verdict.reason
  return `${verdict.selected.map(({ id }) => id).join()}${verdict.isUncertain ? '?' : ''}`
}

describe('a condition of the cart', () => {
  const context: PromotionContext = {
    ...{ now: '2026-06-15T12:00:00.000Z', currency: 'EUR', country: 'DE', site: 'main', timeZone: 'Europe/Berlin' },
    ...{ minorDigits: 2, rounding: 'half_up' as const },
    shopper: {
      ...{ customerId: 'cus_1', groups: ['alumni'], firstOrder: 'yes', emailDomain: 'example.edu' },
      owned: { products: ['prd_1'], variants: [] },
    },
  }
  const check = (
    condition: SimpleCondition,
    { selected = [], shopper = context.shopper }: { selected?: PromotableLine[]; shopper?: ShopperFacts } = {},
  ) => {
    const rule = builtInRules.conditions.get(condition.type)
    if (rule?.scope !== 'cart') throw new Error(`${condition.type} is no condition of the cart`)
    return rule.check(condition, selected, { ...context, shopper })
  }
  it.each<[holds: SimpleCondition, fails: SimpleCondition, reason: string]>([
    [{ type: 'countries', countries: ['DE'] }, { type: 'countries', countries: ['FR'] }, 'not_here'],
    [{ type: 'currencies', currencies: ['EUR'] }, { type: 'currencies', currencies: ['USD'] }, 'not_here'],
    [{ type: 'customer_groups', groups: ['alumni'] }, { type: 'customer_groups', groups: ['staff'] }, 'not_for_you'],
    [{ type: 'customers', customers: ['cus_1'] }, { type: 'customers', customers: ['cus_2'] }, 'not_for_you'],
    [{ type: 'email_domains', domains: ['example.edu'] }, { type: 'email_domains', domains: ['b.edu'] }, 'not_for_you'],
    [{ type: 'owned_products', products: ['prd_1'] }, { type: 'owned_products', products: ['prd_2'] }, 'not_for_you'],
    [{ type: 'sites', sites: ['main'] }, { type: 'sites', sites: ['other'] }, 'not_here'],
    [{ type: 'weekdays', days: [1] }, { type: 'weekdays', days: [2] }, 'not_now'],
    [
      { type: 'local_dates', ranges: [{ first: null, last: '2026-06-15' }] },
      { type: 'local_dates', ranges: [{ first: null, last: '2026-06-14' }] },
      'not_now',
    ],
    [
      { type: 'local_hours', from: '14:00', until: '15:00' },
      { type: 'local_hours', from: '15:00', until: '16:00' },
      'not_now',
    ],
  ])('%j holds, and %j fails with %s', (holds, fails, reason) => {
    expect(check(holds)).toStrictEqual({ type: 'holds' })
    expect(check(fails)).toStrictEqual({ type: 'fails', reason })
  })

  it.each<[firstOrder: 'yes' | 'no' | 'unknown', answer: unknown]>([
    ['yes', { type: 'holds' }],
    ['unknown', { type: 'unknown' }],
    ['no', { type: 'fails', reason: 'not_for_you' }],
  ])('of a first order, which it is: %s', (firstOrder, answer) => {
    expect(check({ type: 'first_order' }, { shopper: { ...context.shopper, firstOrder } })).toStrictEqual(answer)
  })

  it('of units and of money says what is missing', () => {
    const selected = [{ ...line('a'), quantity: 2, base: 18 }, line('b')]
    const units = (quantity: number) => check({ type: 'minimum_quantity', quantity }, { selected })
    expect(units(3)).toStrictEqual({ type: 'holds' })
    expect(units(5)).toStrictEqual({ type: 'fails', reason: 'below_minimum', missing: { quantity: 2 } })
    const money = (amount: number, currency = 'EUR') =>
      check({ type: 'minimum_subtotal', amounts: [{ amount, currency }] }, { selected })
    expect(money(27)).toStrictEqual({ type: 'holds' })
    expect(money(30)).toStrictEqual({ type: 'fails', reason: 'below_minimum', missing: { amount: 3 } })
    expect(money(1, 'USD')).toStrictEqual({ type: 'fails', reason: 'not_for_these_items' })
  })

  it('of who the shopper is says where that is not known yet', () => {
    const domain: SimpleCondition = { type: 'email_domains', domains: ['example.edu'] }
    const owned: SimpleCondition = { type: 'owned_products', products: ['prd_1'] }
    for (const condition of [domain, owned]) {
      expect(check(condition, { shopper: nobody })).toStrictEqual({ type: 'unknown' })
      expect(check(condition, { shopper: someone })).toStrictEqual({ type: 'undecided' })
    }
    const things = { products: [], variants: [], unknownProducts: ['prd_1'] }
    expect(check(owned, { shopper: { ...someone, owned: things } })).toStrictEqual({ type: 'undecided' })
    const oneOfTwo: SimpleCondition = { type: 'owned_products', products: ['prd_1', 'prd_2'] }
    expect(check(oneOfTwo, { shopper: { ...someone, owned: things } })).toStrictEqual({ type: 'undecided' })
    expect(check(owned, { shopper: { ...someone, owned: 'unknown' } })).toStrictEqual({ type: 'undecided' })
    expect(check(owned, { shopper: { ...nobody, owned: 'unknown' } })).toStrictEqual({ type: 'unknown' })
  })
})

describe('collections', () => {
  const lines = [line('a', ['col_1']), line('b', ['col_2', 'col_3']), line('c')]
  it.each([
    [['col_1'], 'a'],
    [['col_3', 'col_1'], 'a,b'],
    [['col_9'], 'not_for_these_items'],
  ])('%j select the lines of their products', (collections, expected) => {
    expect(judge({ type: 'collections', collections }, {}, lines)).toBe(expected)
  })
})

describe('local dates', () => {
  const spring = (first: string | null, last: string | null) =>
    ({ type: 'local_dates', ranges: [{ first, last }] }) as const
  // Berlin is two hours before UTC in June: its 15th ends at 22:00 UTC.
  it.each<[first: string | null, last: string | null, now: string, expected: string]>([
    ['2026-06-15', '2026-06-15', '2026-06-14T21:59:59.999Z', 'not_now'],
    ['2026-06-15', '2026-06-15', '2026-06-14T22:00:00.000Z', 'a'],
    ['2026-06-15', '2026-06-15', '2026-06-15T21:59:59.999Z', 'a'],
    ['2026-06-15', '2026-06-15', '2026-06-15T22:00:00.000Z', 'not_now'],
    [null, '2026-06-15', '2020-01-01T00:00:00.000Z', 'a'],
    ['2026-06-15', null, '2030-01-01T00:00:00.000Z', 'a'],
    ['2026-06-15', null, '2026-06-01T00:00:00.000Z', 'not_now'],
  ])('%s to %s at %s: %s', (first, last, now, expected) => {
    expect(judge(spring(first, last), { now })).toBe(expected)
  })

  it('are any of several ranges', () => {
    const ranges = [
      { first: '2026-01-01', last: '2026-01-31' },
      { first: '2026-06-01', last: '2026-06-30' },
    ]
    expect(judge({ type: 'local_dates', ranges })).toBe('a')
    expect(judge({ type: 'local_dates', ranges }, { now: '2026-03-01T12:00:00.000Z' })).toBe('not_now')
  })
})

describe('local hours', () => {
  it.each<[from: string, until: string, now: string, expected: string]>([
    ['09:00', '17:00', '2026-06-15T06:59:59.999Z', 'not_now'],
    ['09:00', '17:00', '2026-06-15T07:00:00.000Z', 'a'],
    ['09:00', '17:00', '2026-06-15T14:59:59.999Z', 'a'],
    ['09:00', '17:00', '2026-06-15T15:00:00.000Z', 'not_now'],
    ['22:00', '02:00', '2026-06-15T20:00:00.000Z', 'a'],
    ['22:00', '02:00', '2026-06-15T23:59:59.999Z', 'a'],
    ['22:00', '02:00', '2026-06-16T00:00:00.000Z', 'not_now'],
    ['18:00', '00:00', '2026-06-15T21:59:59.999Z', 'a'],
    ['18:00', '00:00', '2026-06-15T22:00:00.000Z', 'not_now'],
    // On 25 October 02:30 comes twice in Berlin.
    ['02:00', '03:00', '2026-10-25T00:30:00.000Z', 'a'],
    ['02:00', '03:00', '2026-10-25T01:30:00.000Z', 'a'],
  ])('%s to %s at %s: %s', (from, until, now, expected) => {
    expect(judge({ type: 'local_hours', from, until }, { now })).toBe(expected)
  })
})

describe('sites', () => {
  it('are the site of the cart', () => {
    expect(judge({ type: 'sites', sites: ['main', 'other'] })).toBe('a')
    expect(judge({ type: 'sites', sites: ['other'] })).toBe('not_here')
    expect(judge({ type: 'sites', sites: ['other'] }, {}, [line('a')], 'none')).toBe('a')
  })
})

describe('e-mail domains', () => {
  it.each<[emailDomain: string | null, expected: string]>([
    ['example.edu', 'a'],
    ['cs.example.edu', 'a'],
    ['anexample.edu', 'not_for_you'],
    ['example.edu.evil.test', 'not_for_you'],
    ['edu', 'not_for_you'],
    [null, 'not_for_you'],
  ])('of %s: %s', (emailDomain, expected) => {
    const domains = ['example.org', 'example.edu']
    expect(judge({ type: 'email_domains', domains }, { shopper: { ...someone, emailDomain } })).toBe(expected)
  })
})

describe('owned products', () => {
  const has = (...products: string[]) => ({ shopper: { ...someone, owned: { products, variants: [] } } })
  it('are one of those listed', () => {
    const condition = { type: 'owned_products', products: ['prd_1', 'prd_2'] } as const
    expect(judge(condition, has('prd_2'))).toBe('a')
    expect(judge(condition, has('prd_3'))).toBe('not_for_you')
    expect(judge(condition, has('prd_3'), [line('a')], 'none')).toBe('a')
  })
})

describe('what could not be learnt of the shopper', () => {
  const conditions: SimpleCondition[] = [
    { type: 'owned_products', products: ['prd_1'] },
    { type: 'email_domains', domains: ['example.edu'] },
  ]
  it.each(conditions)('leaves $type to checkout for somebody not signed in', (condition) => {
    for (const join of [undefined, 'any', 'none'] as const) {
      expect(judge(condition, { shopper: nobody }, [line('a')], join)).toBe('a?')
    }
  })

  it.each(conditions)('gives a customer nothing for $type, nor for its opposite', (condition) => {
    for (const join of [undefined, 'any', 'none'] as const) {
      expect(judge(condition, {}, [line('a')], join)).toBe('not_for_you')
    }
    expect(judge(condition, { shopper: { ...someone, owned: 'unknown' } }, [line('a')], 'none')).toBe('not_for_you')
  })
})
