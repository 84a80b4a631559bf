import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateUnits } from '../order/allocate-units.ts'
import { quote } from './price-cart.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { reckonExactly } from './reckon-exactly.ts'
import { sampleInputs, samplePriceList, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const CURRENCIES = ['JPY', 'EUR', 'KWD']
const ROUNDINGS = ['unit', 'line', 'order'] as const
const MODES = ['half_up', 'half_even', 'down'] as const
const CATEGORIES = ['recorded', 'live', 'printed', 'free']
const rate = fc.oneof(fc.constantFrom('0', '5', '9.975', '19', '100'), fc.integer({ min: 0, max: 100 }).map(String))

const taxRates = fc.record({ first: rate, second: rate, third: rate, compound: fc.boolean() }).map((made) => [
  { id: 'one', country: 'DE', category: 'recorded', name: 'A', rate: made.first },
  {
    ...{ id: 'two', country: 'DE', category: 'live', name: 'A', rate: made.first },
    more: [{ name: 'B', rate: made.second, on: made.compound ? ('net_and_taxes' as const) : ('net' as const) }],
  },
  {
    ...{ id: 'three', country: 'DE', category: 'printed', name: 'A', rate: made.third },
    more: [
      { name: 'B', rate: made.second },
      { name: 'C', rate: made.first, on: 'net_and_taxes' as const },
    ],
  },
])

const carts = fc
  .record({
    currency: fc.constantFrom(...CURRENCIES),
    priceBasis: fc.constantFrom('inclusive' as const, 'exclusive' as const),
    rounding: fc.constantFrom(...MODES),
    taxRounding: fc.constantFrom(...ROUNDINGS),
    prices: fc.tuple(...CATEGORIES.map(() => fc.oneof(fc.nat(30), fc.nat(2_000_000)))),
    lines: fc.array(fc.record({ category: fc.nat(4), quantity: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    percent: fc.integer({ min: 1, max: 99 }),
    taxRates,
  })
  .map((made): PricingInputs => {
    const singles = made.prices.map((price, place) =>
      sampleVariant(`var_${place}`, price, { taxCategory: CATEGORIES[place] ?? '' }),
    )
    const parts = singles.map(({ id }) => ({ id: id.replace('var', 'part'), variantId: id }))
    const all = sampleVariant('var_4', (made.prices[0] ?? 0) + 7, {
      bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
    })
    return sampleInputs({
      site: {
        ...{ id: 'main', priceBasis: made.priceBasis, rounding: made.rounding, timeZone: 'UTC' },
        taxRounding: made.taxRounding,
      },
      currency: made.currency,
      priceLists: [samplePriceList({ currency: made.currency })],
      variants: variantsById(...singles, all),
      lines: made.lines.map(({ category, quantity }, place) => ({
        ...{ id: `lin_${place}`, variantId: `var_${category}`, quantity },
      })),
      promotions: [samplePromotion({ benefit: { type: 'percent', percent: String(made.percent) } })],
      taxRates: made.taxRates,
    })
  })

const RUNS = { numRuns: 1000 }

/** Moved to another place, for somebody who is exempt, or neither. */
const placed = fc
  .record({
    inputs: carts,
    foreignPrices: fc.constantFrom('same_shelf' as const, 'same_net' as const),
    place: fc.constantFrom({ country: 'DE' }, { country: 'DE', region: 'BY' }, { country: 'FR' }),
    jurisdictions: fc.constantFrom(undefined, null, ['DE'], ['DE-BY']),
    isDiscounted: fc.boolean(),
  })
  .map(({ inputs, foreignPrices, place, jurisdictions, isDiscounted }): PricingInputs => {
    const [, second, third] = inputs.taxRates
    const further = [second, third].flatMap((rate) => (rate === undefined ? [] : [rate]))
    return {
      ...inputs,
      site: { ...inputs.site, foreignPrices, country: 'DE' },
      place: { ...place, basis: 'declared' },
      taxRates: [
        ...inputs.taxRates,
        ...further.map((rate) => ({ ...rate, id: `${rate.id}_by`, region: 'BY', category: 'recorded' })).slice(0, 1),
        ...further.map((rate) => ({ ...rate, id: `${rate.id}_fr`, country: 'FR', category: '*' })).slice(1),
      ],
      promotions: isDiscounted ? inputs.promotions : [],
      ...(jurisdictions === undefined ? {} : { taxExemption: { reason: 'charity' as const, jurisdictions } }),
    }
  })

describe('taxes of a quote, however they are rounded', () => {
  it('are those of a second reckoning in exact fractions', () => {
    fc.assert(
      fc.property(placed, (inputs) => {
        const { lines } = quote(inputs)
        const taxes: { [tax: string]: number } = {}
        for (const { taxRate, name, amount } of lines.flatMap(({ parts }) => parts.flatMap((part) => part.taxes))) {
          const tax = `${taxRate} ${name ?? 'A'}`
          taxes[tax] = (taxes[tax] ?? 0) + amount
        }
        const shown = lines.map(({ base, discount, net, tax, total, parts }) => ({
          ...{ base, discount, net, tax, total },
          parts: [...parts].sort((one, other) => (one.id < other.id ? -1 : 1)).map((part) => part.total),
        }))
        expect({ lines: shown, taxes }).toEqual(reckonExactly(inputs))
      }),
      { numRuns: 3000 },
    )
  })

  it('are split over units that hold together, and sum by tax and by part', () => {
    fc.assert(
      fc.property(carts, (inputs) => {
        for (const line of quote(inputs).lines) {
          for (const { count, allocations } of allocateUnits(line)) {
            expect(count).toBeGreaterThan(0)
            for (const { net, tax, total } of allocations) {
              expect(Math.min(net, tax)).toBeGreaterThanOrEqual(0)
              expect(net + tax).toBe(total)
            }
          }
          for (const part of line.parts) {
            expect(part.tax).toBe(part.taxes.reduce((sum, { amount }) => sum + amount, 0))
            for (const { amount } of part.taxes) expect(amount).toBeGreaterThanOrEqual(0)
          }
        }
      }),
      RUNS,
    )
  })

  it('are by unit what each unit would cost alone, and a refund of a unit gives back just that', () => {
    fc.assert(
      fc.property(carts, (inputs) => {
        const plain: PricingInputs = { ...inputs, promotions: [], site: { ...inputs.site, taxRounding: 'unit' } }
        for (const line of quote(plain).lines) {
          const alone = quote({ ...plain, lines: [{ id: line.id, variantId: line.variantId, quantity: 1 }] })
          expect(line.total).toBe(alone.total * line.quantity)
          expect(line.tax).toBe(alone.tax * line.quantity)
          const runs = allocateUnits(line)
          expect(runs).toHaveLength(1)
          expect(runs[0]?.allocations.map(({ tax }) => tax)).toEqual(alone.lines[0]?.parts.map(({ tax }) => tax))
        }
      }),
      RUNS,
    )
  })

  it('are by order the same however units stand in lines', () => {
    fc.assert(
      fc.property(carts, (inputs) => {
        const plain: PricingInputs = { ...inputs, promotions: [], site: { ...inputs.site, taxRounding: 'order' } }
        const apart = plain.lines.flatMap(({ id, variantId, quantity }) =>
          Array.from({ length: quantity }, (_, unit) => ({ id: `${id}_${unit}`, variantId, quantity: 1 })),
        )
        const [together, single] = [quote(plain), quote({ ...plain, lines: apart })]
        expect([single.net, single.tax, single.total]).toEqual([together.net, together.tax, together.total])
      }),
      RUNS,
    )
  })

  it('are by line at most one minor unit per rounding from what they are by order', () => {
    fc.assert(
      fc.property(carts, (inputs) => {
        const taxBy = (taxRounding: 'line' | 'order') => quote({ ...inputs, site: { ...inputs.site, taxRounding } }).tax
        const roundings = inputs.lines.length * 6 + 6
        expect(Math.abs(taxBy('line') - taxBy('order'))).toBeLessThanOrEqual(roundings)
      }),
      RUNS,
    )
  })

  it('and prices are of n units of no bundle what they are of n lines of one: by unit, and by order with nothing off', () => {
    const each = fc.nat(3000).map((amount) => [{ amount, currency: 'EUR' }])
    const benefit = fc.oneof(
      fc.integer({ min: 1, max: 100 }).map((percent) => ({ type: 'percent' as const, percent: String(percent) })),
      each.map((amounts) => ({ type: 'fixed' as const, amounts, per: 'unit' as const })),
      each.map((amounts) => ({ type: 'fixed_price' as const, amounts })),
    )
    const promoted = fc.tuple(
      carts,
      fc.array(benefit, { maxLength: 2 }),
      fc.constantFrom('unit' as const, 'order' as const),
    )
    fc.assert(
      fc.property(promoted, ([inputs, benefits, by]) => {
        const promotions =
          by === 'order' ? [] : benefits.map((one, place) => samplePromotion({ id: `pro_${place}`, benefit: one }))
        const site = { ...inputs.site, taxRounding: by, percentRounding: by }
        const sold = inputs.lines.filter(({ variantId }) => variantId !== 'var_4')
        const lines = sold.flatMap((line) =>
          Array.from({ length: line.quantity }, (_, unit) => ({ ...line, id: `${line.id}-${unit}`, quantity: 1 })),
        )
        const cart = { ...inputs, site, promotions }
        expect(quote({ ...cart, lines }).total).toBe(quote({ ...cart, lines: sold }).total)
      }),
      RUNS,
    )
  })

  it('never depend on the order of lines', () => {
    fc.assert(
      fc.property(carts, (inputs) => {
        const byId = (answer: ReturnType<typeof quote>) =>
          [...answer.lines].sort((left, right) => (left.id < right.id ? -1 : 1))
        expect(byId(quote({ ...inputs, lines: [...inputs.lines].reverse() }))).toStrictEqual(byId(quote(inputs)))
      }),
      RUNS,
    )
  })

  it('leave the exempt nothing to pay of them, on the shelf price or on the net', () => {
    fc.assert(
      fc.property(carts, fc.constantFrom('same_shelf' as const, 'same_net' as const), (inputs, foreignPrices) => {
        const site = { ...inputs.site, foreignPrices, country: 'DE' }
        const plain = quote({ ...inputs, promotions: [], site })
        const exempt = quote({ ...inputs, promotions: [], site, taxExemption: { reason: 'charity' } })
        expect(exempt.tax).toBe(0)
        if (site.priceBasis === 'exclusive') expect(exempt.net).toBe(plain.net)
        else if (foreignPrices === 'same_shelf') expect(exempt.total).toBe(plain.total)
        else {
          const units = exempt.lines.reduce((sum, { quantity, parts }) => sum + quantity * parts.length, 0)
          const roundings = units + plain.lines.reduce((sum, { parts }) => sum + 3 * parts.length, 0)
          expect(Math.abs(exempt.total - plain.net)).toBeLessThanOrEqual(roundings)
        }
      }),
      RUNS,
    )
  })
})
