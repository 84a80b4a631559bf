import { describe, expect, it } from 'vitest'
import { builtInBenefitKinds, builtInConditionKinds } from './built-in-kinds.ts'
import { checkContradictions } from './check-contradictions.ts'
import type { Promotion, PromotionCondition, SimpleCondition } from './promotion.ts'
import { type BenefitKind, type ConditionKind, promotionKinds } from './promotion-kinds.ts'

/** A host's kind of which nothing but a rule and a form is said. */
const rooms: ConditionKind = {
  rule: { type: 'acme:rooms', scope: 'cart', check: () => ({ type: 'holds' }) },
  schema: { '~standard': { version: 1, vendor: 'acme', validate: (value) => ({ value: value as never }) } },
}
const kinds = promotionKinds({
  conditions: [...Object.values<ConditionKind>(builtInConditionKinds), rooms],
  benefits: Object.values<BenefitKind>(builtInBenefitKinds),
})
const UNLIMITED = { uses: null, usesPerCustomer: null }
const SALE: Promotion = {
  ...{ id: 'pro_1', name: 'Sale', sites: null, from: null, until: null, requiresCode: false, conditions: [] },
  ...{
    benefit: { type: 'percent', percent: '20' },
    limits: UNLIMITED,
    stacking: 'combinable',
    priority: 0,
    status: 'active',
  },
}
const check = (changes: Partial<Promotion>) => checkContradictions({ ...SALE, ...changes }, kinds)

const products = (...ids: string[]): SimpleCondition => ({ type: 'products', products: ids })
const variants = (...ids: string[]): SimpleCondition => ({ type: 'variants', variants: ids })
const countries = (...codes: string[]): SimpleCondition => ({ type: 'countries', countries: codes })
const groups = (...names: string[]): SimpleCondition => ({ type: 'customer_groups', groups: names })
const sites = (...ids: string[]): SimpleCondition => ({ type: 'sites', sites: ids })
const any = (...conditions: SimpleCondition[]): PromotionCondition => ({ type: 'any', conditions })
const none = (...conditions: SimpleCondition[]): PromotionCondition => ({ type: 'none', conditions })
const COLLECTION: SimpleCondition = { type: 'collections', collections: ['c'] }
const atLeast = (quantity: number): SimpleCondition => ({ type: 'minimum_quantity', quantity })
const money = (currency: string) => [{ amount: 500, currency }]
const fixed = (currency: string) => ({ type: 'fixed', amounts: money(currency) }) as const
const gift = { type: 'free_gift', variant: 'v', quantity: 1 } as const
const bundle = { type: 'bundle_price', products: ['a', 'b'], amounts: money('EUR') } as const
/** Of whose data a host says nothing. */
const acme = (data: object) => ({ type: 'acme:benefit', ...data }) as const

describe('a promotion that can apply', () => {
  it.each<[what: string, changes: Partial<Promotion>]>([
    ['to everything', {}],
    ['in a group, combined', { group: 'season' }],
    ['alone', { stacking: 'exclusive' }],
    ['alone, in no group', { stacking: 'exclusive', group: null }],
    ['on sites that its conditions name', { conditions: [sites('main')] }],
    ['on one of its sites', { sites: ['main', 'other'], conditions: [sites('other', 'third')] }],
    [
      'to what three lists have in common',
      { conditions: [products('a', 'b', 'c'), products('b', 'c'), products('c', 'd')] },
    ],
    ['to products in a country', { conditions: [products('a'), countries('DE')] }],
    ['to what is left of a list', { conditions: [products('a', 'b'), none(products('a'))] }],
    ['to all but something', { conditions: [none(products('a')), none(products('b'))] }],
    ['to what no `none` names', { conditions: [none(products('b'), countries('FR')), products('a'), countries('DE')] }],
    [
      'whatever `any` says besides',
      { conditions: [products('a'), any(products('a', 'b'), countries('FR')), any(products('b'), countries('DE'))] },
    ],
    ['whatever a `none` of another kind says', { conditions: [none(COLLECTION, groups('staff')), products('a')] }],
    [
      'to a product, though a `none` names a variant alike',
      { conditions: [products('a'), none(products('b'), variants('a'))] },
    ],
    ['to members of one group and not of the other', { conditions: [groups('staff'), none(groups('press'))] }],
    // The minimum within `none` is asked of other lines.
    ['from a minimum that a `none` names', { conditions: [atLeast(3), none(atLeast(3), products('a'))] }],
    ['to members of both groups', { conditions: [groups('staff'), groups('staff')] }],
    [
      'with a budget in its currency',
      { benefit: fixed('EUR'), limits: { ...UNLIMITED, money: money('EUR'), moneyPerOrder: money('EUR') } },
    ],
    ['with a host’s conditions', { conditions: [{ type: 'acme:rooms' }, { type: 'acme:rooms' }], benefit: acme({}) }],
    ['with a gift beside products', { benefit: gift, conditions: [products('v')] }],
    ['with a gift beside other variants', { benefit: gift, conditions: [variants('v', 'w')] }],
    ['with a host’s benefit that has a variant', { benefit: acme({ variant: 'v' }), conditions: [variants('v')] }],
    ['to a bundle of which each product is selected', { benefit: bundle, conditions: [products('c', 'b', 'a')] }],
    [
      'to a bundle for who owns something else',
      { benefit: bundle, conditions: [{ type: 'owned_products', products: ['c'] }] },
    ],
    [
      'with a host’s benefit that has products',
      { benefit: acme({ products: ['a', 'b'] }), conditions: [products('a')] },
    ],
  ])('%s', (_, changes) => {
    expect(check(changes)).toStrictEqual([])
  })
})

