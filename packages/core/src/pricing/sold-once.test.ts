import { describe, expect, it } from 'vitest'
import type { OwnedThings } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const ONCE = { repeatable: false }

const variants = (changes: Record<string, Partial<PricedVariant>> = {}, ownedParts = 'leave_out' as const) =>
  variantsById(
    sampleVariant('var_a', 6000, { ...ONCE, ...changes.var_a }),
    sampleVariant('var_b', 4000, { ...ONCE, ...changes.var_b }),
    sampleVariant('var_book', 2000, changes.var_book),
    sampleVariant('var_p', 9000, {
      bundle: {
        parts: [
          { id: 'a', variantId: 'var_a' },
          { id: 'b', variantId: 'var_b' },
        ],
        pricing: { type: 'own_price' },
        ownedParts,
      },
      ...changes.var_p,
    }),
  )

const bundle = (ownedParts: 'sell_all' | 'leave_out' | 'credit_paid', variantIds = ['var_a', 'var_b']) => ({
  bundle: {
    parts: variantIds.map((variantId) => ({ id: variantId.replace('var_', ''), variantId })),
    pricing: { type: 'own_price' as const },
    ownedParts,
  },
})

interface Cart {
  lines: (Partial<PricedLine> & { id: string; variantId: string })[]
  changes?: Record<string, Partial<PricedVariant>>
  /** Variants besides. */
  more?: readonly PricedVariant[]
  owned?: Partial<OwnedThings> | 'unknown' | undefined
}

const inputsOf = ({ lines, changes, more = [], owned }: Cart): PricingInputs => {
  const inputs = sampleInputs({
    lines: lines.map((line) => ({ quantity: 1, ...line })),
    variants: { ...variants(changes), ...variantsById(...more) },
  })
  const things = typeof owned === 'object' ? { products: [], variants: [], ...owned } : owned
  return { ...inputs, shopper: { ...inputs.shopper, ...(things === undefined ? {} : { owned: things }) } }
}

/** Of each line what it costs, or why it is not sold. */
const priced = (cart: Cart) => quote(inputsOf(cart)).lines.map(({ refusal, total }) => refusal ?? total)
const unknowns = (cart: Cart) => quote(inputsOf(cart)).unknowns ?? []

describe('what a person can have once', () => {
  it.each<[what: string, cart: Cart, lines: (string | number)[]]>([
    ['is sold to who has it not', { lines: [{ id: 'a', variantId: 'var_a' }], owned: {} }, [6000]],
    [
      'is not sold again',
      { lines: [{ id: 'a', variantId: 'var_a' }], owned: { variants: ['var_a'] } },
      ['already_owned'],
    ],
    [
      'is sold to its owner for somebody else',
      { lines: [{ id: 'a', variantId: 'var_a', forOthers: true }], owned: { variants: ['var_a'] } },
      [6000],
    ],
    [
      'is sold to its owner by the two: they are for others',
      { lines: [{ id: 'a', variantId: 'var_a', quantity: 2 }], owned: { variants: ['var_a'] } },
      [12_000],
    ],
    [
      'is not sold twice by two lines: the smaller id stays',
      {
        lines: [
          { id: 'b', variantId: 'var_a' },
          { id: 'a', variantId: 'var_a' },
        ],
      },
      ['already_in_cart', 6000],
    ],
    [
      'is sold beside a line for somebody else',
      {
        lines: [
          { id: 'a', variantId: 'var_a', forOthers: true },
          { id: 'b', variantId: 'var_a' },
        ],
      },
      [6000, 6000],
    ],
    [
      'is not sold while another order of theirs holds it',
      { lines: [{ id: 'a', variantId: 'var_a' }], changes: { var_a: { bought: { used: 0, held: 1 } } } },
      ['being_bought'],
    ],
    [
      'is sold while only others have it',
      { lines: [{ id: 'a', variantId: 'var_a' }], changes: { var_a: { bought: { used: 1, held: 0 } } } },
      [6000],
    ],
    [
      'a book is sold as often as they like',
      {
        lines: [
          { id: 'a', variantId: 'var_book' },
          { id: 'b', variantId: 'var_book' },
        ],
        owned: { variants: ['var_book'] },
      },
      [2000, 2000],
    ],
  ])('%s', (_what, cart, lines) => {
    expect(priced(cart)).toStrictEqual(lines)
  })
})

