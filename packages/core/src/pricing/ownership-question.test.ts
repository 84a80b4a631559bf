import { describe, expect, it } from 'vitest'
import { draftProductFields, draftVariant, type Variant } from '../catalog/index.ts'
import type { Promotion } from '../promotion/index.ts'
import { cartDependence, upgradesOf } from './ownership-question.ts'
import type { BookEntry } from './price-book.ts'
import type { PricedLine } from './pricing-inputs.ts'
import { samplePromotion } from './sample-inputs.ts'

/** A variant `var_<name>` of a product with these variants. */
const entry = (name: string, changes: Partial<Variant> = {}, siblings: readonly string[] = [name]): BookEntry => {
  const place = { id: `var_${name}`, productId: `prd_${name}`, type: { maximumQuantity: 100, taxCategory: 'book' } }
  return {
    variant: { ...draftVariant({ name }, null, place), ...changes },
    product: {
      ...draftProductFields({ title: name }, null),
      ...{ id: `prd_${name}`, type: 'course', externalId: null, status: 'active' },
      ...{ variants: siblings.map((sibling) => `var_${sibling}`), createdAt: '2026-01-01T00:00:00.000Z' },
    },
    prices: [],
  }
}
const bundle = (ownedParts: 'sell_all' | 'leave_out' | 'credit_paid', ...parts: string[]) => ({
  bundle: {
    parts: parts.map((id) => ({ id, variantId: `var_${id}` })),
    pricing: { type: 'own_price' as const },
    ownedParts,
  },
})

/** What of each kind a cart asks: who owns what, of which platforms are asked, and what was paid. */
const dependence = (
  given: BookEntry[],
  lines: (string | Partial<PricedLine>)[],
  {
    moment = 'cart',
    ...others
  }: { moment?: 'cart' | 'checkout'; promotions?: readonly Promotion[]; from?: readonly string[] } = {},
) => {
  const answer = cartDependence({
    lines: lines.map((line, at) => ({
      ...{ id: `${at}`, quantity: 1 },
      ...(typeof line === 'string' ? { variantId: `var_${line}` } : { variantId: 'var_a', ...line }),
    })),
    entries: new Map(given.map((one) => [one.variant.id, one])),
    upgrades: new Map(others.from ? [['var_a', { from: others.from, credit: 'money_paid' }]] : []),
    promotions: others.promotions ?? [],
    moment,
  })
  return answer === null
    ? null
    : { variants: answer.variants.map(({ id }) => id), asked: [...answer.asked], credited: [...answer.credited] }
}
const nothing: ReturnType<typeof dependence> = null
const question = (variants: string[], asked = variants, credited: string[] = []) => ({ variants, asked, credited })

const ONCE = { repeatable: false }
const [b, c] = [entry('b'), entry('c')]

