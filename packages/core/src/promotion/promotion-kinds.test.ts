import type { StandardSchemaV1 } from '@standard-schema/spec'
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

type Places = { type: 'acme:places'; minimum: number; rooms: string[] }

/** A host's schema, in whatever it was written with. */
const schemaOf = (
  validate: (value: Partial<Places>) => readonly StandardSchemaV1.Issue[] | undefined,
): StandardSchemaV1<unknown, Places> => ({
  '~standard': {
    ...{ version: 1, vendor: 'acme' },
    validate: (value) => {
      const issues = validate(value as Places)
      return issues === undefined ? { value: value as Places } : { issues }
    },
  },
})

const places: ConditionKind<Places> = {
  rule: { type: 'acme:places', scope: 'cart', check: () => ({ type: 'holds' }) },
  schema: schemaOf(({ minimum, rooms }) => {
    if (rooms === undefined) return [{ message: 'has no rooms' }]
    if (typeof minimum !== 'number') return [{ path: ['minimum'], message: 'is no number' }]
    const bad = rooms.indexOf('')
    return bad < 0 ? undefined : [{ path: [{ key: 'rooms' }, bad], message: 'has no name' }]
  }),
  check: ({ minimum, rooms }, { productTypes }) => [
    ...(minimum > 0 ? [] : [{ path: 'minimum', message: 'must be 1 or more' }]),
    ...(rooms.length > 0 ? [] : [{ path: '', message: 'leaves no room' }]),
    ...(productTypes.has('course') ? [] : [{ path: '', message: 'is for courses' }]),
  ],
  names: ({ rooms }) => rooms.map((id, place) => ({ path: `rooms.${place}`, record: 'product', id })),
  allows: ({ rooms }) => ({ of: 'room', values: rooms }),
}
/** Of which nothing but a rule and a form is said. */
const plain: ConditionKind = {
  rule: { type: 'acme:plain', scope: 'cart', check: () => ({ type: 'holds' }) },
  schema: { '~standard': { version: 1, vendor: 'acme', validate: (value) => ({ value: value as never }) } },
}
const kinds = promotionKinds({
  conditions: [places as ConditionKind, plain],
  benefits: [builtInBenefitKinds.percent as BenefitKind, builtInBenefitKinds.free_gift as BenefitKind],
})
const shop = { kinds, productTypes: new Set(['course']) }
const of = (changes: object) => ({ type: 'acme:places', minimum: 1, rooms: ['a'], ...changes })

describe('kinds', () => {
  it('are known by their type, with the rules that quotes take', () => {
    expect([...kinds.conditions.keys()]).toStrictEqual(['acme:places', 'acme:plain'])
    expect([...kinds.benefits.keys()]).toStrictEqual(['percent', 'free_gift'])
    expect(kinds.rules.conditions.get('acme:places')).toBe(places.rule)
    expect(kinds.rules.benefits.get('percent')).toBe(builtInBenefitKinds.percent.rule)
  })

  it('are refused where two have one type', () => {
    const twice = { conditions: [plain, plain], benefits: [] }
    expect(() => promotionKinds(twice)).toThrow(new RangeError('A type has two rules.'))
  })
})

