import { describe, expect, test } from 'vitest'
import type { Bundle } from '../catalog/index.ts'
import type { OwnedThings } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricedVariant, PricingInputs } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const part = (name: string) => ({ id: name, variantId: `var_${name}` })

/** Three courses at 100.00, 60.00 and 40.00, and the program of them; 50.00 for each of two electives. */
function program(bundle: Partial<Bundle>, own: Partial<PricedVariant> = {}): PricingInputs['variants'] {
  return variantsById(
    ...[sampleVariant('var_a', 10_000), sampleVariant('var_b', 6000), sampleVariant('var_c', 4000)],
    ...[sampleVariant('var_d', 5000), sampleVariant('var_e', 5000)],
    sampleVariant('var_p', 15_000, {
      bundle: {
        ...{ parts: [part('a'), part('b'), part('c')], pricing: { type: 'own_price' }, ownedParts: 'leave_out' },
        ...bundle,
      },
      ...own,
    }),
  )
}

interface Case {
  bundle: Partial<Bundle>
  owned?: Partial<OwnedThings>
  quantity?: number
  parts?: readonly string[]
}

function priced({ bundle, owned, quantity = 1, parts }: Case): Quote {
  const inputs = sampleInputs({
    variants: program(bundle),
    lines: [{ id: 'l', variantId: 'var_p', quantity, parts }],
  })
  const things = { products: [], variants: [], ...owned }
  return quote({ ...inputs, shopper: { ...inputs.shopper, owned: things } })
}

const ownsA = { variants: ['var_a'], paid: { var_a: { amount: 8000, listPrice: 10_000 } } }
const twentyPercent = { pricing: { type: 'sum_less_percent', percent: '20' } } as const
const lessFifty = { pricing: { type: 'sum_less_amount', amounts: [{ amount: 5000, currency: 'EUR' }] } } as const

describe('what a program costs, and each of its parts', () => {
  test.each<[string, Case, number, Record<string, number>]>([
    ['an own price is split as the parts cost', { bundle: {} }, 15_000, { a: 7500, b: 4500, c: 3000 }],
    ['left out of an own price in proportion', { bundle: {}, owned: ownsA }, 7500, { b: 4500, c: 3000 }],
    [
      'an own price less the money paid',
      { bundle: { ownedParts: 'credit_paid' }, owned: ownsA },
      7000,
      { b: 4200, c: 2800 },
    ],
    ['sold once more', { bundle: { ownedParts: 'sell_all' }, owned: ownsA }, 15_000, { a: 7500, b: 4500, c: 3000 }],
    ['the sum less 20 %', { bundle: twentyPercent }, 16_000, { a: 8000, b: 4800, c: 3200 }],
    ['the sum of what is left less 20 %', { bundle: twentyPercent, owned: ownsA }, 8000, { b: 4800, c: 3200 }],
    [
      'the sum of all less 20 % less the money paid',
      { bundle: { ...twentyPercent, ownedParts: 'credit_paid' }, owned: ownsA },
      8000,
      { b: 4800, c: 3200 },
    ],
    ['the sum less 50.00', { bundle: lessFifty }, 15_000, { a: 7500, b: 4500, c: 3000 }],
    ['the sum of what is left less 50.00', { bundle: lessFifty, owned: ownsA }, 5000, { b: 3000, c: 2000 }],
    ['no more off than there is', { bundle: lessFifty, owned: { variants: ['var_a', 'var_b'] } }, 0, { c: 0 }],
    [
      'who buys two buys for others too: nothing is left out',
      { bundle: twentyPercent, owned: ownsA, quantity: 2 },
      32_000,
      { a: 16_000, b: 9600, c: 6400 },
    ],
    [
      'one of two electives',
      {
        bundle: {
          ...twentyPercent,
          parts: [part('a')],
          groups: [{ id: 'g', choose: 1, parts: [part('d'), part('e')] }],
        },
        parts: ['e'],
      },
      12_000,
      { a: 8000, e: 4000 },
    ],
  ])('%s', (_name, given, total, parts) => {
    const { lines, ...sums } = priced(given)
    expect(sums).toMatchObject({ total, provisional: false })
    expect(sums).not.toHaveProperty('unknowns')
    expect(Object.fromEntries(lines[0]?.parts.map(({ id, total: share }) => [id, share]) ?? [])).toEqual(parts)
    expect(lines[0]?.adjustments.reduce((sum, { amount }) => sum + amount, 0)).toBe(total)
  })

  test('says what is left out and what is credited for it', () => {
    const { lines } = priced({ bundle: { ownedParts: 'credit_paid' }, owned: ownsA })
    expect(lines[0]?.leftOut).toEqual([{ id: 'a', variantId: 'var_a', title: 'Title of var_a', credit: 8000 }])
    expect(lines[0]?.adjustments.map(({ step, amount }) => [step, amount])).toEqual([
      ['price', 15_000],
      ['bundle', -8000],
    ])
  })

  test('a part of which it could not be learnt is sold, and the quote says so', () => {
    const { total, unknowns } = priced({ bundle: twentyPercent, owned: { unknown: ['var_a'] } })
    expect({ total, unknowns }).toEqual({ total: 16_000, unknowns: ['ownership'] })
  })

  test('money of which nobody knows how much it was gives no credit, and the quote says so', () => {
    const { total, unknowns } = priced({ bundle: { ownedParts: 'credit_paid' }, owned: { variants: ['var_a'] } })
    expect({ total, unknowns }).toEqual({ total: 15_000, unknowns: ['ownership'] })
  })

  test('somebody not signed in sees the whole price as an estimate', () => {
    const inputs = sampleInputs({
      variants: program(twentyPercent),
      lines: [{ id: 'l', variantId: 'var_p', quantity: 1 }],
      shopper: { customerId: null, groups: [], firstOrder: 'unknown' },
    })
    expect(quote(inputs)).toMatchObject({ total: 16_000, provisional: true })
  })

  test.each<[string, Case, string]>([
    [
      'nothing is left to sell',
      { bundle: twentyPercent, owned: { variants: ['var_a', 'var_b', 'var_c'] } },
      'already_owned',
    ],
    ['too few are chosen', { bundle: { groups: [{ id: 'g', choose: 1, parts: [part('d')] }] } }, 'parts_not_chosen'],
    ['a stranger is chosen', { bundle: {}, parts: ['z'] }, 'parts_not_chosen'],
    [
      'its amount has no entry in the currency',
      { bundle: { pricing: { type: 'sum_less_amount', amounts: [{ amount: 5, currency: 'USD' }] } } },
      'no_price',
    ],
  ])('is not sold where %s', (_name, given, refusal) => {
    expect(priced(given).lines[0]).toMatchObject({ refusal, total: 0 })
  })
})

