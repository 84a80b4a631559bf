import { describe, expect, test } from 'vitest'
import type { PricingInputs } from '../pricing/index.ts'
import {
  sampleInputs,
  samplePrice,
  samplePriceList,
  samplePromotion,
  sampleVariant,
  variantsById,
} from '../pricing/sample-inputs.ts'
import { type LineShares, sharesAsSold, type UnitPart } from './part-shares.ts'
import { type RefundRule, reckonRefund } from './reckon-refund.ts'
import { replayLine } from './replay-kept.ts'
import { sampleOrder } from './sample-order.ts'

const one = (quantity: number, changes: Partial<PricingInputs>): PricingInputs =>
  sampleInputs({ lines: [{ id: 'lin_1', variantId: 'var_a', quantity }], ...changes })

const inCurrency = (currency: string) => ({ currency, priceLists: [samplePriceList({ currency })] })

/** Three books at 10.00 less 1.00: the discount is 34, 33 and 33, so the units cost 9.66, 9.67 and 9.67. */
const books = one(3, {
  variants: variantsById(sampleVariant('var_a', 1000)),
  promotions: [samplePromotion({ benefit: { type: 'fixed', amounts: [{ amount: 100, currency: 'EUR' }] } })],
})

/** ¥100 each, every third free: 200 paid for three, 66, 67 and 67. */
const third = one(3, {
  ...inCurrency('JPY'),
  variants: variantsById(sampleVariant('var_a', 100)),
  promotions: [samplePromotion({ benefit: { type: 'buy_x_get_y', buy: 2, get: 1, percent: '100' } })],
})

/** ¥100 each, ¥80 from three on: 240 paid. */
const tiers = one(3, {
  ...inCurrency('JPY'),
  variants: variantsById(
    sampleVariant('var_a', null, { prices: [samplePrice(100), samplePrice(80, { minimumQuantity: 3 })] }),
  ),
})

/**
 * A program at 90.00 of a course at 60.00 with 19 % in it and a book at 40.00 with 7 %: 54.00 (45.38 + 8.62) and 36.00
 * (33.64 + 2.36).
 */
const program = sampleInputs({
  lines: [{ id: 'lin_1', variantId: 'var_p', quantity: 1 }],
  variants: variantsById(
    sampleVariant('var_a', 6000),
    sampleVariant('var_b', 4000, { taxCategory: 'printed' }),
    sampleVariant('var_p', 9000, {
      bundle: {
        parts: [
          { id: 'course', variantId: 'var_a' },
          { id: 'book', variantId: 'var_b' },
        ],
        pricing: { type: 'own_price' },
        ownedParts: 'sell_all',
      },
    }),
  ),
  taxRates: [
    { id: 'all', country: 'DE', category: '*', name: 'VAT', rate: '19' },
    { id: 'print', country: 'DE', category: 'printed', name: 'VAT', rate: '7' },
  ],
})

/** Two programs of one course to choose, at 100.00, 90.00 each from two on: 180.00 paid. */
const chosenProgram = sampleInputs({
  lines: [{ id: 'lin_1', variantId: 'var_p', quantity: 2, parts: ['art'] }],
  variants: variantsById(
    sampleVariant('var_a', 6000),
    sampleVariant('var_b', 4000),
    sampleVariant('var_p', null, {
      prices: [samplePrice(10_000), samplePrice(9000, { minimumQuantity: 2 })],
      bundle: {
        parts: [],
        groups: [
          {
            ...{ id: 'choice', title: 'Choose one', choose: 1 },
            parts: [
              { id: 'art', variantId: 'var_a' },
              { id: 'law', variantId: 'var_b' },
            ],
          },
        ],
        pricing: { type: 'own_price' },
        ownedParts: 'sell_all',
      },
    }),
  ),
})

const two: PricingInputs = {
  ...program,
  lines: [{ id: 'lin_1', variantId: 'var_p', quantity: 2 }],
  taxRates: [],
}

/** A company's 50 places at 200.00, 15 % less from 50 on: 8,500.00. */
const company = one(50, {
  variants: variantsById(
    sampleVariant('var_a', null, { prices: [samplePrice(20000), samplePrice(17000, { minimumQuantity: 50 })] }),
  ),
})

const dinar = one(1, { ...inCurrency('KWD'), variants: variantsById(sampleVariant('var_a', 18600)) })
const free = one(2, {
  variants: variantsById(sampleVariant('var_a', 5000)),
  promotions: [samplePromotion({ benefit: { type: 'percent', percent: '100' } })],
})

