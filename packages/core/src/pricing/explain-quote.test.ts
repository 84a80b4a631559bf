import { describe, expect, it } from 'vitest'
import { explainQuote } from './explain-quote.ts'
import { finishRefusedLine } from './finish-line.ts'
import { quote } from './price-cart.ts'
import type { LineRefusal, PricedPromotion } from './pricing-inputs.ts'
import type { CodeRefusal, QuoteCode } from './quote.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

it('says of a promotion that may give no more to the order how much that is', () => {
  const limits = { uses: null, usesPerCustomer: null }
  const told = (changes: Partial<PricedPromotion>) =>
    explainQuote(
      quote(
        sampleInputs({
          variants: variantsById(sampleVariant('var_a', 10_000)),
          lines: [{ id: 'l', variantId: 'var_a', quantity: 1 }],
          promotions: [samplePromotion({ benefit: { type: 'percent', percent: '50' }, ...changes })],
        }),
      ),
    ).filter((step) => step.includes('50 %'))
  const eur = (amount: number) => [{ amount, currency: 'EUR' }]
  expect(told({ limits: { ...limits, moneyPerOrder: eur(1000) } })).toEqual([
    '  50 % off, at most 10.00 EUR: Spring sale: -10.00',
  ])
  expect(told({ limits: { ...limits, money: eur(9000), whenShort: 'rest' }, moneyLeft: 700 })).toEqual([
    '  50 % off, at most 7.00 EUR: Spring sale: -7.00',
  ])
  expect(told({ limits: { ...limits, moneyPerOrder: eur(5000) } })).toEqual(['  50 % off: Spring sale: -50.00'])
})

describe('explainQuote', () => {
  it('lists each step, code and total', () => {
    const answer = quote(
      sampleInputs({
        lines: [
          { id: 'a', variantId: 'var_a', quantity: 2 },
          { id: 'b', variantId: 'var_b', quantity: 1 },
        ],
        variants: variantsById(sampleVariant('var_a', 4999, { title: 'Knots' }), sampleVariant('var_b', null)),
        promotions: [samplePromotion({ requiresCode: true, customerUsesLeft: 'unknown' })],
        codes: [sampleCode(), sampleCode({ id: 'cod_2', code: 'AUTUMN', status: 'revoked' })],
        taxRates: [{ id: 'de', country: 'DE', category: '*', name: 'VAT', rate: '19' }],
      }),
    )
    expect(explainQuote(answer)).toStrictEqual([
      '2 × Knots (verified): 79.98',
      '  List price: 99.98',
      '  20 % off with SPRING: -20.00',
      '  incl. 19 % VAT: 12.77',
      '1 × Title of var_b (verified): it has no price here in this currency',
      'Code SPRING: applied',
      'Code AUTUMN: it is not valid',
      'Discount: -20.00 EUR',
      'Net: 67.21 EUR',
      'Tax: 12.77 EUR (DE, assumed)',
      'Total: 79.98 EUR',
      'Provisional: some discounts are decided at checkout.',
    ])
  })

  it('says what is missing, and what applies instead', () => {
    const few = [{ type: 'minimum_quantity', quantity: 3 }] as const
    const answer = quote(
      sampleInputs({
        lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
        variants: variantsById(sampleVariant('var_a', 1000)),
        promotions: [
          samplePromotion({
            id: 'half',
            name: 'Half',
            benefit: { type: 'percent', percent: '50' },
            stacking: 'exclusive',
          }),
          samplePromotion({ requiresCode: true }),
          samplePromotion({ id: 'many', name: 'Many', conditions: few }),
          samplePromotion({ id: 'gift', name: 'Gift', benefit: { type: 'free_gift', variant: 'var_b', quantity: 1 } }),
        ],
        codes: [sampleCode()],
      }),
    )
    expect(explainQuote(answer).filter((text) => /^(Code|Not applied)/.test(text))).toStrictEqual([
      'Code SPRING: beside the other discounts it gives nothing (Half)',
      'Not applied: Gift: it gives nothing for these items; it needs var_b',
      'Not applied: Many: the items do not reach its minimum; it needs 2 more',
    ])
  })

  it('names a variant that is not known by its id', () => {
    const answer = quote(sampleInputs({ lines: [{ id: 'a', variantId: 'var_gone', quantity: 1 }] }))
    expect(explainQuote(answer)).toStrictEqual([
      '1 × var_gone: it is not sold here',
      'Net: 0.00 EUR',
      'Tax: 0.00 EUR (DE, assumed)',
      'Total: 0.00 EUR',
    ])
  })

  it('says that it is not known what the buyer owns', () => {
    const [last, before] = explainQuote({ ...EMPTY, provisional: true, unknowns: ['ownership'] }).reverse()
    expect(last).toBe('Sold without knowing what the buyer owns.')
    expect(before).toBe('Provisional: some discounts are decided at checkout.')
    expect(explainQuote(EMPTY).at(-1)).toBe('Total: 0.00 EUR')
  })
})

