import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type BenefitKind, builtInBenefits, builtInConditions, type ConditionKind } from '../promotion/index.ts'
import { shopKinds } from './shop-kinds.ts'

interface Quiet {
  type: 'acme:quiet'
  places: number
}

const quiet: ConditionKind<Quiet> = {
  rule: {
    type: 'acme:quiet',
    scope: 'cart',
    check: ({ places }, selected) =>
      selected.length <= places ? { type: 'holds' } : { type: 'fails', reason: 'not_for_these_items' },
  },
  schema: z.strictObject({ type: z.literal('acme:quiet'), places: z.int() }),
}

describe('the kinds of a shop', () => {
  it('are the built-in ones where the host adds none, each with its rule', () => {
    const { conditions, benefits, rules } = shopKinds()
    expect([...conditions.keys()].sort()).toEqual(builtInConditions.map(({ type }) => type).sort())
    expect([...benefits.keys()].sort()).toEqual(builtInBenefits.map(({ type }) => type).sort())
    for (const rule of builtInConditions) expect(rules.conditions.get(rule.type)).toBe(rule)
    for (const rule of builtInBenefits) expect(rules.benefits.get(rule.type)).toBe(rule)
  })

  it('are joined by those of the host', () => {
    const { conditions, rules } = shopKinds({ conditions: [quiet] })
    expect(conditions.get('acme:quiet')).toBe(quiet)
    expect(rules.conditions.get('acme:quiet')).toBe(quiet.rule)
  })

  it('have each type once', () => {
    expect(() => shopKinds({ conditions: [quiet, quiet] })).toThrow(RangeError)
  })

  it.each(['percent', 'acme', 'Acme:a', 'acme:', ':a', 'acme:a:b', 'acme:a b'])('refuse the name %s', (type) => {
    // As a host without types would give it.
    const named = { ...quiet, rule: { ...quiet.rule, type } } as unknown as ConditionKind<Quiet>
    expect(() => shopKinds({ conditions: [named] })).toThrow(/acme:minimum_places/)
    const benefit = { rule: { type }, schema: z.unknown() } as unknown as BenefitKind<Quiet>
    expect(() => shopKinds({ benefits: [benefit] })).toThrow(/acme:minimum_places/)
  })
})