describe('a promotion that contradicts itself', () => {
  const never = (...seen: string[]) => `leaves nothing of ${seen.join(' and ')}: the promotion could never apply`
  it.each<[what: string, changes: Partial<Promotion>, path: string, message: string]>([
    [
      'an exclusive one in a group',
      { stacking: 'exclusive', group: 'season' },
      'group',
      'is for combinable ones: an exclusive one stands alone',
    ],
    ['other products', { conditions: [products('a'), products('b', 'c')] }, 'conditions.1', never('conditions.0')],
    [
      'the third of three lists',
      { conditions: [products('a', 'b'), products('b', 'c'), products('a', 'c')] },
      'conditions.2',
      never('conditions.0', 'conditions.1'),
    ],
    [
      'a list between others',
      { conditions: [products('a'), countries('DE'), countries('FR')] },
      'conditions.2',
      never('conditions.1'),
    ],
    ['other sites', { sites: ['main'], conditions: [sites('other')] }, 'conditions.0', never('sites')],
    [
      'what it rules out, all in all',
      { conditions: [none(products('a'), countries('FR'), products('b')), products('a', 'b')] },
      'conditions.0',
      never('conditions.1'),
    ],
    [
      'what two rule out',
      { conditions: [products('a', 'b'), none(products('a')), none(products('b'))] },
      'conditions.2',
      never('conditions.0', 'conditions.1'),
    ],
    [
      'a limit in another currency',
      { limits: { ...UNLIMITED, money: money('EUR'), moneyPerOrder: money('USD') } },
      'limits.moneyPerOrder',
      never('limits.money'),
    ],
    [
      'a benefit in another currency',
      { limits: { ...UNLIMITED, money: money('EUR') }, benefit: fixed('USD') },
      'benefit.amounts',
      never('limits.money'),
    ],
    [
      'a group that it rules out',
      { conditions: [countries('DE'), groups('staff'), none(products('a'), groups('staff'))] },
      'conditions.2',
      'rules out conditions.1: the promotion could never apply',
    ],
    [
      'a collection that it rules out',
      { conditions: [COLLECTION, none(groups('staff'), COLLECTION)] },
      'conditions.1',
      'rules out conditions.0: the promotion could never apply',
    ],
    [
      'just what it rules out, once',
      { conditions: [countries('DE'), none(countries('DE'))] },
      'conditions.1',
      never('conditions.0'),
    ],
    [
      'a first order that is none',
      { conditions: [none({ type: 'first_order' }), { type: 'first_order' }] },
      'conditions.0',
      'rules out conditions.1: the promotion could never apply',
    ],
    [
      'days outside its window',
      {
        from: '2026-06-01T00:00:00.000Z',
        conditions: [{ type: 'local_dates', ranges: [{ first: null, last: '2026-05-01' }] }],
      },
      'conditions.0.ranges',
      'leave no day of what is allowed besides: the promotion could never apply',
    ],
    [
      'a gift that earns itself',
      { benefit: gift, conditions: [products('p'), variants('v')] },
      'conditions.1.variants',
      'name only the gift, whose lines do not count',
    ],
    [
      'a part of its bundle',
      { benefit: bundle, conditions: [countries('DE'), products('b', 'c')] },
      'conditions.1.products',
      'leave out a product of the bundle',
    ],
  ])('is refused with %s, and the place is named', (_, changes, path, message) => {
    expect(check(changes)).toStrictEqual([{ path, message }])
  })

  it('in several ways is told all of them', () => {
    const conditions = [products('a'), products('b'), countries('DE'), countries('FR')]
    expect(check({ conditions, stacking: 'exclusive', group: 'season' }).map(({ path }) => path)).toStrictEqual([
      ...['conditions.1', 'conditions.3', 'group'],
    ])
  })
})