const units = (first: number, last = first): UnitPart[] =>
  Array.from({ length: last - first + 1 }, (_, place) => ({ unit: first + place, part: 'all' }))
const part = (name: string): UnitPart[] => [{ unit: 1, part: name }]

function setUp(inputs: PricingInputs) {
  const order = sampleOrder(inputs)
  const [line] = order.lines
  if (line === undefined) throw new Error('The order has no line.')
  return { line, replay: replayLine(order, line, { inputs }) }
}

describe('refunds, reckoned by hand', () => {
  test.each<[string, PricingInputs, RefundRule, UnitPart[][], number[]]>([
    ['each book its own share', books, 'share', [units(1), units(2), units(3)], [966, 967, 967]],
    ['in another order', books, 'share', [units(3), units(1), units(2)], [967, 966, 967]],
    ['the whole at once', books, 'whole_only', [units(1, 3)], [2900]],
    ['the free third is a share', third, 'share', [units(1), units(2), units(3)], [66, 67, 67]],
    ['the free third is what goes first', third, 'reprice', [units(1), units(2), units(3)], [0, 100, 100]],
    ['a tier that is lost', tiers, 'reprice', [units(1), units(2), units(3)], [40, 100, 100]],
    ['a tier under share', tiers, 'share', [units(2), units(1, 1)], [80, 80]],
    ['two at once', tiers, 'reprice', [units(1, 2), units(3)], [140, 100]],
    ['the book of a program', program, 'reprice', [part('book'), part('course')], [3000, 6000]],
    ['the course of a program', program, 'reprice', [part('course'), part('book')], [5000, 4000]],
    ['a chosen program, its tier lost', chosenProgram, 'reprice', [[{ unit: 2, part: 'art' }]], [8000]],
    ['a program by shares', program, 'share', [part('course'), part('book')], [5400, 3600]],
    ['five places by shares', company, 'share', [units(46, 50)], [85000]],
    ['five places, the tier lost', company, 'reprice', [units(46, 50), units(1, 45)], [0, 850000]],
    ['ten places, the tier lost', company, 'reprice', [units(41, 50)], [50000]],
    ['three decimals (F38)', dinar, 'share', [units(1)], [18600]],
    ['nothing paid (F46)', free, 'share', [units(1), units(2)], [0, 0]],
    ['nothing paid, priced again', free, 'reprice', [units(1), units(2)], [0, 0]],
  ])('%s', (_name, inputs, rule, steps, amounts) => {
    const { line, replay } = setUp(inputs)
    let shares = sharesAsSold(line)
    const given = steps.map((chosen) => {
      const answer = reckonRefund({ line, shares, chosen, rule, replay })
      if (answer.outcome === 'refused') throw new Error(answer.reason)
      shares = answer.shares
      return answer.amount.total
    })
    expect(given).toStrictEqual(amounts)
  })

  test('what is held back joins what is kept, with the tax that was paid on it', () => {
    const { line, replay } = setUp(program)
    const answer = reckonRefund({ line, shares: sharesAsSold(line), chosen: part('book'), rule: 'reprice', replay })
    // 30.00 of 33.64 + 2.36: 28.0333 and 1.9667. The 6.00 that stay are 5.61 and 0.39.
    expect(answer).toMatchObject({
      outcome: 'reckoned',
      amount: { net: 2803, tax: 197, total: 3000, taxes: [{ taxRate: 'print', rate: '7', amount: 197 }] },
      shares: { version: 2, kept: [{ unit: 1, part: 'course', net: 5099, tax: 901, total: 6000 }] },
    })
    const kept = answer.outcome === 'reckoned' ? answer.shares.kept[0]?.taxes.map(({ amount }) => amount) : []
    expect(kept).toStrictEqual([862, 39])
  })

  test('what is held back goes to what has become dearer, and no further', () => {
    // Two programs at 90.00 of a course at 60.00 and a book at 40.00: each part was sold for 54.00 and 36.00.
    const { line, replay } = setUp(two)
    const keptAfter = (shares: LineShares, unit: number, part: string) => {
      const answer = reckonRefund({ line, shares, chosen: [{ unit, part }], rule: 'reprice', replay })
      if (answer.outcome === 'refused') throw new Error(answer.reason)
      const kept = answer.shares.kept.map((share) => [`${share.unit}/${share.part}`, share.total])
      return { shares: answer.shares, given: answer.amount.total, kept }
    }
    const first = keptAfter(sharesAsSold(line), 1, 'book')
    expect(first).toMatchObject({
      given: 3000,
      kept: [
        ['1/course', 6000],
        ['2/course', 5400],
        ['2/book', 3600],
      ],
    })
    expect(keptAfter(first.shares, 2, 'book')).toMatchObject({
      given: 3000,
      kept: [
        ['1/course', 6000],
        ['2/course', 6000],
      ],
    })
    expect(keptAfter(first.shares, 2, 'course')).toMatchObject({
      given: 5000,
      kept: [
        ['1/course', 6000],
        ['2/book', 4000],
      ],
    })
  })

  test('what stays as dear as it was keeps its own tax, at its own rate', () => {
    const { line, replay } = setUp({ ...two, taxRates: program.taxRates })
    const sold = sharesAsSold(line)
    const chosen = [{ unit: 1, part: 'book' }]
    const answer = reckonRefund({ line, shares: sold, chosen, rule: 'reprice', replay })
    if (answer.outcome === 'refused') throw new Error(answer.reason)
    // Of the second unit nothing has changed.
    expect(answer.shares.kept.slice(1)).toStrictEqual(sold.kept.slice(2))
  })

  test('the odd cents go to the units that come first, also of more than ten', () => {
    const thirteen = one(13, {
      ...inCurrency('JPY'),
      variants: variantsById(
        sampleVariant('var_a', null, { prices: [samplePrice(100), samplePrice(80, { minimumQuantity: 13 })] }),
      ),
    })
    const { line, replay } = setUp(thirteen)
    const answer = reckonRefund({ line, shares: sharesAsSold(line), chosen: units(1, 12), rule: 'reprice', replay })
    // ¥1,040 were paid, and the unit that stays costs ¥100.
    expect(answer.outcome === 'reckoned' && answer.refunded.map(({ total }) => total)).toStrictEqual([
      ...[79, 79, 79, 79, 78, 78, 78, 78, 78, 78, 78, 78],
    ])
  })

  test('the whole line needs no price of what is kept', () => {
    const { line } = setUp(tiers)
    const shares = sharesAsSold(line)
    const answer = reckonRefund({ line, shares, chosen: units(1, 3), rule: 'reprice', replay: null })
    expect(answer).toMatchObject({ outcome: 'reckoned', amount: { total: 240 }, shares: { version: 1, kept: [] } })
  })

  test('equal loose parts keep what each of them would have cost', () => {
    // 1.00 off: three courses by themselves cost 59.66, 59.67 and 59.67.
    const promotions = [samplePromotion({ benefit: { type: 'fixed', amounts: [{ amount: 100, currency: 'EUR' }] } })]
    const { line, replay } = setUp({ ...two, lines: [{ id: 'lin_1', variantId: 'var_p', quantity: 3 }], promotions })
    const chosen = [1, 2, 3].map((unit) => ({ unit, part: 'book' }))
    const answer = reckonRefund({ line, shares: sharesAsSold(line), chosen, rule: 'reprice', replay })
    expect(answer).toMatchObject({ outcome: 'reckoned', amount: { total: 9000 } })
    expect(answer.outcome === 'reckoned' && answer.shares.kept.map(({ total }) => total)).toStrictEqual([
      ...[5966, 5967, 5967],
    ])
  })

  test.each<[string, UnitPart[], RefundRule, string]>([
    ['no part', [], 'share', 'nothing_chosen'],
    ['a unit that was not bought', units(4), 'share', 'not_kept'],
    ['a part that is not there', part('book'), 'share', 'not_kept'],
    ['the same part twice', [...units(1), ...units(1)], 'reprice', 'not_kept'],
    ['some of a line that is refunded whole', units(1, 2), 'whole_only', 'only_the_whole_line'],
    ['a line that cannot be priced again', units(1), 'reprice', 'not_replayable'],
  ])('%s is refused', (_name, chosen, rule, reason) => {
    const { line } = setUp(books)
    const answer = reckonRefund({ line, shares: sharesAsSold(line), chosen, rule, replay: null })
    expect(answer).toStrictEqual({ outcome: 'refused', reason })
  })

  test('a second click finds nothing', () => {
    const { line, replay } = setUp(books)
    const first = reckonRefund({ line, shares: sharesAsSold(line), chosen: units(1), rule: 'share', replay })
    if (first.outcome === 'refused') throw new Error(first.reason)
    const again = reckonRefund({ line, shares: first.shares, chosen: units(1), rule: 'share', replay })
    expect(again).toStrictEqual({ outcome: 'refused', reason: 'not_kept' })
  })
})
