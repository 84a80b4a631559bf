import { describe, expect, it } from 'vitest'
import { type BenefitRule, builtInRules, type PromotionBenefit, type PromotionCondition } from '../promotion/index.ts'
import { contextOf } from './apply-promotions.ts'
import { PAGE_VERSION, type PageInputs, type PageLine, type PagePrice, type PagePromotion } from './page-inputs.ts'
import { cartHead } from './price-inputs.ts'
import { pageLines, pricePage } from './price-page.ts'
import { sampleInputs } from './sample-inputs.ts'

const unit = (from: number, unitPrice: number, changes: object = {}): PagePrice => ({
  ...{ from, unitPrice, leftOut: [], isUnsure: false },
  parts: [{ id: 'all', variant: { id: 'var_a', taxCategory: 'recorded' }, base: unitPrice }],
  adjustments: [
    {
      ...{ step: 'price', amount: unitPrice, reason: 'List price' },
      cause: { type: 'price_list', priceList: 'prl_1', minimumQuantity: from },
    },
  ],
  ...changes,
})
const pageLine = (id: string, ...prices: readonly PagePrice[]): PageLine => ({
  ...{ id, variantId: `var_${id}`, productId: `prd_${id}`, productType: 'course' },
  ...{ variant: { title: `Title of ${id}`, name: 'verified' }, prices },
})
const promotion = (
  id: string,
  benefit: PromotionBenefit,
  changes: Partial<PagePromotion> & { stacking?: 'exclusive' } = {},
): PagePromotion => {
  const { stacking = 'combinable', ...others } = changes
  return {
    promotion: { id, name: `Name of ${id}`, benefit, stacking, group: null, priority: 0 },
    ...{ conditions: [], codes: null, money: null, step: 'cart_promotion', isUncertain: false },
    ...others,
  }
}
const page = (changes: Partial<PageInputs> = {}): PageInputs => ({
  ...{ version: PAGE_VERSION, head: cartHead(sampleInputs()), context: contextOf(sampleInputs()) },
  ...{ lines: [pageLine('a', unit(1, 1000)), pageLine('b', unit(1, 500))], promotions: [] },
  ...{ taxes: [], taxRounding: 'line' },
  ...changes,
})
const of = (...lines: readonly [id: string, quantity: number][]) => lines.map(([id, quantity]) => ({ id, quantity }))
const priced = (
  inputs: PageInputs,
  { lines = of(['a', 1], ['b', 1]), codes = [] }: { lines?: ReturnType<typeof of>; codes?: readonly string[] } = {},
) => pricePage(inputs, { lines, codes: new Set(codes) }, builtInRules)
const onlyFor = (variant: string): PromotionCondition => ({ type: 'variants', variants: [variant] })
const off = (percent: string): PromotionBenefit => ({ type: 'percent', percent })

