import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quote } from './price-cart.ts'
import type { PricedPromotion, PricingInputs, TestPrice } from './pricing-inputs.ts'
import { sampleInputs, samplePrice, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const test = (amount: number, promotions: TestPrice['promotions'], currency = 'EUR'): TestPrice => ({
  ...{ variantId: 'var_a', experiment: 'summer', promotions },
  price: { amount, currency },
})

const cart = (assignments: readonly TestPrice[], promotions: readonly PricedPromotion[] = []): PricingInputs =>
  sampleInputs({
    variants: variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', 500)),
    lines: [
      { id: 'a', variantId: 'var_a', quantity: 2 },
      { id: 'b', variantId: 'var_b', quantity: 1 },
    ],
    ...{ assignments, promotions },
  })

const totals = (inputs: PricingInputs) => quote(inputs).lines.map(({ total }) => total)
const off = (percent: string) => [samplePromotion({ benefit: { type: 'percent', percent } })]

describe('a test price', () => {
  it('stands in the place of the list price, and both are told', () => {
    const [line] = quote(cart([test(900, 'stack')])).lines
    expect(line).toMatchObject({ unitPrice: 900, base: 1800, total: 1800 })
    expect(line?.adjustments).toMatchObject([
      { step: 'price', amount: 2000, cause: { type: 'price_list' } },
      { step: 'test_price', amount: -200, cause: { type: 'assignment', experiment: 'summer' } },
    ])
  })

  it('may be higher', () => {
    expect(totals(cart([test(1100, 'stack')]))).toEqual([2200, 500])
  })

  it.each([
    // 20 % off 20.00 are 16.00; off 18.00 14.40.
    [900, 'stack', '20', [1440, 400]],
    [900, 'better_of', '20', [1600, 400]],
    [700, 'better_of', '20', [1400, 400]],
    [800, 'better_of', '20', [1600, 400]],
    [700, 'promotion_wins', '20', [1600, 400]],
  ] as const)('of %i, %s, with %s %% off: %j', (amount, promotions, percent, expected) => {
    expect(totals(cart([test(amount, promotions)], off(percent)))).toEqual(expected)
  })

  it('that a promotion wins over counts where none takes something', () => {
    const forOthers = [samplePromotion({ conditions: [{ type: 'variants', variants: ['var_b'] }] })]
    expect(totals(cart([test(700, 'promotion_wins')], forOthers))).toEqual([1400, 400])
  })

  it('that a promotion wins over does not count where one of its lines got something', () => {
    const oneOfTwo = [samplePromotion({ benefit: { type: 'buy_x_get_y', buy: 1, get: 1, percent: '100' } })]
    const inputs = cart([test(700, 'promotion_wins')], oneOfTwo)
    const lines = ['a', 'b'].map((id) => ({ id, variantId: 'var_a', quantity: 1 }))
    const { total, lines: sold } = quote({ ...inputs, lines })
    expect(sold.flatMap(({ adjustments }) => adjustments.map(({ step }) => step))).not.toContain('test_price')
    expect(total).toBe(1000)
  })

  it('that is no better than the list price with its promotions does not count', () => {
    const [line] = quote(cart([test(800, 'better_of')], off('20'))).lines
    expect(line?.adjustments).toMatchObject([
      { step: 'price', amount: 2000, cause: { type: 'price_list' } },
      { step: 'cart_promotion', amount: -400 },
    ])
  })

  it('of what is in no line is no matter of the cart', () => {
    const elsewhere = { ...test(1, 'stack'), variantId: 'var_elsewhere' }
    expect(quote(cart([elsewhere]))).toEqual(quote(cart([])))
  })

  it('does not count in another currency, nor where there is no list price', () => {
    expect(totals(cart([test(1, 'stack', 'USD')]))).toEqual([2000, 500])
    const inputs = cart([test(1, 'stack')])
    const unpriced = { ...inputs, variants: variantsById(sampleVariant('var_a', null), sampleVariant('var_b', 500)) }
    expect(quote(unpriced).lines[0]?.refusal).toBe('no_price')
  })

  it('holds at every tier', () => {
    const tiers = sampleVariant('var_a', null, {
      prices: [samplePrice(1000), samplePrice(600, { minimumQuantity: 2 })],
    })
    const inputs = cart([test(900, 'stack')])
    expect(totals({ ...inputs, variants: variantsById(tiers, sampleVariant('var_b', 500)) })).toEqual([1800, 500])
  })

  it('is, of two for one variant, that of the smaller experiment, whatever their order', () => {
    const two = [test(900, 'stack'), { ...test(100, 'stack'), experiment: 'winter' }]
    expect(totals(cart(two))).toEqual([1800, 500])
    expect(totals(cart([...two].reverse()))).toEqual([1800, 500])
  })

  it('sums, is never negative, and is never dearer than the list price with promotions where the better counts', () => {
    const inputs = fc.record({ amount: fc.nat(2000), percent: fc.integer({ min: 1, max: 100 }) })
    fc.assert(
      fc.property(inputs, ({ amount, percent }) => {
        const promotions = off(String(percent))
        const answer = quote(cart([test(amount, 'better_of')], promotions))
        const byList = quote(cart([], promotions))
        expect(answer.lines[0]?.total).toBe(Math.min(byList.lines[0]?.total ?? 0, amount * 2))
        for (const { adjustments, total } of answer.lines) {
          expect(total).toBeGreaterThanOrEqual(0)
          expect(adjustments.reduce((sum, step) => sum + step.amount, 0)).toBe(total)
        }
      }),
    )
  })
})
