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