describe('a bundle of what a person can have once', () => {
  const both = { variants: ['var_a', 'var_b'] }
  it.each<[what: string, cart: Cart, lines: (string | number)[]]>([
    [
      'comes before a line that sells its part by itself',
      {
        lines: [
          { id: 'a', variantId: 'var_a' },
          { id: 'p', variantId: 'var_p' },
        ],
      },
      ['already_in_cart', 9000],
    ],
    [
      'leaves a line for somebody else alone',
      {
        lines: [
          { id: 'a', variantId: 'var_a', forOthers: true },
          { id: 'p', variantId: 'var_p' },
        ],
      },
      [6000, 9000],
    ],
    [
      'that is for somebody else leaves a line alone',
      {
        lines: [
          { id: 'a', variantId: 'var_a' },
          { id: 'p', variantId: 'var_p', forOthers: true },
        ],
      },
      [6000, 9000],
    ],
    [
      'that cannot be sold leaves a line alone',
      {
        lines: [
          { id: 'a', variantId: 'var_a' },
          { id: 'p', variantId: 'var_p' },
        ],
        changes: { var_p: { refusal: 'archived' } },
      },
      [6000, 'archived'],
    ],
    [
      'does not sell what the shopper owns, so a line refuses that as owned',
      {
        lines: [
          { id: 'a', variantId: 'var_a' },
          { id: 'p', variantId: 'var_p' },
        ],
        owned: { variants: ['var_a'] },
      },
      ['already_owned', 3600],
    ],
    ['of which all is owned is not sold', { lines: [{ id: 'p', variantId: 'var_p' }], owned: both }, ['already_owned']],
    [
      'of which all is owned is sold once more where its rule says so',
      { lines: [{ id: 'p', variantId: 'var_p' }], owned: both, changes: { var_p: bundle('sell_all') } },
      [9000],
    ],
    [
      '… unless it can be had once itself',
      {
        lines: [{ id: 'p', variantId: 'var_p' }],
        owned: both,
        changes: { var_p: { ...bundle('sell_all'), repeatable: false } },
      },
      ['already_owned'],
    ],
    [
      'of which all is owned is sold for somebody else',
      { lines: [{ id: 'p', variantId: 'var_p', forOthers: true }], owned: both },
      [9000],
    ],
    [
      'of which a part is being bought is not sold',
      { lines: [{ id: 'p', variantId: 'var_p' }], changes: { var_b: { bought: { used: 0, held: 1 } } } },
      ['being_bought'],
    ],
    [
      'of which a part is being bought is sold for somebody else',
      {
        lines: [{ id: 'p', variantId: 'var_p', forOthers: true }],
        changes: { var_b: { bought: { used: 0, held: 1 } } },
      },
      [9000],
    ],
    [
      'of which a part that is sold again and again is being bought is sold',
      {
        lines: [{ id: 'p', variantId: 'var_p' }],
        changes: { var_b: { repeatable: true, bought: { used: 0, held: 1 } } },
      },
      [9000],
    ],
    [
      'of which an owned part is being bought sells the rest',
      {
        lines: [{ id: 'p', variantId: 'var_p' }],
        owned: { variants: ['var_b'] },
        changes: { var_b: { bought: { used: 0, held: 1 } } },
      },
      [5400],
    ],
  ])('%s', (_what, cart, lines) => {
    expect(priced(cart)).toStrictEqual(lines)
  })

  it('is refused as in the cart where one part is owned and another line sells the other', () => {
    const cart = {
      lines: [
        { id: 'o', variantId: 'var_o' },
        { id: 'p', variantId: 'var_p' },
      ],
      owned: { variants: ['var_a'] },
      more: [sampleVariant('var_o', 4500, bundle('leave_out', ['var_b']))],
    }
    expect(priced(cart)).toStrictEqual([4500, 'already_in_cart'])
  })

  it('is refused as owned where all is owned, though another bundle sells it once more', () => {
    const cart = {
      lines: [
        { id: 'o', variantId: 'var_o' },
        { id: 'p', variantId: 'var_p' },
      ],
      owned: both,
      more: [sampleVariant('var_o', 4500, bundle('sell_all'))],
    }
    expect(priced(cart)).toStrictEqual([4500, 'already_owned'])
  })

  it('sells what is sold again and again in each of two', () => {
    const cart = {
      lines: [
        { id: 'o', variantId: 'var_o' },
        { id: 'p', variantId: 'var_p' },
      ],
      changes: { var_a: { repeatable: true } },
      more: [sampleVariant('var_o', 4500, bundle('leave_out', ['var_a']))],
    }
    expect(priced(cart)).toStrictEqual([4500, 9000])
  })

  it('that sells all needs each part to be there, an owned one too', () => {
    const archived = { var_a: { refusal: 'archived' as const } }
    const cart = { lines: [{ id: 'p', variantId: 'var_p' }], owned: { variants: ['var_a'] } }
    expect(priced({ ...cart, changes: { ...archived, var_p: bundle('sell_all') } })).toStrictEqual([
      'part_not_available',
    ])
    expect(priced({ ...cart, changes: archived })).toStrictEqual([3600])
  })

  it('of which one part is not known is not sold', () => {
    const cart = {
      lines: [{ id: 'p', variantId: 'var_p' }],
      changes: { var_p: bundle('leave_out', ['var_a', 'var_none']) },
    }
    expect(priced(cart)).toStrictEqual(['part_not_available'])
  })

  it('counts what another bundle of the cart sells as owned, and leaves it out: it is paid there', () => {
    const twice = (ownedParts: 'leave_out' | 'credit_paid', second: string[]): Cart => ({
      lines: [
        { id: 'p', variantId: 'var_p' },
        { id: 'q', variantId: 'var_q' },
      ],
      owned: { variants: [], paid: { var_a: { amount: 100, listPrice: 100 } } },
      more: [sampleVariant('var_q', 9000, bundle(ownedParts, second)), sampleVariant('var_c', 4000, ONCE)],
    })
    expect(priced(twice('leave_out', ['var_a', 'var_b']))).toStrictEqual([9000, 'already_in_cart'])
    // Of 90.00 the part of 60.00 beside 40.00 is left out: 36.00 stay.
    expect(priced(twice('leave_out', ['var_a', 'var_c']))).toStrictEqual([9000, 3600])
    // Nothing was paid for it before, so nothing is credited, and it is not charged a second time.
    const [, credited] = quote(inputsOf(twice('credit_paid', ['var_a', 'var_c']))).lines
    expect(credited).toMatchObject({ total: 3600, leftOut: [{ id: 'a', credit: 0 }] })
    expect(credited?.adjustments.map(({ reason, amount, cause }) => [reason, amount, cause])).toEqual([
      ['List price', 9000, { type: 'price_list', priceList: 'prl_1', minimumQuantity: 1 }],
      [
        'You have it already: Title of var_a (in the cart)',
        -5400,
        { type: 'owned_parts', rule: 'leave_out', parts: ['a'] },
      ],
    ])
  })

  it('credits what was paid for one part, and leaves out another that a bundle of the cart sells', () => {
    const cart: Cart = {
      lines: [
        { id: 'p', variantId: 'var_p' },
        { id: 'q', variantId: 'var_q' },
      ],
      owned: { variants: ['var_d'], paid: { var_d: { amount: 1000, listPrice: 2000 } } },
      more: [
        sampleVariant('var_q', null, {
          bundle: {
            ...bundle('credit_paid', ['var_a', 'var_c', 'var_d']).bundle,
            pricing: { type: 'sum_less_percent', percent: '10' },
          },
        }),
        ...[sampleVariant('var_c', 4000, ONCE), sampleVariant('var_d', 2000, ONCE)],
      ],
    }
    // Of 40.00 and 20.00, less 10 %, 10.00 were paid.
    expect(quote(inputsOf(cart)).lines[1]).toMatchObject({
      total: 4400,
      leftOut: [
        { id: 'a', credit: 0 },
        { id: 'd', credit: 1000 },
      ],
    })
  })
})

