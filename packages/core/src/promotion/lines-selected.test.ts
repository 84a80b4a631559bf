import { describe, expect, it } from 'vitest'
import { builtInConditions, builtInRules } from './built-in-kinds.ts'
import { linesSelected } from './lines-selected.ts'
import type { PromotionCondition } from './promotion.ts'
import {
  type ConditionRule,
  type PromotableLine,
  type PromotionContext,
  promotionRules,
  type Typed,
} from './promotion-rules.ts'

const context: PromotionContext = {
  ...{ now: '2026-06-15T12:00:00.000Z', currency: 'EUR', country: 'DE', site: 'main', timeZone: 'Europe/Berlin' },
  ...{ minorDigits: 2, rounding: 'half_up', shopper: { customerId: null, groups: [], firstOrder: 'unknown' } },
}
const line = (product: string, quantity: number): PromotableLine => ({
  ...{ id: product, variantId: `var_${product}`, productId: product, productType: 'course' },
  ...{ quantity, unitPrice: 100, base: 100 * quantity },
})
const [a, b, c] = [line('a', 1), line('b', 2), line('c', 3)]
const select = (conditions: readonly Typed[], lines = [a, b, c], rules = builtInRules) =>
  linesSelected(conditions, lines, context, rules)

describe('the lines that a page selects', () => {
  const products = (...ids: string[]) => ({ type: 'products' as const, products: ids })
  const minimum = (quantity: number) => ({ type: 'minimum_quantity' as const, quantity })
  it.each<[what: string, conditions: PromotionCondition[], expected: PromotableLine[]]>([
    ['nothing: all', [], [a, b, c]],
    ['products', [products('a', 'c')], [a, c]],
    ['products of both lists', [products('a', 'c'), products('b', 'c')], [c]],
    ['a quantity that is reached', [minimum(6)], [a, b, c]],
    ['a quantity that is not', [minimum(7)], []],
    ['a quantity of those products that is reached', [products('a', 'b'), minimum(3)], [a, b]],
    ['a quantity of those products that is not', [products('a', 'b'), minimum(4)], []],
    ['one of two', [{ type: 'any', conditions: [products('c'), products('a', 'c')] }], [a, c]],
    ['one of two, of which one does not hold', [{ type: 'any', conditions: [minimum(7), products('b')] }], [b]],
    ['one of nothing', [{ type: 'any', conditions: [] }], []],
    ['none of two', [{ type: 'none', conditions: [products('a'), products('b')] }], [c]],
    ['none of what holds for all', [{ type: 'none', conditions: [minimum(6)] }], []],
    ['none of what does not hold', [{ type: 'none', conditions: [minimum(7)] }], [a, b, c]],
    ['what is not known: it was the server’s to say', [{ type: 'first_order' }], []],
  ])('by %s', (_, conditions, expected) => {
    expect(select(conditions)).toStrictEqual(expected)
  })

  it('need a rule for each condition', () => {
    expect(() => select([{ type: 'acme:odd' }])).toThrow(new RangeError('acme:odd has no rule.'))
  })

  it('are never none where a rule is asked about them', () => {
    const largest: ConditionRule = {
      ...{ type: 'acme:largest', scope: 'cart' },
      check(_condition, lines) {
        if (lines.length === 0) throw new Error('Asked about nothing.')
        return { type: 'holds' }
      },
    }
    const rules = promotionRules({ conditions: [...builtInConditions, largest], benefits: [] })
    expect(select([{ type: 'acme:largest' }], [a], rules)).toStrictEqual([a])
    expect(select([products('x'), { type: 'acme:largest' }], [a], rules)).toStrictEqual([])
  })
})
