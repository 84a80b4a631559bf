import { describe, expect, it } from 'vitest'
import type { Money } from '../money/index.ts'
import { builtInRules } from '../promotion/index.ts'
import { contextOf } from './apply-promotions.ts'
import { judgePromotions, moneyLimit } from './judge-promotions.ts'
import { quote } from './price-cart.ts'
import { priceInputs } from './price-inputs.ts'
import type { PricedCode, PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const cart = (changes: Partial<PricingInputs>): PricingInputs =>
  sampleInputs({
    lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
    variants: variantsById(sampleVariant('var_a', 1000)),
    ...changes,
  })

const judge = (...promotions: PricedPromotion[]) => {
  const inputs = cart({ promotions })
  return judgePromotions(inputs, priceInputs(inputs, builtInRules).sold, contextOf(inputs), builtInRules)
}

const money = (currency: string, amount: number): readonly Money[] => [{ currency, amount }]
const limits = (changes: Partial<PricedPromotion['limits']>) => ({ uses: null, usesPerCustomer: null, ...changes })

describe('a promotion', () => {
  it('does not compete where the cart has nothing that it takes something off', () => {
    const gift = samplePromotion({ benefit: { type: 'free_gift', variant: 'var_gift', quantity: 1 } })
    expect(judge(gift)).toMatchObject({
      eligible: [],
      turnedDown: [{ refusal: { reason: 'not_for_these_items', missing: { variants: ['var_gift'] } } }],
    })
  })

  it('for which nothing would help says so without a word of what is missing', () => {
    const elsewhere = samplePromotion({
      requiresCode: true,
      benefit: { type: 'fixed', amounts: money('USD', 100) },
    })
    expect(quote(cart({ promotions: [elsewhere], codes: [sampleCode()] })).codes).toStrictEqual([
      { id: 'cod_1', code: 'SPRING', applied: false, refusal: 'not_for_these_items' },
    ])
  })

  it('whose benefit names lines is one of lines, though its conditions name none', () => {
    const gift = samplePromotion({ benefit: { type: 'free_gift', variant: 'var_a', quantity: 1 } })
    const inputs = cart({
      promotions: [gift],
      lines: ['a', 'b'].map((id) => ({ id, variantId: `var_${id}`, quantity: 1 })),
      variants: variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', 500)),
    })
    expect(quote(inputs).lines[0]?.adjustments).toMatchObject([{ step: 'price' }, { step: 'line_promotion' }])
  })

  it.each(['money', 'moneyPerOrder'] as const)(
    'with a limit of %s in another currency alone is not for here',
    (limit) => {
      const promotion = samplePromotion({ requiresCode: true, limits: limits({ [limit]: money('USD', 100) }) })
      expect(quote(cart({ promotions: [promotion], codes: [sampleCode()] })).codes).toMatchObject([
        { applied: false, refusal: 'not_here' },
      ])
    },
  )
})

describe('how much a promotion may give to one order', () => {
  const context = contextOf(cart({}))
  it.each<[what: string, promotion: Partial<PricedPromotion>, limit: ReturnType<typeof moneyLimit>]>([
    ['as much as it likes', {}, null],
    ['what is left of its budget', { moneyLeft: 70 }, { perOrder: null, left: 70, whenShort: 'nothing' }],
    [
      'so much, or the rest',
      { moneyLeft: 70, limits: limits({ moneyPerOrder: money('EUR', 50), whenShort: 'rest' }) },
      { perOrder: 50, left: 70, whenShort: 'rest' },
    ],
    [
      'so much of this currency',
      { limits: limits({ moneyPerOrder: [...money('USD', 40), ...money('EUR', 50)] }) },
      { perOrder: 50, left: null, whenShort: 'nothing' },
    ],
  ])('is %s', (_, promotion, limit) => {
    expect(moneyLimit(samplePromotion(promotion), context)).toStrictEqual(limit)
  })
})

describe('what a code gives is provisional', () => {
  it.each<[what: string, code: Partial<PricedCode>, provisional: boolean]>([
    ['where it is not known whether the shopper has used it', { customerUsesLeft: 'unknown' }, true],
    ['where it is not known whether it is theirs', { isTheirs: 'unknown' }, true],
    ['not where both are known', { customerUsesLeft: 1, isTheirs: 'yes' }, false],
    ['not where it is for everybody', {}, false],
  ])('%s', (_, code, provisional) => {
    const promotions = [samplePromotion({ requiresCode: true })]
    expect(quote(cart({ promotions, codes: [sampleCode(code)] }))).toMatchObject({ provisional, discount: 200 })
  })
})