const EMPTY = quote(sampleInputs())

describe('why a line is not sold', () => {
  it.each<[refusal: LineRefusal, text: string]>([
    ['no_price', 'it has no price here in this currency'],
    ['not_published', 'it is not sold here'],
    ['archived', 'it is no longer sold'],
    ['not_yet_on_sale', 'it is not on sale yet'],
    ['no_longer_on_sale', 'it is no longer on sale'],
    ['sold_out', 'not enough places are left'],
    ['quantity_above_limit', 'that many cannot be bought at once'],
    ['part_not_available', 'a part of it cannot be bought now'],
    ['parts_not_chosen', 'its parts are not chosen yet'],
    ['already_owned', 'you have it already'],
    ['already_in_cart', 'it is in the cart already'],
    ['being_bought', 'another order of yours, which is not paid yet, has it'],
    ['prerequisite_missing', 'you need another one first'],
  ])('%s: %s', (refusal, text) => {
    const line = finishRefusedLine({ source: { id: 'a', variantId: 'var_a', quantity: 2 }, variant: null, refusal })
    expect(explainQuote({ ...EMPTY, lines: [line] })[0]).toBe(`2 × var_a: ${text}`)
  })
})

describe('why a code gives nothing', () => {
  const explained = (code: Partial<QuoteCode>) =>
    explainQuote({ ...EMPTY, codes: [{ id: 'cod_1', code: 'SPRING', applied: false, refusal: null, ...code }] })[0]

  it.each<[refusal: CodeRefusal, text: string]>([
    ['not_valid', 'it is not valid'],
    ['not_yet_valid', 'it is not valid yet'],
    ['expired', 'it has expired'],
    ['used_up', 'it is used up'],
    ['used_by_you', 'you have used it already'],
    ['not_for_these_items', 'it gives nothing for these items'],
    ['below_minimum', 'the items do not reach its minimum'],
    ['not_for_you', 'it is for other customers'],
    ['not_here', 'it is for another country or currency'],
    ['not_now', 'it is for another time'],
    ['not_with_others', 'beside the other discounts it gives nothing'],
  ])('%s: %s', (refusal, text) => {
    expect(explained({ refusal })).toBe(`Code SPRING: ${text}`)
  })

  it.each<[what: string, code: Partial<QuoteCode>, text: string]>([
    ['units', { missing: { quantity: 2 } }, 'it is not valid; it needs 2 more'],
    ['money', { missing: { amount: 1250 } }, 'it is not valid; it needs 12.50 more'],
    ['variants', { missing: { variants: ['var_a', 'var_b'] } }, 'it is not valid; it needs var_a, var_b'],
    ['products', { missing: { products: ['prd_a', 'prd_b'] } }, 'it is not valid; it needs prd_a, prd_b'],
    ['what applies instead', { others: ['Half', 'Third'] }, 'it is not valid (Half, Third)'],
  ])('names %s', (_, code, text) => {
    expect(explained({ refusal: 'not_valid', ...code })).toBe(`Code SPRING: ${text}`)
  })

  it('calls one that the host signed by its promotion’s name', () => {
    expect(explained({ name: 'Loyal learners' })).toBe('Loyal learners: applied')
  })
})