describe('what could not be learnt', () => {
  const inVain = { variants: [], unknown: ['var_a'] }
  it.each<[what: string, cart: Cart, unknown: string[]]>([
    ['of what can be had once is unknown', { lines: [{ id: 'a', variantId: 'var_a' }], owned: inVain }, ['ownership']],
    [
      'of what others get is not asked',
      { lines: [{ id: 'a', variantId: 'var_a', forOthers: true }], owned: inVain },
      [],
    ],
    ['of another is not asked', { lines: [{ id: 'b', variantId: 'var_b' }], owned: inVain }, []],
    [
      'of what is sold again and again does not matter',
      { lines: [{ id: 'a', variantId: 'var_a' }], owned: inVain, changes: { var_a: { repeatable: true } } },
      [],
    ],
    ['of a bundle’s part is unknown', { lines: [{ id: 'p', variantId: 'var_p' }], owned: inVain }, ['ownership']],
    [
      'of a bundle’s part is unknown where all is sold, for it can be had once',
      { lines: [{ id: 'p', variantId: 'var_p' }], owned: inVain, changes: { var_p: bundle('sell_all') } },
      ['ownership'],
    ],
    [
      'of a bundle’s part does not matter where all is sold again and again',
      {
        lines: [{ id: 'p', variantId: 'var_p' }],
        owned: inVain,
        changes: { var_p: bundle('sell_all'), var_a: { repeatable: true } },
      },
      [],
    ],
    [
      'of a bundle for others is not asked',
      { lines: [{ id: 'p', variantId: 'var_p', forOthers: true }], owned: inVain },
      [],
    ],
  ])('%s', (_what, cart, unknown) => {
    expect(unknowns(cart)).toStrictEqual(unknown)
    expect(typeof priced(cart)[0]).toBe('number')
  })
})

