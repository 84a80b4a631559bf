import { describe, expect, it } from 'vitest'
import { builtInConditions, builtInRules } from './built-in-kinds.ts'
import { arePublic, joinedBy, judgeConditions, mentions } from './judge-conditions.ts'
import type { PromotionCondition, SimpleCondition } from './promotion.ts'
import {
  type ConditionRule,
  type PromotableLine,
  type PromotionContext,
  promotionRules,
  type Typed,
} from './promotion-rules.ts'

const context: PromotionContext = {
  ...{ now: '2026-06-15T12:00:00.000Z', currency: 'EUR', country: 'DE', site: 'main', timeZone: 'Europe/Berlin' },
  ...{ minorDigits: 2, rounding: 'half_up' },
  shopper: { customerId: 'cus_1', groups: [], firstOrder: 'unknown', owned: 'unknown' },
}
const line = (product: string): PromotableLine => ({
  ...{ id: product, variantId: `var_${product}`, productId: product, productType: 'course' },
  ...{ quantity: 1, unitPrice: 100, base: 100 },
})
const [a, b] = [line('a'), line('b')]

const products = (...ids: string[]): SimpleCondition => ({ type: 'products', products: ids })
const minimum = (quantity: number): SimpleCondition => ({ type: 'minimum_quantity', quantity })
const here: SimpleCondition = { type: 'countries', countries: ['DE'] }
const elsewhere: SimpleCondition = { type: 'countries', countries: ['FR'] }
const others: SimpleCondition = { type: 'customers', customers: ['cus_2'] }
/** Not known yet. */
const firstOrder: SimpleCondition = { type: 'first_order' }
/** Could not be learnt. */
const owners: SimpleCondition = { type: 'owned_products', products: ['a'] }
const any = (...conditions: SimpleCondition[]): PromotionCondition => ({ type: 'any', conditions })
const none = (...conditions: SimpleCondition[]): PromotionCondition => ({ type: 'none', conditions })
const unheard = { type: 'acme:unheard' } as const

const judge = (conditions: readonly Typed[], lines: readonly PromotableLine[] = [a, b]) =>
  judgeConditions(conditions, lines, context, builtInRules)

describe('conditions that hold', () => {
  const held = (selected: PromotableLine[], changes = {}) => ({
    ...{ type: 'hold', selected, namesLines: false, isUncertain: false },
    ...changes,
  })
  it.each<[what: string, conditions: PromotionCondition[], expected: object]>([
    ['none at all', [], held([a, b])],
    ['one of the cart', [here], held([a, b])],
    ['one of lines', [products('a')], held([a], { namesLines: true })],
    ['one of lines within `any`', [any(here, products('a'))], held([a, b], { namesLines: true })],
    ['one of lines within `none`', [none(elsewhere, products('a'))], held([b], { namesLines: true })],
    ['`any` of the cart', [any(elsewhere, here)], held([a, b])],
    ['what is not known', [firstOrder], held([a, b], { isUncertain: true })],
    ['what is not known beside what is', [firstOrder, here], held([a, b], { isUncertain: true })],
    [
      'what is certain for one line of two',
      [any(firstOrder, products('a'))],
      held([a, b], { namesLines: true, isUncertain: true }),
    ],
    ['what is certain for all lines', [any(firstOrder, products('a', 'b'))], held([a, b], { namesLines: true })],
    [
      'the opposite of what is not known and of what is not so',
      [none(firstOrder, elsewhere)],
      held([a, b], { isUncertain: true }),
    ],
    [
      'a minimum of the lines that are selected, wherever it stands',
      [minimum(1), products('a')],
      held([a], { namesLines: true }),
    ],
    // Asked when both lines were there, and not again.
    [
      '`any` with a line in it, asked in its turn',
      [any(minimum(2), products('b')), products('a')],
      held([a], { namesLines: true }),
    ],
  ])('%s', (_, conditions, expected) => {
    expect(judge(conditions)).toStrictEqual(expected)
  })
})

