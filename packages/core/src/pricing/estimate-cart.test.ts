import { describe, expect, it } from 'vitest'
import { type BenefitRule, builtInRules, promotionRules } from '../promotion/index.ts'
import { createEstimateCart, type ShownCart } from './estimate-cart.ts'
import type { PageInputs } from './page-inputs.ts'
import { quote } from './price-cart.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'
import { shopperInputs } from './shopper-inputs.ts'

const estimateCart = createEstimateCart()

const line = (id: string, variantId: string, quantity = 1) => ({ id, variantId, quantity })

const cart = (changes: Partial<PricingInputs> = {}): PricingInputs =>
  sampleInputs({
    lines: [line('a', 'var_a'), line('b', 'var_b')],
    variants: variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', 500)),
    ...changes,
  })

/** What a page is sent. */
const given = (inputs: PricingInputs): PageInputs => {
  const sent = shopperInputs(inputs, quote(inputs), builtInRules)
  if (sent === null) throw new Error('Nothing was sent.')
  return sent
}

/** What a page shows that was sent `inputs`, perhaps changed on the way. */
const shown = (inputs: PricingInputs, lines: ShownCart['lines'], changes: Partial<PageInputs> = {}) => {
  const sent = { inputs: { ...given(inputs), ...changes }, quote: quote(inputs) }
  const estimate = estimateCart(sent, { lines, codes: [] })
  return estimate === null ? null : estimate.total
}

describe('a page estimates', () => {
  it('other quantities and fewer lines', () => {
    expect(shown(cart(), [line('a', 'var_a', 3)])).toBe(3000)
  })

  it('no uses of what is limited, which only a checkout holds', () => {
    const estimate = estimateCart({ inputs: given(cart()), quote: quote(cart()) }, { lines: cart().lines, codes: [] })
    expect(estimate?.uses).toEqual([])
  })

  it('nothing from inputs of another version', () => {
    expect(shown(cart(), cart().lines, { version: '0.1' })).toBe(null)
  })

  it('nothing with a kind of promotion that it does not have, rather than a total without it', () => {
    const sent = (type: 'percent' | 'acme:other') => [
      {
        promotion: { ...samplePromotion(), benefit: { type, percent: '10' } as never },
        ...{ conditions: [], codes: null, money: null, step: 'cart_promotion' as const, isUncertain: false },
      },
    ]
    expect(shown(cart(), cart().lines, { promotions: sent('percent') })).toBe(1350)
    expect(shown(cart(), cart().lines, { promotions: sent('acme:other') })).toBe(null)
  })

  it('lines that stand in each other’s way as they are, and no others', () => {
    const inputs = cart({
      variants: variantsById(
        sampleVariant('var_a', 1000),
        sampleVariant('var_b', 500, { prerequisite: { variants: ['var_a'], policy: 'refuse' } }),
      ),
    })
    const owner = { ...inputs, shopper: { ...inputs.shopper, owned: { products: [], variants: [] } } }
    expect(shown(owner, owner.lines)).toBe(1500)
    expect(shown(owner, [line('b', 'var_b')])).toBe(null)
    expect(shown(owner, [line('a', 'var_a', 2), line('b', 'var_b')])).toBe(null)
  })

  it.each([0, 0.5, 2000])('nothing for a quantity that can’t be bought: %s', (quantity) => {
    expect(shown(cart(), [line('a', 'var_a', quantity)])).toBe(null)
  })

  it('nothing for a line that was not sent, nor for one that is of another variant now', () => {
    expect(shown(cart(), [...cart().lines, line('c', 'var_a')])).toBe(null)
    expect(shown(cart(), [line('a', 'var_a'), line('b', 'var_a')])).toBe(null)
  })

  it('nothing where one of several lines could not be bought any more', () => {
    const inputs = cart({
      variants: variantsById(sampleVariant('var_a', 1000, { maximumQuantity: 3 }), sampleVariant('var_b', 500)),
    })
    expect(shown(inputs, [line('a', 'var_a', 3), line('b', 'var_b')])).toBe(3500)
    expect(shown(inputs, [line('a', 'var_a', 4), line('b', 'var_b')])).toBe(null)
  })

  it('the others beside a line that could not be bought before either', () => {
    const inputs = cart({ variants: variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', null)) })
    expect(shown(inputs, [line('a', 'var_a', 2), line('b', 'var_b')])).toBe(2000)
  })

  it('null, and does not hide another fault of a host’s kind', () => {
    const faulty: BenefitRule = {
      type: 'acme:faulty',
      discounts: (_benefit, [first]) => {
        if (first !== undefined && first.quantity > 1) throw new TypeError('A fault of the host.')
        return [1]
      },
      describe: () => 'Faulty',
    }
    const inputs = cart({
      lines: [line('a', 'var_a')],
      promotions: [samplePromotion({ benefit: { type: 'acme:faulty' } })],
    })
    const rules = promotionRules({ conditions: [], benefits: [faulty] })
    const sent = { inputs: given(inputs), quote: quote(inputs, rules) }
    const promotion = { ...samplePromotion(), benefit: { type: 'acme:faulty' } as const }
    const step = 'cart_promotion' as const
    const promotions = [{ promotion, conditions: [], codes: null, money: null, step, isUncertain: false }]
    const estimate = (quantity: number) =>
      createEstimateCart({ benefits: [faulty] })(
        { ...sent, inputs: { ...sent.inputs, promotions } },
        { lines: [line('a', 'var_a', quantity)], codes: [] },
      )
    expect(estimate(1)?.total).toBe(999)
    expect(estimate(0)).toBeNull()
    expect(() => estimate(2)).toThrow(TypeError)
  })
})

describe('codes that a page shows', () => {
  const inputs = cart({
    promotions: [
      samplePromotion({ requiresCode: true, conditions: [{ type: 'minimum_quantity', quantity: 3 }] }),
      samplePromotion({ id: 'pro_2', requiresCode: true, benefit: { type: 'percent', percent: '10' } }),
    ],
    codes: [
      sampleCode(),
      sampleCode({ id: 'cod_2', code: 'TEN', promotionId: 'pro_2' }),
      sampleCode({ id: 'cod_3', code: 'OLD', status: 'revoked' }),
    ],
  })
  const codes = (quantity: number, ids: readonly (string | null)[]) =>
    estimateCart(
      { inputs: given(inputs), quote: quote(inputs) },
      { lines: [line('a', 'var_a', quantity), line('b', 'var_b')], codes: ids.map((id) => ({ id })) },
    )?.codes

  const ten = { id: 'cod_2', code: 'TEN', applied: true, refusal: null }
  const old = { id: 'cod_3', code: 'OLD', applied: false, refusal: 'not_valid' }

  it('keep what the server said of them while they give nothing', () => {
    const spring = { id: 'cod_1', code: 'SPRING', applied: false, refusal: 'below_minimum' }
    expect(codes(1, ['cod_1', 'cod_2', 'cod_3'])).toStrictEqual([spring, ten, old])
  })

  it('apply as soon as they give something', () => {
    const spring = { id: 'cod_1', code: 'SPRING', applied: true, refusal: null }
    expect(codes(2, ['cod_1', 'cod_2', 'cod_3'])).toStrictEqual([spring, ten, old])
  })

  it('are those that were not taken off', () => {
    expect(codes(1, ['cod_2'])).toStrictEqual([ten])
    expect(codes(1, [])).toStrictEqual([])
  })

  it('are not estimated while one waits for the server', () => {
    expect(codes(1, ['cod_2', null])).toBeUndefined()
  })
})
