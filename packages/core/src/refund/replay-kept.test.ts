import { describe, expect, test } from 'vitest'
import type { PricedVariant, PricingInputs } from '../pricing/index.ts'
import { sampleInputs, samplePrice, samplePromotion, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { replayLine } from './replay-kept.ts'
import { sampleOrder, samplePrograms } from './sample-order.ts'

/** What is kept of `lin_1` costs so much: whole units, and loose parts by id. */
function costOf(inputs: PricingInputs, whole: number, loose: Record<string, number> = {}) {
  const order = sampleOrder(inputs)
  const line = order.lines.find(({ id }) => id === 'lin_1')
  const replay = line && replayLine(order, line, { inputs })
  if (!replay) throw new Error('It cannot be priced again.')
  return replay({ whole, loose: new Map(Object.entries(loose)) })
}

describe('what is kept would have cost', () => {
  test('whole units by part, and each loose part what it costs by itself', () => {
    expect(costOf(samplePrograms(3), 1, { art: 1, law: 2 })).toStrictEqual({
      total: 23_000,
      whole: [
        new Map([
          ['art', 5400],
          ['law', 3600],
        ]),
      ],
      loose: new Map([
        ['art', [6000]],
        ['law', [4000, 4000]],
      ]),
    })
  })

  test('each loose part what falls on it of a discount on all', () => {
    const inputs = {
      ...samplePrograms(3),
      promotions: [samplePromotion({ benefit: { type: 'fixed', amounts: [{ amount: 100, currency: 'EUR' }] } })],
    }
    // 1.00 off three arts at 60.00.
    expect(costOf(inputs, 0, { art: 3 }).loose).toStrictEqual(new Map([['art', [5966, 5967, 5967]]]))
  })

  test.each<[string, Partial<PricedVariant>]>([
    ['is not published by itself', { refusal: 'not_published' }],
    ['is on the site by itself later', { refusal: 'not_yet_on_sale', partRefusal: null }],
    ['is sold one at a time', { maximumQuantity: 1 }],
    ['is sold once to a person', { repeatable: false }],
    ['is sold out by now', { capacity: 2, placesLeft: 2 }],
    ['needs another before', { prerequisite: { variants: ['var_none'], policy: 'refuse' } }],
  ])('its price by itself, for a part that %s', (_what, changes) => {
    expect(costOf(samplePrograms(2, changes), 0, { art: 2 }).total).toBe(12_000)
  })

  test('its share as it was sold, for a part that had no price in that number', () => {
    const inputs = samplePrograms(2, { prices: [samplePrice(6000, { minimumQuantity: 2 })] })
    expect(costOf(inputs, 0, { art: 1, law: 1 })).toMatchObject({
      total: 9400,
      loose: new Map([
        ['art', [5400]],
        ['law', [4000]],
      ]),
    })
    expect(costOf(inputs, 1, { art: 1 }).loose).toStrictEqual(new Map([['art', [5400]]]))
    expect(costOf(inputs, 0, { art: 2 }).loose).toStrictEqual(new Map([['art', [6000, 6000]]]))
    const rareLaw = samplePrograms(2, {}, { prices: [samplePrice(4000, { minimumQuantity: 2 })] })
    expect(costOf(rareLaw, 0, { law: 1 }).loose).toStrictEqual(new Map([['law', [3600]]]))
  })

  test('its share as it was sold, for a unit whose variant had no price in that number', () => {
    const inputs = sampleInputs({
      lines: [{ id: 'lin_1', variantId: 'var_a', quantity: 3 }],
      variants: variantsById(sampleVariant('var_a', null, { prices: [samplePrice(500, { minimumQuantity: 3 })] })),
    })
    expect(costOf(inputs, 2)).toStrictEqual({
      total: 1000,
      whole: [new Map([['all', 500]]), new Map([['all', 500]])],
      loose: new Map(),
    })
  })

  test('the whole program, though the buyer owns a part: they bought several, so it was for others', () => {
    const inputs = { ...samplePrograms(2), shopper: owner }
    expect(sampleOrder(inputs).total).toBe(18_000)
    expect(costOf(inputs, 1).total).toBe(9000)
  })

  test('the part of a program that was sold without what the buyer owned', () => {
    const inputs = { ...samplePrograms(1), shopper: owner }
    const { total } = sampleOrder(inputs)
    expect(total).toBeLessThan(9000)
    expect(costOf(inputs, 1).total).toBe(total)
  })

  test('the same beside another line that needed what is refunded', () => {
    const base = samplePrograms(1)
    const inputs = {
      ...base,
      lines: [...base.lines, { id: 'lin_2', variantId: 'var_lab', quantity: 1 }],
      variants: {
        ...base.variants,
        var_lab: sampleVariant('var_lab', 6000, { prerequisite: { variants: ['var_law'], policy: 'refuse' } }),
      },
      // 10 % off from 100.00 on, which the art and the lab are together.
      promotions: [
        samplePromotion({
          benefit: { type: 'percent', percent: '10' },
          conditions: [{ type: 'minimum_subtotal', amounts: [{ amount: 10_000, currency: 'EUR' }] }],
        }),
      ],
    }
    expect(sampleOrder(inputs).lines.map(({ parts }) => parts.length)).toStrictEqual([2, 1])
    expect(costOf(inputs, 0, { art: 1 }).total).toBe(5400)
  })

  test('what was chosen for this line, not for the one before it', () => {
    const choice = (id: string) => ({
      bundle: {
        parts: [],
        groups: [{ id: 'choice', title: 'Choose one', choose: 1, parts: [{ id, variantId: `var_${id}` }] }],
        pricing: { type: 'own_price' as const },
        ownedParts: 'sell_all' as const,
      },
    })
    const inputs = sampleInputs({
      lines: [
        { id: 'lin_0', variantId: 'var_p', quantity: 1, parts: ['art'] },
        { id: 'lin_1', variantId: 'var_q', quantity: 2, parts: ['law'] },
      ],
      variants: variantsById(
        sampleVariant('var_p', 5000, choice('art')),
        sampleVariant('var_q', null, {
          ...choice('law'),
          prices: [samplePrice(5000), samplePrice(3000, { minimumQuantity: 2 })],
        }),
        sampleVariant('var_art', 6000),
        sampleVariant('var_law', 4000),
      ),
    })
    expect(costOf(inputs, 1).total).toBe(5000)
  })
})

describe('what is kept of an order whose taxes a calculator reckoned', () => {
  const sold = (priceBasis: 'inclusive' | 'exclusive'): PricingInputs => {
    const inputs = samplePrograms(3)
    const said = (part: string, amount: number, tax: number) => ({
      ...{ line: 'lin_1', part, amount },
      taxes: [{ name: 'Sales tax', rate: '10', jurisdiction: 'US', amount: tax }],
    })
    return {
      ...inputs,
      site: { ...inputs.site, priceBasis },
      // The tables would take another tax.
      taxRates: [{ id: 'us', country: 'DE', category: '*', name: 'Tax', rate: '50' }],
      taxes: {
        ...{ type: 'calculated', calculator: 'service', reference: null },
        items: [said('art', 16_200, 1620), said('law', 10_800, 540)],
      },
    }
  }

  test('costs its price, where prices contain tax', () => {
    expect(costOf(sold('inclusive'), 2, { art: 1 }).total).toBe(2 * 9000 + 6000)
  })

  test('costs its price and tax in the proportion in which it was sold, where they do not', () => {
    expect(costOf(sold('exclusive'), 1, { art: 1, law: 1 })).toStrictEqual({
      total: 5940 + 3780 + 6600 + 4200,
      whole: [
        new Map([
          ['art', 5940],
          ['law', 3780],
        ]),
      ],
      loose: new Map([
        ['art', [6600]],
        ['law', [4200]],
      ]),
    })
  })

  test('its share, where no more than that was bought', () => {
    expect(costOf(sold('exclusive'), 3).total).toBe(sampleOrder(sold('exclusive')).total)
  })
})

describe('pricing inputs', () => {
  const inputs = samplePrograms(1)
  const order = sampleOrder(inputs)
  const [line] = order.lines
  if (line === undefined) throw new Error('The order has no line.')

  test('of another engine are not replayed', () => {
    expect(replayLine(order, line, { inputs: { ...inputs, engine: 0 } })).toBeNull()
    expect(replayLine({ ...order, engine: 0 }, line, { inputs })).toBeNull()
  })

  test('that are not the order’s are refused, with its number', () => {
    expect(() => replayLine(order, line, { inputs: samplePrograms(2) })).toThrow(
      new RangeError('These pricing inputs are not those of the order R-1: their hash differs.'),
    )
  })
})

const owner = {
  ...{ customerId: 'cus_1', groups: [], firstOrder: 'no' as const },
  owned: { products: [], variants: ['var_art'], paid: {} },
}