describe('conditions that do not hold say the first reason', () => {
  it.each<[what: string, conditions: readonly Typed[], lines: PromotableLine[], reason: string, missing?: object]>([
    ['an empty cart', [], [], 'not_for_these_items'],
    ['no line of a product', [products('c')], [a, b], 'not_for_these_items'],
    ['no line of both', [products('a'), products('b')], [a, b], 'not_for_these_items'],
    ['no line, whoever it is for', [products('c'), others], [a, b], 'not_for_these_items'],
    ['no line, of which there would have to be more', [products('c'), minimum(3)], [a, b], 'not_for_these_items'],
    ['too few', [minimum(3)], [a, b], 'below_minimum', { quantity: 1 }],
    ['too few of a product', [minimum(3), products('a')], [a, b], 'below_minimum', { quantity: 2 }],
    ['two: the first of the list', [others, elsewhere], [a, b], 'not_for_you'],
    ['two: the first of the list, the other way', [elsewhere, others], [a, b], 'not_here'],
    ['two: that about lines', [elsewhere, products('c')], [a, b], 'not_for_these_items'],
    ['`any`: that of its first', [any(elsewhere, others)], [a, b], 'not_here'],
    ['`any` of lines', [any(products('c'), elsewhere)], [a, b], 'not_for_these_items'],
    ['`any` of nothing', [any()], [a, b], 'not_for_these_items'],
    ['`none`', [none(here)], [a, b], 'not_for_these_items'],
    ['what could not be learnt', [owners], [a, b], 'not_for_you'],
    ['nor its opposite', [none(owners)], [a, b], 'not_for_you'],
    ['nor its opposite beside what is not so', [none(elsewhere, owners)], [a, b], 'not_for_you'],
    ['one without a rule, before all others', [others, unheard], [a, b], 'not_valid'],
    ['one without a rule within `any`', [{ type: 'any', conditions: [here, unheard] } as never], [a, b], 'not_valid'],
    [
      'one without a rule within `none`',
      [{ type: 'none', conditions: [elsewhere, unheard] } as never],
      [a, b],
      'not_valid',
    ],
  ])('%s', (_, conditions, lines, reason, missing) => {
    const expected = missing === undefined ? { type: 'fail', reason } : { type: 'fail', reason, missing }
    expect(judge(conditions, lines)).toStrictEqual(expected)
  })
})

describe('a rule', () => {
  it('is never asked about no lines', () => {
    const asked: number[] = []
    const counting: ConditionRule = {
      ...{ type: 'acme:counting', scope: 'cart' },
      check: (_condition, lines) => {
        asked.push(lines.length)
        return { type: 'holds' }
      },
    }
    const rules = promotionRules({ conditions: [...builtInConditions, counting], benefits: [] })
    judgeConditions([products('a'), { type: 'acme:counting' }], [a, b], context, rules)
    judgeConditions([products('c'), { type: 'acme:counting' }], [a, b], context, rules)
    expect(asked).toStrictEqual([1])
  })
})

describe('what joins conditions', () => {
  it('is `any` and `none`, and no kind of a host’s whose data look alike', () => {
    expect(joinedBy(any(here))).toStrictEqual([here])
    expect(joinedBy(none(here, elsewhere))).toStrictEqual([here, elsewhere])
    const alike = { type: 'acme:terms', conditions: ['no refund'] }
    for (const simple of [here, alike, { type: 'any' }]) expect(joinedBy(simple)).toBeNull()
  })

  it.each<[what: string, conditions: PromotionCondition[], expected: boolean]>([
    ['nothing', [], false],
    ['it alone', [firstOrder], true],
    ['it among others', [here, firstOrder, others], true],
    ['others', [here, any(others), none(elsewhere)], false],
    ['it within one of them', [here, any(others, firstOrder)], true],
    [
      'it within what is within',
      [{ type: 'any', conditions: [here, { type: 'none', conditions: [firstOrder] }] }],
      true,
    ],
  ])('%s: is a first order mentioned?', (_, conditions, expected) => {
    expect(mentions(conditions, 'first_order')).toBe(expected)
  })

  it.each<[what: string, conditions: Typed[], expected: boolean]>([
    ['nothing', [], true],
    ['what is public', [here, products('a')], true],
    ['who the shopper is', [here, others], false],
    ['what is public, joined', [any(here, products('a'))], true],
    ['who the shopper is, joined', [here, none(elsewhere, others)], false],
    ['what has no rule', [unheard], false],
  ])('%s: may everybody be told?', (_, conditions, expected) => {
    expect(arePublic(conditions, builtInRules)).toBe(expected)
  })
})