describe('a condition of a host’s kind', () => {
  it.each<[what: string, condition: { type: string }, issues: [path: string, message: string][]]>([
    ['is saved where nothing is wrong', of({}), []],
    ['is saved where nothing but its form is asked', { type: 'acme:plain' }, []],
    ['has the form of its schema', of({ minimum: '1' }), [['conditions.0.minimum', 'is no number']]],
    ['has it as a whole', { type: 'acme:places' }, [['conditions.0', 'has no rooms']]],
    ['has it to the last entry', of({ rooms: ['a', ''] }), [['conditions.0.rooms.1', 'has no name']]],
    [
      'is checked by its kind, of the right form',
      of({ minimum: 0, rooms: [] }),
      [
        ['conditions.0.minimum', 'must be 1 or more'],
        ['conditions.0', 'leaves no room'],
      ],
    ],
    [
      'is of a kind that the shop has',
      { type: 'acme:rooms' },
      [['conditions.0.type', 'is none that this shop knows: acme:places, acme:plain']],
    ],
    [
      'is found within others',
      { type: 'any', conditions: [of({}), { type: 'none', conditions: [of({ minimum: 0 })] }] } as never,
      [['conditions.0.conditions.1.conditions.0.minimum', 'must be 1 or more']],
    ],
    [
      'joins something',
      { type: 'any', conditions: [] } as never,
      [['conditions.0.conditions', 'must name at least one']],
    ],
  ])('%s', (_, condition, issues) => {
    expect(checkCondition(condition, 'conditions.0', shop)).toStrictEqual(
      issues.map(([path, message]) => ({ path, message })),
    )
  })

  it('sees the types of products of the shop', () => {
    expect(checkCondition(of({}), 'conditions.0', { kinds, productTypes: new Set() })).toStrictEqual([
      { path: 'conditions.0', message: 'is for courses' },
    ])
  })

  it('names records, also within others, and none where its form is wrong', () => {
    const named = (condition: { type: string }) => namedInCondition(condition, 'conditions.2', kinds)
    expect(named(of({ rooms: ['a', 'b'] }))).toStrictEqual([
      { path: 'conditions.2.rooms.0', record: 'product', id: 'a' },
      { path: 'conditions.2.rooms.1', record: 'product', id: 'b' },
    ])
    expect(named({ type: 'none', conditions: [{ type: 'acme:plain' }, of({})] } as never)).toStrictEqual([
      { path: 'conditions.2.conditions.1.rooms.0', record: 'product', id: 'a' },
    ])
    for (const none of [{ type: 'acme:plain' }, { type: 'acme:rooms' }, of({ minimum: '1' })]) {
      expect(named(none)).toStrictEqual([])
    }
  })

  it('leaves values possible where its kind says so', () => {
    expect(allowedByCondition(of({ rooms: ['a', 'b'] }), kinds)).toStrictEqual({ of: 'room', values: ['a', 'b'] })
    for (const anything of [{ type: 'acme:plain' }, { type: 'acme:rooms' }]) {
      expect(allowedByCondition(anything, kinds)).toBeNull()
    }
  })

  it('has a schema that answers at once', () => {
    const late: ConditionKind = {
      ...plain,
      schema: { '~standard': { version: 1, vendor: 'acme', validate: async (value) => ({ value: value as never }) } },
    }
    const slow = promotionKinds({ conditions: [late], benefits: [] })
    expect(() => checkCondition({ type: 'acme:plain' }, '', { kinds: slow, productTypes: new Set() })).toThrow(
      new TypeError('The schema of the kind acme:plain must answer at once.'),
    )
  })
})

describe('a benefit', () => {
  const gift = { type: 'free_gift', variant: 'var_1', quantity: 1 }
  it('is checked, names records and leaves values possible as a condition does', () => {
    expect(checkBenefit({ type: 'percent', percent: '20' } as never, shop)).toStrictEqual([])
    expect(checkBenefit({ type: 'percent', percent: '101' } as never, shop)).toStrictEqual([
      { path: 'benefit.percent', message: 'must be over 0 and at most 100' },
    ])
    expect(checkBenefit({ type: 'fixed' }, shop)).toStrictEqual([
      { path: 'benefit.type', message: 'is none that this shop knows: percent, free_gift' },
    ])
    expect(namedInBenefit(gift, kinds)).toStrictEqual([{ path: 'benefit.variant', record: 'variant', id: 'var_1' }])
    expect(allowedByBenefit(gift, kinds)).toBeNull()
    const amounts = [{ amount: 5, currency: 'EUR' }]
    const fixed = promotionKinds({ conditions: [], benefits: [builtInBenefitKinds.fixed as BenefitKind] })
    expect(allowedByBenefit({ type: 'fixed', amounts } as never, fixed)).toStrictEqual({
      ...{ of: 'currency', values: ['EUR'], path: 'amounts' },
    })
  })
})

describe('the kinds that Bursar brings', () => {
  it('stand under the type that their rule has', () => {
    for (const [type, { rule }] of [...Object.entries(builtInConditionKinds), ...Object.entries(builtInBenefitKinds)]) {
      expect(rule.type).toBe(type)
    }
  })
})
