import { describe, expect, it } from 'vitest'
import { type BenefitRule, builtInBenefits, builtInConditions, promotionRules } from '../promotion/index.ts'
import { explainQuote } from './explain-quote.ts'
import { quote } from './price-cart.ts'
import type { PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

/** All of a line that nothing was taken off before. */
const untouched: BenefitRule = {
  type: 'untouched_free',
  discounts: (_, lines) => lines.map(({ left, base }) => (left === base ? left : 0)),
  describe: () => 'Free',
}
const rules = promotionRules({ conditions: builtInConditions, benefits: [...builtInBenefits, untouched] })
// The union of the built-in kinds does not know the host's.
const free = { type: 'untouched_free' } as unknown as PricedPromotion['benefit']

/** What is taken off a course at 100. */
const discountOf = (promotionChoice: PricingInputs['site']['promotionChoice'], ...promotions: PricedPromotion[]) =>
  quote(
    sampleInputs({
      site: { ...sampleInputs().site, promotionChoice },
      lines: [{ id: 'lin_1', variantId: 'var_a', quantity: 1 }],
      variants: variantsById(sampleVariant('var_a', 100)),
      promotions,
    }),
    rules,
  ).discount

const tenOff = samplePromotion({ id: 'pro_a', priority: 1, benefit: { type: 'percent', percent: '10' } })

it('leaves one out where the others then take more, or none where the site chose nothing', () => {
  const promotions = [tenOff, samplePromotion({ id: 'pro_b', benefit: free })] as const
  expect(discountOf('best', ...promotions)).toBe(100)
  expect(discountOf(undefined, ...promotions)).toBe(10)
})

it('by priority: what takes nothing shuts nothing out', () => {
  const elsewhere = { type: 'fixed', amounts: [{ amount: 50, currency: 'USD' }] } as const
  const first = { id: 'pro_x', priority: 2, benefit: elsewhere }
  expect(discountOf('priority', samplePromotion({ ...first, stacking: 'exclusive' }), tenOff)).toBe(10)
  expect(discountOf('priority', samplePromotion({ ...first, group: 'g' }), { ...tenOff, group: 'g' })).toBe(10)
})

it('by priority: of a group the first one applies, of others each', () => {
  const five = samplePromotion({ id: 'pro_b', benefit: { type: 'percent', percent: '50' } })
  expect(discountOf('priority', { ...tenOff, group: 'g' }, { ...five, group: 'g' })).toBe(10)
  expect(discountOf('priority', { ...tenOff, group: 'g' }, { ...five, group: 'h' })).toBe(55)
  expect(discountOf('priority', tenOff, five)).toBe(55)
  expect(discountOf('priority', tenOff, { ...five, stacking: 'exclusive' })).toBe(10)
})

describe('by priority: what takes nothing beside the others shuts nothing of its group out', () => {
  const only = (name: string) => ({ conditions: [{ type: 'variants' as const, variants: [`var_${name}`] }] })
  const percent = (amount: string) => ({ benefit: { type: 'percent' as const, percent: amount } })
  const first = samplePromotion({ id: 'pro_p', name: 'P', priority: 10, group: 'g', ...only('a'), ...percent('10') })
  const second = samplePromotion({ id: 'pro_q', name: 'Q', priority: 5, group: 'g', ...only('b'), ...percent('10') })
  const priced = (...promotions: PricedPromotion[]) =>
    quote(
      sampleInputs({
        site: { ...sampleInputs().site, promotionChoice: 'priority' },
        lines: ['a', 'b'].map((name) => ({ id: name, variantId: `var_${name}`, quantity: 1 })),
        variants: variantsById(sampleVariant('var_a', 10_000), sampleVariant('var_b', 5000)),
        promotions,
      }),
      rules,
    )

  it('because of one that comes before', () => {
    const all = samplePromotion({ id: 'pro_x', name: 'X', priority: 20, ...only('a'), ...percent('100') })
    const answer = priced(all, first, second)
    expect(answer.total).toBe(4500)
    expect(answer.total).toBe(priced(all, second).total)
    expect(explainQuote(answer)).toContain('Not applied: P: beside the other discounts it gives nothing (X, Q)')
  })

  it('because of one of a smaller priority that is applied earlier, as those of lines are', () => {
    const untouchedLines = samplePromotion({ id: 'pro_p', priority: 10, group: 'g', benefit: free })
    const courses = [{ type: 'product_types' as const, productTypes: ['course'] }]
    const ofLines = samplePromotion({ id: 'pro_x', priority: 1, conditions: courses, ...percent('10') })
    // The second takes 5.00, and of what is left 10 % goes.
    expect(priced(untouchedLines, second, ofLines).total).toBe(13_050)
    expect(priced(untouchedLines, second).total).toBe(0)
  })
})
