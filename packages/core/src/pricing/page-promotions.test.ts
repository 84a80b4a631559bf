import { describe, expect, it } from 'vitest'
import type { Money } from '../money/index.ts'
import { builtInRules } from '../promotion/index.ts'
import { contextOf } from './apply-promotions.ts'
import { pagePromotions } from './page-promotions.ts'
import { priceInputs } from './price-inputs.ts'
import type { PricedCode, PricedPromotion } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const judged = (promotions: readonly PricedPromotion[], codes: readonly PricedCode[] = []) => {
  const inputs = sampleInputs({
    lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
    variants: variantsById(sampleVariant('var_a', 1000)),
    promotions,
    codes,
  })
  return pagePromotions(inputs, priceInputs(inputs, builtInRules).sold, contextOf(inputs), builtInRules)
}
const shown = (...promotions: PricedPromotion[]) => judged(promotions).map((one) => one.shown)
const ids = (...promotions: PricedPromotion[]) => shown(...promotions).map(({ promotion }) => promotion.id)

const money = (currency: string, amount: number): readonly Money[] => [{ currency, amount }]
const limits = (changes: Partial<PricedPromotion['limits']>) => ({ uses: null, usesPerCustomer: null, ...changes })

describe('a page is told of a promotion', () => {
  it.each<[what: string, promotion: Partial<PricedPromotion>, told: boolean]>([
    ['that runs', {}, true],
    ['that is over, not', { until: '2026-01-01T00:00:00.000Z' }, false],
    ['that needs a code which nobody typed, not', { requiresCode: true }, false],
    ['of a kind that the engine does not have, not', { benefit: { type: 'acme:mystery' } }, false],
    ['for others, not', { conditions: [{ type: 'countries', countries: ['FR'] }] }, false],
    ['with a budget in this currency', { limits: limits({ money: money('EUR', 1) }) }, true],
    ['with a budget in another one, not', { limits: limits({ money: money('USD', 1) }) }, false],
    ['with the most for one order in another one, not', { limits: limits({ moneyPerOrder: money('USD', 1) }) }, false],
  ])('%s', (_, promotion, told) => {
    expect(ids(samplePromotion(promotion))).toEqual(told ? ['pro_1'] : [])
  })

  it('by precedence', () => {
    const [low, high] = [samplePromotion({ id: 'low' }), samplePromotion({ id: 'high', priority: 1 })]
    expect(ids(low, high)).toEqual(['high', 'low'])
    expect(ids(high, low)).toEqual(['high', 'low'])
  })

  it('which others share its group, and not what the group is called', () => {
    const groups = ['secret-a', null, 'secret-b', 'secret-a'].map((group, at) =>
      samplePromotion({ id: `pro_${at}`, group }),
    )
    const [a, alone, b, again] = shown(...groups).map(({ promotion }) => promotion.group)
    expect(alone).toBeNull()
    expect(a).toEqual(expect.stringMatching(/^\d$/))
    expect(b).toEqual(expect.stringMatching(/^\d$/))
    expect(again).toBe(a)
    expect(b).not.toBe(a)
  })

  it.each<[what: string, promotion: Partial<PricedPromotion>, step: string]>([
    ['of the cart', {}, 'cart_promotion'],
    ['whose conditions name lines', { conditions: [{ type: 'variants', variants: ['var_a'] }] }, 'line_promotion'],
    ['whose benefit names lines', { benefit: { type: 'free_gift', variant: 'var_a', quantity: 1 } }, 'line_promotion'],
  ])('in which step it is taken: one %s', (_, promotion, step) => {
    expect(shown(samplePromotion(promotion))).toMatchObject([{ step }])
  })

  it.each<[what: string, promotion: Partial<PricedPromotion>, isUncertain: boolean]>([
    ['for everybody', {}, false],
    ['that the shopper can use again', { customerUsesLeft: 1 }, false],
    ['of which it is not known whether the shopper used it', { customerUsesLeft: 'unknown' }, true],
    ['that asks what is not known', { conditions: [{ type: 'first_order' }] }, true],
  ])('whether checkout decides: one %s', (_, promotion, isUncertain) => {
    expect(shown(samplePromotion(promotion))).toMatchObject([{ isUncertain }])
  })

  it('how much one order gets, and not what is left of its budget', () => {
    const budget = { money: money('EUR', 9000) }
    const perOrder = { moneyPerOrder: money('EUR', 50), whenShort: 'rest' as const }
    const most = { perOrder: 50, whenShort: 'rest' }
    const [none, budgeted, limited, both] = judged([
      samplePromotion({ id: 'pro_1' }),
      samplePromotion({ id: 'pro_2', limits: limits(budget), moneyLeft: 70 }),
      samplePromotion({ id: 'pro_3', limits: limits(perOrder) }),
      samplePromotion({ id: 'pro_4', limits: limits({ ...budget, ...perOrder }), moneyLeft: 70 }),
    ])
    expect(none).toMatchObject({ shown: { money: null }, money: null })
    expect(budgeted).toMatchObject({ shown: { money: null }, money: { perOrder: null, left: 70 } })
    expect(limited).toMatchObject({ shown: { money: { ...most, left: null } }, money: { ...most, left: null } })
    expect(both).toMatchObject({ shown: { money: { ...most, left: null } }, money: { ...most, left: 70 } })
  })
})

describe('the codes that a page is told', () => {
  const promotion = samplePromotion({ requiresCode: true })
  const typed = sampleCode({ id: 'typed', code: 'TYPED' })
  const other = sampleCode({ id: 'other', code: 'OTHER', isTheirs: 'unknown' })
  const signed = sampleCode({ id: 'signed', code: 'Spring sale', signed: { percent: '5' } })
  const signedToo = { ...signed, id: 'signed-too' }

  it.each<[what: string, codes: PricedCode[], told: string[]]>([
    ['all that were typed and open it', [typed, other], ['typed', 'other']],
    ['none that was revoked', [{ ...typed, status: 'revoked' }, other], ['other']],
    ['none of another promotion', [typed, { ...other, promotionId: 'pro_2' }], ['typed']],
    ['those typed alone, where one comes before what the host signed', [typed, signed, other], ['typed', 'other']],
    ['the first that the host signed alone', [signed, signedToo], ['signed']],
    ['what the host signed alone, where it comes first', [signed, typed], ['signed']],
  ])('are %s', (_, codes, told) => {
    expect(judged([promotion], codes)[0]?.shown.codes?.map(({ id }) => id)).toEqual(told)
  })

  it('say which of them is decided at checkout', () => {
    expect(judged([promotion], [typed, other])[0]?.shown.codes).toEqual([
      { id: 'typed', code: 'TYPED', isUncertain: false },
      { id: 'other', code: 'OTHER', isUncertain: true },
    ])
  })
})
