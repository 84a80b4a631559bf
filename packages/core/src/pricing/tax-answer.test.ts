import { describe, expect, it } from 'vitest'
import type { CalculatedTax, TaxAnswer } from '../ports/index.ts'
import { quote } from './price-cart.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'
import { readTaxAnswer, taxRequest } from './tax-answer.ts'

const sample = sampleInputs()
const PARTS = [
  { id: 'p', variantId: 'var_b' },
  { id: 'q', variantId: 'var_c' },
]

/** Two books at 10.00, and a program of two courses at 6.00 and 3.00, from a site with exclusive prices. */
const cart = (changes: Partial<PricingInputs> = {}): PricingInputs =>
  sampleInputs({
    site: { ...sample.site, priceBasis: 'exclusive' },
    place: { country: 'US', region: 'NY', basis: 'declared' },
    currency: 'EUR',
    lines: [
      { id: 'a', variantId: 'var_a', quantity: 2 },
      { id: 'b', variantId: 'var_p', quantity: 1 },
    ],
    variants: variantsById(
      sampleVariant('var_a', 1000, { taxCategory: 'book' }),
      sampleVariant('var_b', 600, { taxCategory: 'live' }),
      sampleVariant('var_c', 300),
      sampleVariant('var_p', null, {
        bundle: { parts: PARTS, pricing: { type: 'sum_less_percent', percent: '0' }, ownedParts: 'sell_all' },
      }),
    ),
    ...changes,
  })

const asked = (inputs: PricingInputs) => {
  const priced = quote(inputs)
  const request = taxRequest(priced, inputs, 'DE')
  if (request === null) throw new Error('There is nothing to ask.')
  return { quote: priced, request }
}

describe('a calculator is asked', () => {
  it('for each part of each line, after discounts, where and when it is sold, and by whom', () => {
    const inputs = cart({ promotions: [samplePromotion({ benefit: { type: 'percent', percent: '10' } })] })
    expect(taxRequest(quote(inputs), inputs, 'DE')).toEqual({
      ...{ currency: 'EUR', priceBasis: 'exclusive', at: '2026-06-15T12:00:00.000Z', site: 'main', home: 'DE' },
      ...{ place: { country: 'US', region: 'NY', basis: 'declared' }, exemption: null },
      items: [
        { id: '0', category: 'book', quantity: 2, amount: 1800 },
        { id: '1', category: 'live', quantity: 1, amount: 540 },
        { id: '2', category: 'recorded', quantity: 1, amount: 270 },
      ],
    })
  })

  it('with what the shopper is exempt from', () => {
    const taxExemption = { reason: 'education' as const, jurisdictions: ['US-NY'] }
    expect(asked(cart({ taxExemption })).request.exemption).toEqual(taxExemption)
  })

  it('also where a part of the cart costs nothing, but nothing where all of it does, or where there is nothing', () => {
    const first = { conditions: [{ type: 'variants' as const, variants: ['var_a'] }] }
    const free = (conditions = {}) => {
      const inputs = cart({
        promotions: [samplePromotion({ benefit: { type: 'percent', percent: '100' }, ...conditions })],
      })
      return taxRequest(quote(inputs), inputs, 'DE')
    }
    expect(free(first)?.items.map(({ amount }) => amount)).toEqual([0, 600, 300])
    expect(free()).toBeNull()
    expect(taxRequest(quote(cart({ lines: [] })), cart({ lines: [] }), 'DE')).toBeNull()
  })
})

const tax = (amount: number, changes: Partial<CalculatedTax> = {}): CalculatedTax => ({
  ...{ name: 'Sales tax', rate: '8.875', jurisdiction: 'US-NY', amount },
  ...changes,
})
const said = (...items: readonly (readonly [id: string, ...taxes: CalculatedTax[]])[]): TaxAnswer => ({
  ...{ type: 'calculated', reference: 'ref_1' },
  items: items.map(([id, ...taxes]) => ({ id, taxes })),
})
const read = (answer: TaxAnswer, inputs = cart()) => readTaxAnswer('counter', answer, asked(inputs))

