import { describe, expect, it } from 'vitest'
import { quote } from './price-cart.ts'
import type { LineRefusal, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePrice, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const cart = (...lines: [id: string, variantId: string, quantity: number][]) =>
  lines.map(([id, variantId, quantity]) => ({ id, variantId, quantity }))

const refusals = (inputs: PricingInputs) => quote(inputs).lines.map(({ id, refusal }) => [id, refusal])

const bundleOf = (...variantIds: string[]) => ({
  bundle: {
    parts: variantIds.map((variantId, place) => ({ id: `part${place}`, variantId })),
    pricing: { type: 'own_price' as const },
    ownedParts: 'sell_all' as const,
  },
})

describe('a line that cannot be sold', () => {
  it.each(['constructor', 'toString', '__proto__'])('names %s, which every object has and no catalog', (name) => {
    const inputs = sampleInputs({
      lines: cart(['a', name, 1], ['b', 'var_b', 1]),
      variants: variantsById(sampleVariant('var_b', 300)),
    })
    expect(refusals(inputs)).toEqual([
      ['a', 'not_published'],
      ['b', null],
    ])
    expect(quote(inputs).total).toBe(300)
  })

  it.each<[what: string, variant: PricedVariant, refusal: LineRefusal]>([
    ['has no price', sampleVariant('var_a', null), 'no_price'],
    ['is archived', sampleVariant('var_a', 500, { refusal: 'archived' }), 'archived'],
    ['is not on sale yet', sampleVariant('var_a', 500, { refusal: 'not_yet_on_sale' }), 'not_yet_on_sale'],
    ['asks for more than a line may hold', sampleVariant('var_a', 500, { maximumQuantity: 1 }), 'quantity_above_limit'],
    ['asks for more places than are left', sampleVariant('var_a', 500, { capacity: 9, placesLeft: 1 }), 'sold_out'],
    ['is not known', sampleVariant('var_other', 500), 'not_published'],
  ])('%s: it costs nothing, says why and gets no promotion', (_, variant, refusal) => {
    const answer = quote(
      sampleInputs({
        lines: cart(['a', 'var_a', 2], ['b', 'var_b', 1]),
        variants: variantsById(variant, sampleVariant('var_b', 300)),
        promotions: [samplePromotion({ benefit: { type: 'fixed', amounts: [{ amount: 100, currency: 'EUR' }] } })],
      }),
    )
    const nothing = { unitPrice: 0, base: 0, discount: 0, net: 0, tax: 0, total: 0, adjustments: [], parts: [] }
    expect(answer.lines[0]).toMatchObject({ id: 'a', variantId: 'var_a', quantity: 2, refusal, ...nothing })
    expect(answer.lines[1]).toMatchObject({ id: 'b', discount: 100, refusal: null })
    expect(answer.total).toBe(200)
    expect(answer.uses).toStrictEqual([])
  })

  it('may be held up to its maximum', () => {
    const variants = variantsById(sampleVariant('var_a', 500, { maximumQuantity: 2 }))
    expect(refusals(sampleInputs({ lines: cart(['a', 'var_a', 2]), variants }))).toStrictEqual([['a', null]])
    expect(refusals(sampleInputs({ lines: cart(['a', 'var_a', 3]), variants }))).toStrictEqual([
      ['a', 'quantity_above_limit'],
    ])
  })
})

describe('places', () => {
  const variants = variantsById(sampleVariant('var_a', 500, { capacity: 9, placesLeft: 5 }))

  it('go to the smaller line ids, whole lines only, and leave room for a smaller one', () => {
    const lines = cart(['d', 'var_a', 2], ['c', 'var_a', 4], ['b', 'var_a', 3])
    expect(refusals(sampleInputs({ lines, variants }))).toStrictEqual([
      ['d', null],
      ['c', 'sold_out'],
      ['b', null],
    ])
  })

  it('are counted for the lines that are sold, by variant, and over parts of bundles too', () => {
    const limited = { capacity: 100, placesLeft: 6 }
    const inputs = sampleInputs({
      lines: cart(['a', 'var_a', 1], ['b', 'var_p', 2], ['c', 'var_p', 1]),
      variants: variantsById(
        sampleVariant('var_a', 500, limited),
        sampleVariant('var_p', 900, { ...bundleOf('var_a', 'var_b', 'var_a'), capacity: 3, placesLeft: 3 }),
        sampleVariant('var_b', 500),
      ),
    })
    // Two programs of two places each and one alone are 5; a third program would make 7.
    expect(refusals(inputs)).toStrictEqual([
      ['a', null],
      ['b', null],
      ['c', 'sold_out'],
    ])
    expect(quote(inputs).uses).toStrictEqual([
      { counter: 'capacity:var_a', n: 5, limit: 100 },
      { counter: 'capacity:var_p', n: 2, limit: 3 },
    ])
  })
})

describe('a bundle', () => {
  it.each<[part: LineRefusal | null | 'unknown', refusal: LineRefusal | null]>([
    [null, null],
    ['not_published', null],
    ['no_price', null],
    ['quantity_above_limit', null],
    ['sold_out', 'sold_out'],
    ['archived', 'part_not_available'],
    ['no_longer_on_sale', 'part_not_available'],
    ['not_yet_on_sale', 'part_not_available'],
    ['unknown', 'part_not_available'],
  ])('with a part that is %s is answered %s', (part, refusal) => {
    const parts = part === 'unknown' ? [] : [sampleVariant('var_x', 100, { refusal: part })]
    const variants = variantsById(sampleVariant('var_p', 900, bundleOf('var_x')), ...parts)
    expect(refusals(sampleInputs({ lines: cart(['a', 'var_p', 1]), variants }))).toStrictEqual([['a', refusal]])
  })

  it.each<[refusal: LineRefusal | null, partRefusal: LineRefusal | null, answer: LineRefusal | null]>([
    ['not_published', null, null],
    ['not_yet_on_sale', null, null],
    ['no_longer_on_sale', null, null],
    ['not_published', 'not_yet_on_sale', 'part_not_available'],
    ['not_published', 'no_longer_on_sale', 'part_not_available'],
  ])('with a part that is %s by itself and %s as a part is answered %s', (refusal, partRefusal, answer) => {
    const part = sampleVariant('var_x', 100, { refusal, partRefusal })
    const variants = variantsById(sampleVariant('var_p', 900, bundleOf('var_x')), part)
    const lines = cart(['a', 'var_p', 1], ['b', 'var_x', 1])
    expect(refusals(sampleInputs({ lines, variants }))).toStrictEqual([
      ['a', answer],
      ['b', refusal],
    ])
  })

  it('has the same base for each unit of a part, so that units need no rounding', () => {
    const variants = variantsById(
      sampleVariant('var_p', 1000, bundleOf('var_x', 'var_y', 'var_z')),
      ...['var_x', 'var_y', 'var_z'].map((id) => sampleVariant(id, 700)),
    )
    const [line] = quote(sampleInputs({ lines: cart(['a', 'var_p', 7]), variants })).lines
    expect(line?.parts.map(({ id, base }) => [id, base])).toStrictEqual([
      ['part0', 7 * 334],
      ['part1', 7 * 333],
      ['part2', 7 * 333],
    ])
  })

  it('weighs its parts by their prices at the quantity of the line', () => {
    const tiers = { prices: [samplePrice(300), samplePrice(100, { minimumQuantity: 10 })] }
    const variants = variantsById(
      sampleVariant('var_p', 400, bundleOf('var_x', 'var_y')),
      sampleVariant('var_x', 0, tiers),
      sampleVariant('var_y', 100),
    )
    const basesFor = (quantity: number) =>
      quote(sampleInputs({ lines: cart(['a', 'var_p', quantity]), variants })).lines[0]?.parts.map(({ base }) => base)
    expect(basesFor(1)).toStrictEqual([300, 100])
    expect(basesFor(10)).toStrictEqual([2000, 2000])
  })
})