describe('what is needed before', () => {
  const needs = (policy: 'refuse' | 'hint') => ({ var_b: { prerequisite: { variants: ['var_a', 'var_x'], policy } } })
  const b = { id: 'b', variantId: 'var_b' }
  it.each<[what: string, cart: Cart, lines: (string | number)[]]>([
    ['is owned', { lines: [b], changes: needs('refuse'), owned: { variants: ['var_x'] } }, [4000]],
    ['is missing', { lines: [b], changes: needs('refuse'), owned: {} }, ['prerequisite_missing']],
    [
      'is not asked of somebody else',
      { lines: [{ ...b, forOthers: true }], changes: needs('refuse'), owned: {} },
      [4000],
    ],
    [
      'is in the cart',
      { lines: [b, { id: 'c', variantId: 'var_a' }], changes: needs('refuse'), owned: {} },
      [4000, 6000],
    ],
    [
      'is in the cart as the part of a bundle',
      {
        lines: [
          { id: 'b', variantId: 'var_book' },
          { id: 'p', variantId: 'var_p' },
        ],
        changes: { var_book: { prerequisite: { variants: ['var_a'], policy: 'refuse' } } },
        owned: {},
      },
      [2000, 9000],
    ],
    [
      'is in the cart for somebody else',
      { lines: [b, { id: 'c', variantId: 'var_a', forOthers: true }], changes: needs('refuse'), owned: {} },
      ['prerequisite_missing', 6000],
    ],
    [
      'is in the cart for them, and for others too',
      { lines: [b, { id: 'c', variantId: 'var_a', quantity: 2 }], changes: needs('refuse'), owned: {} },
      [4000, 12_000],
    ],
    ['is only advised', { lines: [b], changes: needs('hint'), owned: {} }, [4000]],
  ])('%s', (_what, cart, lines) => {
    expect(priced(cart)).toStrictEqual(lines)
  })

  it('is told where it is advised and the shopper is known to have none of it', () => {
    const advice = (owned: Cart['owned']) =>
      quote(inputsOf({ lines: [b], changes: needs('hint'), owned })).lines[0]?.prerequisite
    expect(advice({})).toStrictEqual(['var_a', 'var_x'])
    expect(advice({ variants: ['var_a'] })).toBeUndefined()
    expect(advice('unknown')).toBeUndefined()
    expect(advice({ unknown: ['var_x'] })).toBeUndefined()
  })

  it('is unknown where it is asked and could not be learnt', () => {
    expect(unknowns({ lines: [b], changes: needs('refuse'), owned: { unknown: ['var_x'] } })).toStrictEqual([
      'ownership',
    ])
    expect(unknowns({ lines: [b], changes: needs('hint'), owned: { unknown: ['var_x'] } })).toStrictEqual([])
  })
})

describe('inputs that no cart has', () => {
  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('are refused: a quantity of %s', (quantity) => {
    const inputs = inputsOf({ lines: [{ id: 'a', variantId: 'var_a', quantity }] })
    expect(() => quote(inputs)).toThrow(new RangeError(`A quantity is a whole number of at least 1, not ${quantity}.`))
  })

  it('are refused: two lines of one id', () => {
    const inputs = inputsOf({
      lines: [
        { id: 'a', variantId: 'var_book' },
        { id: 'a', variantId: 'var_b' },
      ],
    })
    expect(() => quote(inputs)).toThrow(new RangeError('Each line id stands once in a cart; one is repeated.'))
  })
})