describe('its answer', () => {
  it('is an input of the quote by line and part, with the amounts that it holds for, whatever its order', () => {
    expect(read(said(['2', tax(27)], ['0', tax(178), tax(2, { name: 'City' })], ['1']))).toEqual({
      ...{ type: 'calculated', calculator: 'counter', reference: 'ref_1' },
      items: [
        { line: 'a', part: 'all', amount: 2000, taxes: [tax(178), tax(2, { name: 'City' })] },
        { line: 'b', part: 'p', amount: 600, taxes: [] },
        { line: 'b', part: 'q', amount: 300, taxes: [tax(27)] },
      ],
    })
  })

  it('keeps nothing that a calculator adds of its own', () => {
    const more = { ...tax(1), note: 'for ever' }
    const answer = read(said(['0', more], ['1'], ['2']))
    expect(answer).toMatchObject({ items: [{ taxes: [tax(1)] }, {}, {}] })
    expect(JSON.stringify(answer)).not.toContain('for ever')
  })

  it('leaves it to the tables where they hold', () => {
    expect(read({ type: 'by_table' })).toBeNull()
  })

  it('may be that it is not known', () => {
    expect(read({ type: 'unknown', reason: 'no answer in time' })).toEqual({ type: 'unknown', calculator: 'counter' })
  })
})

describe('an answer that no calculator may give', () => {
  const UNKNOWN = { type: 'unknown', calculator: 'counter' }
  it.each<[what: string, answer: TaxAnswer]>([
    ['of too few items', said(['0'], ['1'])],
    ['of too many', said(['0'], ['1'], ['2'], ['3'])],
    ['of one item twice', said(['0'], ['1'], ['1'])],
    ['of one item twice besides all others', said(['0'], ['1'], ['2'], ['2'])],
    ['of an item that was not asked for', said(['0'], ['1'], ['9'])],
    ['with one tax that is none, beside one that is', said(['0', tax(1), tax(-1)], ['1'], ['2'])],
    ['with a tax that is none in the last item alone', said(['0', tax(1)], ['1'], ['2', tax(0.5)])],
  ])('%s counts as unknown', (_what, answer) => {
    expect(read(answer)).toEqual(UNKNOWN)
  })

  it.each<[sound: boolean, what: string, changes: Partial<CalculatedTax>]>([
    [true, 'of one letter', { name: 'T' }],
    [true, 'with a name of 100 letters', { name: 'T'.repeat(100) }],
    [false, 'without a name', { name: '' }],
    [false, 'with a name of 101 letters', { name: 'T'.repeat(101) }],
    [true, 'of nothing', { amount: 0 }],
    [false, 'less than nothing', { amount: -1 }],
    [false, 'of a part of a minor unit', { amount: 1.5 }],
    [false, 'of no number', { amount: Number.NaN }],
    [false, 'beyond the safe integers', { amount: 2 ** 53 }],
    [true, 'of a whole country', { jurisdiction: 'US' }],
    [true, 'of a region of three letters or digits', { jurisdiction: 'GB-E12' }],
    [false, 'of a region of four', { jurisdiction: 'US-NYCX' }],
    [false, 'of no region behind a hyphen', { jurisdiction: 'US-' }],
    [false, 'of a place in small letters', { jurisdiction: 'us' }],
    [false, 'of a place behind something else', { jurisdiction: 'in US' }],
    [false, 'at a rate that is none', { rate: 'much' }],
  ])('%j for a tax %s', (sound, _what, changes) => {
    const answer = read(said(['0', tax(1, changes)], ['1'], ['2']))
    expect(answer?.type).toBe(sound ? 'calculated' : 'unknown')
  })
})

describe('taxes are sound', () => {
  const inclusive = { site: { ...sample.site, priceBasis: 'inclusive' as const } }
  const free = {
    promotions: [
      samplePromotion({
        benefit: { type: 'percent', percent: '100' },
        conditions: [{ type: 'variants', variants: ['var_a'] }],
      }),
    ],
  }
  it.each<[sound: boolean, what: string, changes: Partial<PricingInputs>, amounts: readonly number[]]>([
    [true, 'up to the whole of a price that contains them', inclusive, [1999, 1]],
    [false, 'but no more than it', inclusive, [1999, 2]],
    [true, 'beyond the price where they are added', {}, [1999, 2]],
    [true, 'of nothing, where nothing is due', free, [0]],
    [false, 'of nothing, but no more than nothing', free, [1]],
    [false, 'of nothing, also where prices contain them', { ...inclusive, ...free }, [1]],
    [true, 'of nothing, where prices contain none', { ...inclusive, ...free }, [0]],
  ])('%j %s', (sound, _what, changes, amounts) => {
    const answer = read(said(['0', ...amounts.map((amount) => tax(amount))], ['1'], ['2']), cart(changes))
    expect(answer?.type).toBe(sound ? 'calculated' : 'unknown')
  })
})