describe('lines in other quantities', () => {
  const tiers = pageLine('a', unit(1, 1000), unit(3, 900), { from: 5, refusal: 'quantity_above_limit' })

  it.each([
    [1, 1000, 1000],
    [2, 1000, 2000],
    [3, 900, 2700],
    [4, 900, 3600],
  ])('%i cost %i each, %i in all', (quantity, unitPrice, base) => {
    const { all, sold } = pageLines([tiers], of(['a', quantity]))
    expect(sold).toStrictEqual([
      {
        ...{ id: 'a', variantId: 'var_a', productId: 'prd_a', productType: 'course' },
        ...{ variant: { title: 'Title of a', name: 'verified' }, quantity, unitPrice, base, left: base },
        ...{ leftOut: [], isUnsure: false },
        parts: [{ id: 'all', variant: { id: 'var_a', taxCategory: 'recorded' }, base }],
        adjustments: [
          {
            ...{ step: 'price', amount: base, reason: 'List price' },
            cause: { type: 'price_list', priceList: 'prl_1', minimumQuantity: quantity < 3 ? 1 : 3 },
          },
        ],
      },
    ])
    expect(all).toEqual(sold)
  })

  it.each([5, 6])('%i cannot be sold, and are no line that is sold', (quantity) => {
    expect(pageLines([tiers], of(['a', quantity]))).toStrictEqual({
      all: [
        {
          source: { id: 'a', variantId: 'var_a', quantity },
          variant: { productId: 'prd_a', title: 'Title of a', name: 'verified' },
          refusal: 'quantity_above_limit',
        },
      ],
      sold: [],
    })
  })

  it.each([
    ['b', 2, 'A line has no price for 2.'],
    ['a', 0, 'A line has no price for 0.'],
    ['a', 1.5, 'An amount is a whole number of minor units within ±(2^53 − 1), not 1.5.'],
  ])('%s × %d is refused: %s', (id, quantity, message) => {
    expect(() => pageLines([tiers], of([id, quantity]))).toThrow(new RangeError(message))
  })

  it('stand in the order given, and those that are sold by id', () => {
    const lines = ['c', 'a', 'd', 'b'].map((id) => pageLine(id, unit(1, 100)))
    for (const ids of ['cadb', 'abcd', 'dcba']) {
      const { all, sold } = pageLines(lines, of(...[...ids].map((id): [string, number] => [id, 1])))
      expect(all.map((line) => ('refusal' in line ? null : line.id))).toEqual([...ids])
      expect(sold.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    }
  })

  it('that come to more than can be reckoned are refused, also where nothing of it would be paid', () => {
    const free = promotion('free', { type: 'fixed_price', amounts: [{ amount: 0, currency: 'EUR' }] })
    const lines = [pageLine('a', unit(1, Number.MAX_SAFE_INTEGER)), pageLine('b', unit(1, 1))]
    const inputs = page({ lines, promotions: [free] })
    expect(priced(inputs, { lines: of(['a', 1]) }).price.total).toBe(0)
    expect(() => priced(inputs)).toThrow(
      new RangeError('An amount is a whole number of minor units within ±(2^53 − 1), not 9007199254740992.'),
    )
  })
})

describe('a promotion behind a code', () => {
  const codes = [
    { id: 'cod_1', code: 'SPRING', isUncertain: false },
    { id: 'cod_2', code: 'SUMMER', isUncertain: true },
  ]
  const inputs = page({ promotions: [promotion('all', off('10')), promotion('typed', off('20'), { codes })] })

  it('gives nothing without one', () => {
    const { price, used } = priced(inputs, { codes: ['cod_3'] })
    expect(price).toMatchObject({ discount: 150, provisional: false })
    expect(used).toEqual(new Set())
  })

  it.each([
    [['cod_1'], 'cod_1', 'SPRING', false],
    [['cod_2'], 'cod_2', 'SUMMER', true],
    [['cod_2', 'cod_1'], 'cod_1', 'SPRING', false],
  ])('is opened by %j: by %s', (typed, id, word, provisional) => {
    const { price, used } = priced(inputs, { codes: typed })
    expect(used).toEqual(new Set([id]))
    expect(price).toMatchObject({ discount: 150 + 270, provisional })
    expect(price.lines[0]?.adjustments.slice(1)).toEqual([
      {
        ...{ step: 'cart_promotion', amount: -100, reason: '10 % off: Name of all' },
        cause: { type: 'promotion', promotion: 'all', code: null },
      },
      {
        ...{ step: 'cart_promotion', amount: -180, reason: `20 % off with ${word}` },
        cause: { type: 'promotion', promotion: 'typed', code: id },
      },
    ])
  })
})

describe('a price is provisional', () => {
  it.each([
    ['where a promotion that gives something is not certain', off('10'), true],
    ['not where it gives nothing', { type: 'seats_free', every: 9, free: 1 } as const, false],
  ])('%s', (_, benefit, provisional) => {
    const inputs = page({ promotions: [promotion('maybe', benefit, { isUncertain: true })] })
    expect(priced(inputs).price.provisional).toBe(provisional)
  })

  it('not by a promotion without a code that is certain', () => {
    expect(priced(page({ promotions: [promotion('sure', off('10'))] })).price.provisional).toBe(false)
  })
})

describe('conditions that are left', () => {
  const gift = (...variants: readonly string[]) =>
    page({
      promotions: [
        promotion('gift', { type: 'free_gift', variant: 'var_b', quantity: 1 }, { conditions: variants.map(onlyFor) }),
      ],
    })

  it('must hold of other lines before a gift is given', () => {
    expect(priced(gift('var_a')).price.lines.map(({ discount }) => discount)).toEqual([0, 500])
    expect(priced(gift('var_b')).price.discount).toBe(0)
    expect(priced(gift('var_a'), { lines: of(['b', 1]) }).price.discount).toBe(0)
  })

  it('select the lines that get something', () => {
    const promotions = [promotion('some', off('10'), { conditions: [onlyFor('var_b')] })]
    expect(priced(page({ promotions })).price.lines.map(({ discount }) => discount)).toEqual([0, 50])
    expect(priced(page({ promotions }), { lines: of(['a', 1]) }).price.discount).toBe(0)
  })

  it('leave the choice to others where they select nothing', () => {
    const promotions = [
      promotion('none', off('50'), { stacking: 'exclusive', conditions: [onlyFor('var_z')] }),
      promotion('some', off('10')),
    ]
    expect(priced(page({ promotions, choice: 'priority' })).price.discount).toBe(150)
  })

  it('are asked before a host’s own rule, which is asked of one line at least', () => {
    const asked: number[] = []
    const sun: BenefitRule = {
      type: 'acme:sun',
      discounts: (_, lines) => {
        asked.push(lines.length)
        return lines.map(() => 1)
      },
      describe: () => 'Sun',
    }
    const rules = { ...builtInRules, benefits: new Map([...builtInRules.benefits, [sun.type, sun]]) }
    const promotions = ['var_z', 'var_a'].map((variant) =>
      promotion(variant, { type: 'acme:sun' }, { conditions: [onlyFor(variant)] }),
    )
    const cart = { lines: of(['a', 1], ['b', 1]), codes: new Set<string>() }
    expect(pricePage(page({ promotions }), cart, rules).price.discount).toBe(1)
    expect(new Set(asked)).toEqual(new Set([1]))
  })

  it('of a kind that the page does not have are refused, and so are benefits', () => {
    const asking = promotion('some', off('10'), { conditions: [{ type: 'acme:moon' }] })
    expect(() => priced(page({ promotions: [asking] }))).toThrow(new RangeError('acme:moon has no rule.'))
    const giving = promotion('some', { type: 'acme:sun' })
    expect(() => priced(page({ promotions: [giving] }))).toThrow(new RangeError('acme:sun has no rule.'))
  })
})

describe('which promotions apply', () => {
  it('is what the site chose', () => {
    const promotions = [promotion('first', off('10'), { stacking: 'exclusive' }), promotion('second', off('20'))]
    expect(priced(page({ promotions })).price.discount).toBe(300)
    expect(priced(page({ promotions, choice: 'priority' })).price.discount).toBe(150)
  })
})

describe('taxes', () => {
  const due = (category: string, name: string, numerator: number) => ({
    ...{ categories: [category], isOfSeveral: false, denominator: '100' },
    taxes: [
      { taxRate: `de-${category}`, name, rate: String(numerator), jurisdiction: 'DE', numerator: String(numerator) },
    ],
  })
  const of7 = { parts: [{ id: 'all', variant: { id: 'var_b', taxCategory: 'printed' }, base: 500 }] }
  const inputs = page({
    lines: [pageLine('a', unit(1, 1000)), pageLine('b', unit(1, 500, of7)), pageLine('c', unit(1, 500, of7))],
    taxes: [due('recorded', 'VAT', 25), due('printed', 'Reduced VAT', 7)],
  })

  it('are due by category, and go by their names', () => {
    const { lines, total, tax } = priced(inputs).price
    expect(lines.map((line) => [line.tax, line.adjustments.at(-1)?.reason])).toEqual([
      [200, 'incl. 25 % VAT'],
      [33, 'incl. 7 % Reduced VAT'],
    ])
    expect([total, tax]).toEqual([1500, 233])
  })

  it('are none on what no tax is due on', () => {
    expect(priced({ ...inputs, taxes: inputs.taxes.slice(1) }).price.lines.map(({ tax }) => tax)).toEqual([0, 33])
  })

  it('are rounded as the site says', () => {
    const lines = of(['b', 1], ['c', 1])
    // 7 / 107 of 5.00 are 0.327…, of 10.00 0.654….
    expect(priced(inputs, { lines }).price.tax).toBe(66)
    expect(priced({ ...inputs, taxRounding: 'order' }, { lines }).price.tax).toBe(65)
  })

  it('are put on prices without tax', () => {
    const head = { ...inputs.head, priceBasis: 'exclusive' as const }
    const { total, tax, lines } = priced({ ...inputs, head }).price
    expect([total, tax]).toEqual([1785, 285])
    expect(lines[0]?.adjustments.at(-1)?.reason).toBe('plus 25 % VAT')
  })

  it('of several go by the name of each', () => {
    const several = {
      ...{ categories: ['recorded'], isOfSeveral: true, denominator: '100' },
      taxes: ['GST', 'QST'].map((name, place) => ({
        ...{ taxRate: 'ca', name, rate: String(5 + place), jurisdiction: 'CA', numerator: String(5 + place) },
      })),
    }
    const head = { ...inputs.head, priceBasis: 'exclusive' as const }
    const [line] = priced({ ...inputs, head, taxes: [several] }, { lines: of(['a', 1]) }).price.lines
    expect(line?.adjustments.slice(1).map(({ reason, amount }) => [reason, amount])).toEqual([
      ['plus 5 % GST', 50],
      ['plus 6 % QST', 60],
    ])
  })
})
