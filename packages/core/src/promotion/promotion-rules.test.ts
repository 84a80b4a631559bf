import { describe, expect, it } from 'vitest'
import { builtInBenefits, builtInConditions, builtInRules } from './built-in-kinds.ts'
import { estimateRules } from './estimate-rules.ts'
import { type BenefitRule, type ConditionRule, promotionRules, ruleOf } from './promotion-rules.ts'

const odd: ConditionRule = { type: 'acme:odd', scope: 'line', selects: () => () => true }
const half: BenefitRule = { type: 'acme:half', discounts: () => [], describe: () => 'Half' }

describe('a table of rules', () => {
  it('finds a rule by its type', () => {
    const rules = promotionRules({ conditions: [odd], benefits: [half] })
    expect(ruleOf(rules.conditions, { type: 'acme:odd' })).toBe(odd)
    expect(ruleOf(rules.benefits, { type: 'acme:half' })).toBe(half)
  })

  it('says which rule is not there', () => {
    const rules = promotionRules({ conditions: [odd], benefits: [] })
    expect(() => ruleOf(rules.conditions, { type: 'acme:half' })).toThrow(new RangeError('acme:half has no rule.'))
  })

  it('has one rule for a type', () => {
    const error = new RangeError('A type has two rules.')
    expect(() => promotionRules({ conditions: [odd, odd], benefits: [] })).toThrow(error)
    expect(() => promotionRules({ conditions: [], benefits: [half, half] })).toThrow(error)
  })
})

describe('the rules that Bursar brings', () => {
  it('are those of all its kinds', () => {
    expect([...builtInRules.conditions.values()]).toStrictEqual(builtInConditions)
    expect([...builtInRules.benefits.values()]).toStrictEqual(builtInBenefits)
    expect([...builtInRules.conditions.keys()].sort()).toStrictEqual([
      ...['collections', 'countries', 'currencies', 'customer_groups', 'customers', 'email_domains', 'first_order'],
      ...['local_dates', 'local_hours', 'minimum_quantity', 'minimum_subtotal', 'owned_products', 'product_types'],
      ...['products', 'sites', 'variants', 'weekdays'],
    ])
  })
})

describe('the rules of a page', () => {
  it('are every benefit, and the conditions that a server leaves to it', () => {
    const { conditions, benefits } = estimateRules()
    expect([...benefits.keys()].sort()).toStrictEqual([...builtInRules.benefits.keys()].sort())
    const left = builtInConditions.filter((rule) => rule.scope === 'cart' && rule.readsLines === true)
    expect([...conditions.keys()].sort()).toStrictEqual([...left.map(({ type }) => type), 'variants'].sort())
  })

  it('are joined by the host’s', () => {
    const { conditions, benefits } = estimateRules({ conditions: [odd], benefits: [half] })
    expect([conditions.get('acme:odd'), benefits.get('acme:half')]).toStrictEqual([odd, half])
    expect([conditions.size, benefits.size]).toStrictEqual([
      estimateRules().conditions.size + 1,
      estimateRules().benefits.size + 1,
    ])
  })
})
