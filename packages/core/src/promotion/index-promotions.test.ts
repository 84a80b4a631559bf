import { describe, expect, it } from 'vitest'
import { builtInRules } from './built-in-kinds.ts'
import { indexPromotions, promotionIndexKeys } from './index-promotions.ts'
import type { PromotionBenefit, PromotionCondition } from './promotion.ts'
import { promotionRules } from './promotion-rules.ts'

const line = (variantId: string, productId: string, productType: string) => ({ variantId, productId, productType })
const when = (id: string, ...conditions: PromotionCondition[]) => ({ id, conditions })
const products = (...ids: string[]) => ({ type: 'products', products: ids })
const variants = (...ids: string[]) => ({ type: 'variants', variants: ids })
const types = (...names: string[]) => ({ type: 'product_types', productTypes: names })
const groups = (...names: string[]) => ({ type: 'customer_groups', groups: names })
const any = (...conditions: { type: string }[]) => ({ type: 'any', conditions })
const promotions = [
  when('everything'),
  when('products', { type: 'products', products: ['p1', 'p2'] }),
  when('variants', { type: 'variants', variants: ['v1', 'p1'] }),
  when('types', { type: 'product_types', productTypes: ['book'] }),
  when('both', { type: 'products', products: ['p1', 'p2', 'p3'] }, { type: 'product_types', productTypes: ['course'] }),
  when('minimum', { type: 'minimum_subtotal', amounts: [] }),
  when('nothing', { type: 'products', products: [] }),
]

describe('an index of promotions', () => {
  const index = indexPromotions(promotions, builtInRules)
  const touching = (...lines: ReturnType<typeof line>[]) =>
    index.touching(lines, { customerId: null, groups: [] }).map(({ id }) => id)

  it.each([
    ['no line', [], ['everything', 'minimum']],
    ['a course', [line('v9', 'p1', 'course')], ['everything', 'products', 'both', 'minimum']],
    ['a variant', [line('v1', 'p9', 'service')], ['everything', 'variants', 'minimum']],
    ['a product named like a variant', [line('p2', 'v1', 'service')], ['everything', 'minimum']],
    [
      'two lines',
      [line('v1', 'p2', 'book'), line('v1', 'p2', 'book')],
      ['everything', 'products', 'variants', 'types', 'both', 'minimum'],
    ],
  ])('finds what could touch %s, each once, in the order given', (_, lines, expected) => {
    expect(touching(...lines)).toStrictEqual(expected)
  })

  it('keeps a promotion under the shortest list of its conditions, each key once', () => {
    const keysOf = (...conditions: PromotionCondition[]) => promotionIndexKeys({ conditions }, builtInRules)
    expect(keysOf({ type: 'products', products: ['a', 'b', 'a'] })).toStrictEqual(['product:a', 'product:b'])
    expect(keysOf({ type: 'products', products: ['a', 'b'] }, { type: 'variants', variants: ['c'] })).toStrictEqual([
      'variant:c',
    ])
    expect(keysOf({ type: 'minimum_subtotal', amounts: [] })).toBeNull()
  })

  it('keeps it under products rather than under what most carts have, and under the shopper where it names no lines', () => {
    const keysOf = (...conditions: PromotionCondition[]) => promotionIndexKeys({ conditions }, builtInRules)
    const types: PromotionCondition = { type: 'product_types', productTypes: ['course'] }
    const groups: PromotionCondition = { type: 'customer_groups', groups: ['staff'] }
    const customers: PromotionCondition = { type: 'customers', customers: ['c1', 'c2'] }
    expect(keysOf(types, { type: 'products', products: ['a', 'b'] })).toStrictEqual(['product:a', 'product:b'])
    expect(keysOf(groups, customers)).toStrictEqual(['customer:c1', 'customer:c2'])
    expect(keysOf(groups)).toStrictEqual(['group:staff'])
    const benefit = { type: 'bundle_price', products: ['a', 'b'], amounts: [] } as const
    expect(promotionIndexKeys({ conditions: [types], benefit }, builtInRules)).toStrictEqual(['product:a', 'product:b'])
  })

  it.each<[what: string, conditions: { type: string }[], expected: string[] | null]>([
    ['the first of two lists as long', [products('a'), variants('b')], ['product:a']],
    ['the first of two broad lists as long', [groups('staff'), types('book')], ['group:staff']],
    ['the shorter of two', [variants('c'), products('a', 'b')], ['variant:c']],
    ['the shorter of two broad ones', [types('book', 'course'), groups('staff')], ['group:staff']],
    ['all that `any` joins, each once', [any(products('a'), variants('b'), products('a'))], ['product:a', 'variant:b']],
    ['nothing where `any` joins one without keys', [any(products('a'), { type: 'minimum_quantity' })], null],
    ['nothing for `any` of nothing', [any()], []],
    ['nothing of what `none` joins', [{ ...any(products('a')), type: 'none' }], null],
    ['what stands beside `none`', [{ ...any(products('a')), type: 'none' }, variants('b')], ['variant:b']],
    [
      'a list without a broad key, though it is longer',
      [any(types('book'), products('a')), products('a', 'b', 'c')],
      ['product:a', 'product:b', 'product:c'],
    ],
    [
      'a list without a broad key, though it comes first',
      [products('a', 'b', 'c'), any(types('book'), products('a'))],
      ['product:a', 'product:b', 'product:c'],
    ],
    ['nothing where there is no rule', [{ type: 'acme:unheard' }], null],
  ])('keeps a promotion under %s', (_, conditions, expected) => {
    // The union of the built-in kinds does not know what no shop has.
    expect(promotionIndexKeys({ conditions: conditions as never }, builtInRules)).toStrictEqual(expected)
  })

  it('keeps a promotion by its conditions where its benefit has no keys, or no rule', () => {
    const keysWith = (benefit: PromotionBenefit) => [
      promotionIndexKeys({ conditions: [], benefit }, builtInRules),
      promotionIndexKeys({ conditions: [{ type: 'products', products: ['a'] }], benefit }, builtInRules),
    ]
    expect(keysWith({ type: 'percent', percent: '5' })).toStrictEqual([null, ['product:a']])
    expect(keysWith({ type: 'acme:unheard' })).toStrictEqual([null, ['product:a']])
  })

  it('finds what is for a shopper', () => {
    const mine = indexPromotions(
      [
        when('staff', { type: 'customer_groups', groups: ['staff'] }),
        when('one', { type: 'customers', customers: ['c1'] }),
      ],
      builtInRules,
    )
    const found = (customerId: string | null, ...groups: string[]) =>
      mine.touching([], { customerId, groups }).map(({ id }) => id)
    expect(found('c1')).toStrictEqual(['one'])
    expect(found('c2', 'press', 'staff')).toStrictEqual(['staff'])
    expect(found(null)).toStrictEqual([])
  })

  it('keeps a promotion whose rule has no keys for every cart', () => {
    const rules = promotionRules({
      conditions: [{ type: 'odd', scope: 'line', selects: () => () => true }],
      benefits: [],
    })
    // The union of the built-in kinds does not know the host's.
    const conditions = [{ type: 'odd' }] as unknown as PromotionCondition[]
    expect(promotionIndexKeys({ conditions }, rules)).toBeNull()
  })
})