describe('what an upgrade costs who owns the lesser mode', () => {
  const paid = { var_v: { amount: 8000, listPrice: 10_000 } }
  const cost = (
    credit: 'money_paid' | 'list_price_then' | 'list_price_now',
    owned: Partial<OwnedThings>,
    quantity = 1,
  ) => {
    const inputs = sampleInputs({
      variants: variantsById(
        ...[sampleVariant('var_v', 11_000), sampleVariant('var_u', 0)],
        sampleVariant('var_x', 30_000, { upgrade: { from: ['var_v', 'var_u'], credit } }),
      ),
      lines: [{ id: 'l', variantId: 'var_x', quantity }],
    })
    return quote({ ...inputs, shopper: { ...inputs.shopper, owned: { products: [], variants: [], ...owned } } })
  }
  test.each([
    ['the money paid', 'money_paid', 22_000],
    ['the list price then', 'list_price_then', 20_000],
    ['the list price now', 'list_price_now', 19_000],
  ] as const)('less %s', (_name, credit, total) => {
    const { lines, total: asked } = cost(credit, { variants: ['var_v'], paid })
    expect(asked).toBe(total)
    expect(lines[0]?.adjustments.map(({ step, amount }) => [step, amount])).toEqual([
      ['price', 30_000],
      ['upgrade', total - 30_000],
    ])
  })
  test('a free mode credits nothing, of several the greatest counts, and never more than the price', () => {
    expect(cost('list_price_now', { variants: ['var_u'] }).total).toBe(30_000)
    expect(cost('list_price_now', { variants: ['var_u', 'var_v'] }).total).toBe(19_000)
    const much = { var_v: { amount: 90_000, listPrice: 90_000 } }
    expect(cost('money_paid', { variants: ['var_v'], paid: much }).total).toBe(0)
  })
  test('what is not owned any more credits nothing, nor what is bought for others too', () => {
    expect(cost('money_paid', { variants: [], paid }).total).toBe(30_000)
    expect(cost('money_paid', { variants: ['var_v'], paid }, 2).total).toBe(60_000)
  })
  test('it is sold in full, and marked, where nobody knows', () => {
    expect(cost('money_paid', { unknown: ['var_v'] })).toMatchObject({ total: 30_000, unknowns: ['ownership'] })
  })
})