describe('of a customer’s rights a cart depends on', () => {
  it.each<[what: string, of: ReturnType<typeof dependence>, expected: ReturnType<typeof dependence>]>([
    ['nothing where it is empty', dependence([b], []), nothing],
    ['nothing for what can be bought again', dependence([b], ['b']), nothing],
    ['nothing for what is not there', dependence([], ['a']), nothing],
    [
      'what can be had once, of which platforms are not asked before checkout',
      dependence([entry('a', ONCE)], ['a']),
      question(['var_a'], []),
    ],
    [
      'what can be had once, of which platforms are asked at checkout',
      dependence([entry('a', ONCE)], ['a'], { moment: 'checkout' }),
      question(['var_a']),
    ],
    ['nothing where several units are bought', dependence([entry('a', ONCE)], [{ quantity: 2 }]), nothing],
    ['nothing where it is for somebody else', dependence([entry('a', ONCE)], [{ forOthers: true }]), nothing],
    [
      'what is needed before, of which platforms are asked, though several are bought',
      dependence(
        [entry('a', { prerequisite: { variants: ['var_b', 'var_c'], policy: 'refuse' } }), b, c],
        [{ quantity: 2 }],
      ),
      question(['var_b', 'var_c']),
    ],
    [
      'nothing of what is needed before, where it is for somebody else',
      dependence([entry('a', { prerequisite: { variants: ['var_b'], policy: 'refuse' } }), b], [{ forOthers: true }]),
      nothing,
    ],
    [
      'nothing of what is needed before and is not there any more',
      dependence([entry('a', { prerequisite: { variants: ['var_gone'], policy: 'refuse' } })], ['a']),
      nothing,
    ],
    [
      'what an upgrade is from, and what was paid for it',
      dependence([entry('a'), b, c], ['a'], { from: ['var_b', 'var_c'] }),
      question(['var_b', 'var_c'], ['var_b', 'var_c'], ['var_b', 'var_c']),
    ],
    ['nothing of several upgrades', dependence([entry('a'), b], [{ quantity: 2 }], { from: ['var_b'] }), nothing],
    [
      'the parts of a bundle that leaves out what is owned',
      dependence([entry('a', bundle('leave_out', 'b', 'c')), b, c], ['a']),
      question(['var_b', 'var_c']),
    ],
    [
      'the parts of a bundle that credits what was paid',
      dependence([entry('a', bundle('credit_paid', 'b', 'c')), b, c], ['a']),
      question(['var_b', 'var_c'], ['var_b', 'var_c'], ['var_b', 'var_c']),
    ],
    ['nothing of a bundle that sells all again', dependence([entry('a', bundle('sell_all', 'b')), b], ['a']), nothing],
    [
      'the parts of a bundle that a person can have once, and not the bundle itself',
      dependence([entry('a', { ...bundle('sell_all', 'b', 'c'), ...ONCE }), b, c], ['a']),
      question(['var_b', 'var_c'], []),
    ],
    [
      'the parts of such a bundle, of which platforms are asked at checkout',
      dependence([entry('a', { ...bundle('sell_all', 'b'), ...ONCE }), b], ['a'], { moment: 'checkout' }),
      question(['var_b']),
    ],
    [
      'each variant once, and what one line asks is asked',
      dependence([entry('a', bundle('leave_out', 'b')), entry('b', ONCE)], ['b', 'a']),
      question(['var_b']),
    ],
    [
      'what a promotion asks',
      dependence([b], ['b'], {
        promotions: [
          samplePromotion(),
          samplePromotion({ conditions: [{ type: 'owned_products', products: ['prd_c'] }] }),
        ],
      }),
      question([]),
    ],
  ])('%s', (_, of, expected) => {
    expect(of).toEqual(expected)
  })

  it('what a promotion asks, and says that one does', () => {
    const cart = { lines: [], entries: new Map(), upgrades: new Map(), moment: 'cart' as const }
    const asking = samplePromotion({ conditions: [{ type: 'owned_products', products: ['prd_c'] }] })
    expect(cartDependence({ ...cart, promotions: [asking] })?.isPromoted).toBe(true)
    const once = { ...cart, entries: new Map([['var_a', entry('a', ONCE)]]) }
    const line = { id: '1', variantId: 'var_a', quantity: 1 }
    expect(cartDependence({ ...once, lines: [line], promotions: [samplePromotion()] })?.isPromoted).toBe(false)
  })
})

describe('upgrades', () => {
  const from = { from: ['audit', 'basic', 'gone'], credit: 'list_price_then' as const }
  const family = ['full', 'basic', 'audit', 'other', 'missing']
  const full = entry('full', { upgrade: from }, family)
  const entries = new Map<string, BookEntry | null>([
    ['var_full', full],
    ['var_other', entry('other')],
    ['var_missing', null],
  ])
  const siblings = new Map([...entries, ...['audit', 'basic'].map((name) => [`var_${name}`, entry(name)] as const)])

  it('name variants of the product by their ids, in the product’s order', () => {
    expect([...upgradesOf(entries, siblings)]).toEqual([
      ['var_full', { from: ['var_basic', 'var_audit'], credit: 'list_price_then' }],
    ])
  })

  it('name none that is not known', () => {
    expect([...upgradesOf(entries, entries)]).toEqual([['var_full', { from: [], credit: 'list_price_then' }]])
  })
})
