import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInRules, type SignedTerms } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import { pricePage } from './price-page.ts'
import type { PricedCode, PricingInputs } from './pricing-inputs.ts'
import {
  sampleCode,
  sampleInputs,
  samplePrice,
  samplePriceList,
  samplePromotion,
  sampleVariant,
  variantsById,
} from './sample-inputs.ts'
import { shopperInputs } from './shopper-inputs.ts'

const VARIANTS = ['var_a', 'var_b', 'var_c']
const PRODUCTS = ['prd_a', 'prd_b', 'prd_c']

const percent = fc.oneof(
  fc.constantFrom('0.000001', '12.5', '33.333333', '100'),
  fc.integer({ min: 1, max: 100 }).map(String),
)
const amount = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2_000_000 }))
const products = fc.option(fc.subarray(PRODUCTS, { minLength: 1 }), { nil: undefined })

/** A cart of one to three lines, a promotion, what was signed of it, and the same promotion as if it gave just that. */
const cases = fc
  .record({
    currency: fc.constantFrom('JPY', 'EUR', 'KWD'),
    rounding: fc.constantFrom('half_up' as const, 'half_even' as const, 'down' as const),
    lines: fc.subarray(VARIANTS, { minLength: 1 }),
    amounts: fc.tuple(amount, amount, amount),
    quantity: fc.integer({ min: 1, max: 5 }),
    most: fc.record({ percent, amount }),
    signed: fc.record({ percent, amount, products }),
    type: fc.constantFrom('percent' as const, 'fixed' as const),
    per: fc.constantFrom('order' as const, 'line' as const, 'unit' as const),
    budget: fc.option(amount, { nil: null }),
  })
  .map(({ currency, most, signed, type, per, ...cart }) => {
    const benefitOf = (value: { percent: string; amount: number }) =>
      type === 'percent'
        ? ({ type, percent: value.percent } as const)
        : ({ type, per, amounts: [{ amount: value.amount, currency }] } as const)
    const terms: SignedTerms = {
      ...(type === 'percent' ? { percent: signed.percent } : { amount: { amount: signed.amount, currency } }),
      ...(signed.products === undefined ? {} : { products: signed.products }),
    }
    const smaller = {
      percent: Number(most.percent) < Number(signed.percent) ? most.percent : signed.percent,
      amount: Math.min(most.amount, signed.amount),
    }
    const promotion = samplePromotion({
      ...{ id: 'pro_1', name: 'Members', requiresCode: true, signedByHost: true, benefit: benefitOf(most) },
      limits: {
        ...{ uses: null, usesPerCustomer: null },
        money: cart.budget === null ? null : [{ amount: cart.budget, currency }],
        whenShort: 'rest',
      },
      moneyLeft: cart.budget,
    })
    const conditions = signed.products === undefined ? [] : [{ type: 'products' as const, products: signed.products }]
    const inputsWith = (changes: Partial<PricingInputs>): PricingInputs =>
      sampleInputs({
        ...{ currency, priceLists: [samplePriceList({ currency })], promotions: [promotion] },
        site: { ...sampleInputs().site, rounding: cart.rounding },
        lines: cart.lines.map((variantId, n) => ({ id: `l${n}`, variantId, quantity: cart.quantity })),
        variants: variantsById(
          ...VARIANTS.map((id, n) => sampleVariant(id, null, { prices: [samplePrice(cart.amounts[n] ?? 1)] })),
        ),
        ...changes,
      })
    const code = (changes: Partial<PricedCode>) => sampleCode({ promotionId: 'pro_1', ...changes })
    return {
      promotion,
      terms,
      inputsWith,
      code,
      given: { ...promotion, benefit: benefitOf(smaller), conditions },
    }
  })

const amountsOf = (inputs: PricingInputs) =>
  quote(inputs).lines.map(({ base, discount, net, tax, total, parts }) => ({ base, discount, net, tax, total, parts }))

describe('a code that the host signed', () => {
  it('gives to the cent what its promotion would if that gave the smaller of both', () => {
    fc.assert(
      fc.property(cases, ({ inputsWith, code, terms, given }) => {
        const signed = inputsWith({ codes: [code({ signed: terms })] })
        expect(amountsOf(signed)).toEqual(amountsOf(inputsWith({ promotions: [given], codes: [code({})] })))
      }),
      { numRuns: 2000 },
    )
  })

  it('never gives more than a typed code of the promotion, and makes room for that', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ inputsWith, code, terms }, isFirst) => {
        const typed = inputsWith({ codes: [code({ id: 'cod_typed' })] })
        const signed = code({ id: isFirst ? 'cod_1' : 'cod_z', signed: terms })
        expect(quote(inputsWith({ codes: [signed] })).discount).toBeLessThanOrEqual(quote(typed).discount)
        const both = [code({ id: 'cod_typed' }), signed]
        expect(quote(inputsWith({ codes: both })).discount).toBe(quote(typed).discount)
        expect(quote(inputsWith({ codes: [...both].reverse() })).total).toBe(quote(typed).total)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives nothing of a promotion that takes none, or of the other kind', () => {
    fc.assert(
      fc.property(cases, ({ inputsWith, code, terms, promotion }) => {
        const refused = [
          { promotions: [{ ...promotion, signedByHost: false }], codes: [code({ signed: terms })] },
          {
            codes: [
              code({ signed: promotion.benefit.type === 'percent' ? { amount: terms.amount } : { percent: '5' } }),
            ],
          },
        ]
        for (const changes of refused) {
          const { discount, codes } = quote(inputsWith(changes))
          expect([discount, codes]).toMatchObject([0, [{ applied: false, refusal: 'not_valid', name: 'Members' }]])
        }
      }),
    )
  })

  it('is estimated by a page to the cent, which learns what was signed and not what could have been', () => {
    let [runs, shownOnes] = [0, 0]
    fc.assert(
      fc.property(cases, ({ inputsWith, code, terms, given }) => {
        runs += 1
        const inputs = inputsWith({ codes: [code({ signed: terms })] })
        const shown = shopperInputs(inputs, quote(inputs), builtInRules)
        if (shown === null) return
        shownOnes += 1
        const cart = { lines: inputs.lines, codes: new Set(inputs.codes.map(({ id }) => id)) }
        expect(pricePage(shown, cart, builtInRules).price.total).toBe(quote(inputs).total)
        for (const { promotion } of shown.promotions) expect(promotion.benefit).toEqual(given.benefit)
      }),
      { numRuns: 1000 },
    )
    // Where a budget runs short a page has no estimate.
    expect(shownOnes).toBeGreaterThan((runs * 3) / 10)
  })
})