describe('a prerequisite', () => {
  const ask = (policy: 'hint' | 'refuse', owned: Partial<OwnedThings>) => {
    const inputs = sampleInputs({
      variants: variantsById(sampleVariant('var_x', 1000, { prerequisite: { variants: ['var_a'], policy } })),
      lines: [{ id: 'l', variantId: 'var_x', quantity: 1 }],
    })
    return quote({ ...inputs, shopper: { ...inputs.shopper, owned: { products: [], variants: [], ...owned } } })
      .lines[0]
  }
  test('is a hint or refuses, as it says, and neither where it is owned', () => {
    expect(ask('hint', {})).toMatchObject({ refusal: null, prerequisite: ['var_a'] })
    expect(ask('refuse', {})).toMatchObject({ refusal: 'prerequisite_missing' })
    for (const policy of ['hint', 'refuse'] as const) {
      const line = ask(policy, { variants: ['var_a'] })
      expect(line?.refusal).toBeNull()
      expect(line).not.toHaveProperty('prerequisite')
    }
  })
})

describe('the steps of a program’s price', () => {
  const stepsOf = (of: Case) =>
    priced(of).lines[0]?.adjustments.map(({ step, amount, cause, reason }) => ({ step, amount, cause, reason }))
  const own = (rule: string, parts: string[]) => ({ type: 'owned_parts', rule, parts })

  test('of an own price: the list price, and what is owned by name', () => {
    expect(stepsOf({ bundle: {}, owned: { variants: ['var_a', 'var_c'] } })?.slice(1)).toStrictEqual([
      {
        ...{ step: 'bundle', amount: -10_500, cause: own('leave_out', ['a', 'c']) },
        reason: 'You have it already: Title of var_a, Title of var_c',
      },
    ])
    expect(stepsOf({ bundle: {} })).toHaveLength(1)
  })

  test('of a sum: each part’s price, what is owned and the rule', () => {
    const steps = stepsOf({ bundle: twentyPercent, owned: ownsA })
    expect(steps?.map(({ step, amount }) => [step, amount])).toStrictEqual([
      ['price', 6000],
      ['price', 4000],
      ['bundle', 0],
      ['bundle', -2000],
    ])
    expect(steps?.slice(2)).toMatchObject([
      { cause: own('leave_out', ['a']), reason: 'You have it already: Title of var_a' },
      { cause: { type: 'bundle', rule: 'sum_less_percent' }, reason: 'Bundle: 20 % off its parts' },
    ])
    expect(stepsOf({ bundle: twentyPercent })?.map(({ step }) => step)).toStrictEqual([
      ...['price', 'price', 'price', 'bundle'],
    ])
    expect(stepsOf({ bundle: lessFifty })?.at(-1)).toStrictEqual({
      ...{ step: 'bundle', amount: -5000, cause: { type: 'bundle', rule: 'sum_less_amount' }, reason: 'Bundle' },
    })
  })

  test('of a credit: what was paid for which parts', () => {
    expect(stepsOf({ bundle: { ownedParts: 'credit_paid' }, owned: ownsA })?.slice(1)).toStrictEqual([
      {
        ...{ step: 'bundle', amount: -8000, cause: own('credit_paid', ['a']) },
        reason: 'Credit for what you paid: Title of var_a',
      },
    ])
    expect(stepsOf({ bundle: { ownedParts: 'credit_paid' } })).toHaveLength(1)
  })

  test('of a credit of nothing: no amount below zero, and none that JSON would not keep', () => {
    const owned = { variants: ['var_a'], paid: { var_a: { amount: 0, listPrice: 0 } } }
    const credit = stepsOf({ bundle: { ownedParts: 'credit_paid' }, owned })?.at(-1)
    expect(Object.is(credit?.amount, 0)).toBe(true)
  })

  test('credits are used up in the program’s order, the price at most', () => {
    const paid = (amount: number) => ({ amount, listPrice: amount })
    const [line] = priced({
      bundle: { ownedParts: 'credit_paid' },
      owned: { variants: ['var_a', 'var_b'], paid: { var_a: paid(12_000), var_b: paid(6000) } },
    }).lines
    expect(line?.leftOut?.map(({ id, credit }) => [id, credit])).toStrictEqual([
      ['a', 12_000],
      ['b', 3000],
    ])
    expect(line?.total).toBe(0)
  })

  test('a credit whose money could not be learnt for one of two parts is unsure', () => {
    const owned = { variants: ['var_a', 'var_b'], paid: { var_a: { amount: 8000, listPrice: 8000 } } }
    const answer = priced({ bundle: { ownedParts: 'credit_paid' }, owned })
    expect(answer.unknowns).toStrictEqual(['ownership'])
    expect(answer.lines[0]?.total).toBe(7000)
  })
})
