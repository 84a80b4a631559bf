import fc from 'fast-check'
import { test } from 'vitest'
import type { Bundle } from '../catalog/index.ts'
import { allocateUnits } from '../order/allocate-units.ts'
import { quote } from './price-cart.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePriceList, sampleVariant, variantsById } from './sample-inputs.ts'

const CURRENCIES = ['JPY', 'EUR', 'KWD'] as const
const NAMES = ['a', 'b', 'c', 'd', 'e'] as const
const amount = fc.integer({ min: 0, max: 1_000_000 })

const cart = fc
  .record({
    currency: fc.constantFrom(...CURRENCIES),
    prices: fc.array(amount, { minLength: 2, maxLength: NAMES.length }),
    own: amount,
    off: fc.integer({ min: 1, max: 1_000_000 }),
    percent: fc.integer({ min: 1, max: 10_000 }),
    pricing: fc.constantFrom('own_price', 'sum_less_percent', 'sum_less_amount'),
    ownedParts: fc.constantFrom('sell_all', 'leave_out', 'credit_paid'),
    owned: fc.subarray([...NAMES]),
    paid: fc.array(amount, { minLength: NAMES.length, maxLength: NAMES.length }),
    quantity: fc.constantFrom(1, 1, 1, 2, 7),
    rates: fc.array(fc.constantFrom('7', '19'), { minLength: NAMES.length, maxLength: NAMES.length }),
    priceBasis: fc.constantFrom('inclusive', 'exclusive'),
    foreignPrices: fc.constantFrom('same_shelf', 'same_net'),
    country: fc.constantFrom('DE', 'FR', 'CH'),
  })
  .map(({ currency, prices, own, off, percent, pricing, ownedParts, owned, paid, quantity, rates, ...place }) => {
    const { priceBasis, foreignPrices, country } = place
    const parts = prices.map((_, place) => ({ id: NAMES[place] ?? '', variantId: `var_${NAMES[place]}` }))
    const rule: Bundle['pricing'] =
      pricing === 'sum_less_percent'
        ? { type: pricing, percent: String(percent / 100) }
        : pricing === 'sum_less_amount'
          ? { type: pricing, amounts: [{ amount: off, currency }] }
          : { type: 'own_price' }
    const inputs = sampleInputs({ currency, priceLists: [samplePriceList({ currency })] })
    const taxRates = ['7', '19'].flatMap((category) => [
      { id: `t${category}`, country: 'DE', category, name: 'VAT', rate: category },
      { id: `f${category}`, country: 'FR', category, name: 'TVA', rate: category === '7' ? '5.5' : '20' },
    ])
    return {
      ...inputs,
      site: { ...inputs.site, priceBasis, foreignPrices, country: 'DE' },
      place: { country, basis: 'declared' },
      taxRates,
      shopper: {
        ...inputs.shopper,
        owned: {
          products: [],
          variants: owned.map((name) => `var_${name}`),
          paid: Object.fromEntries(
            owned.map((name, place) => [`var_${name}`, { amount: paid[place] ?? 0, listPrice: 0 }]),
          ),
        },
      },
      variants: variantsById(
        ...prices.map((price, place) =>
          sampleVariant(`var_${NAMES[place]}`, price, { taxCategory: rates[place] ?? '' }),
        ),
        sampleVariant('var_p', own, { bundle: { parts, pricing: rule, ownedParts } }),
      ),
      lines: [{ id: 'l', variantId: 'var_p', quantity }],
    } as const
  })

const reversed = (inputs: PricingInputs): PricingInputs => {
  const program = inputs.variants.var_p
  if (program === undefined || program.bundle === null) throw new Error('The program is there.')
  const bundle = { ...program.bundle, parts: [...program.bundle.parts].reverse() }
  return { ...inputs, variants: { ...inputs.variants, var_p: { ...program, bundle } } }
}

test('a bundle is the sum of its parts in every column, steps sum to the total, and nothing is negative', () => {
  fc.assert(
    fc.property(cart, (inputs) => {
      const [line] = quote(inputs).lines
      if (line === undefined || line.refusal !== null) return line?.refusal === 'already_owned'
      const columns = ['base', 'discount', 'net', 'tax', 'total'] as const
      const sumsHold = columns.every((one) => line.parts.reduce((sum, part) => sum + part[one], 0) === line[one])
      const steps = line.adjustments.reduce((sum, step) => sum + step.amount, 0)
      const units = allocateUnits(line)
      const unitsHold = columns.every(
        (one) =>
          units.reduce(
            (sum, run) => sum + run.count * run.allocations.reduce((all, share) => all + share[one], 0),
            0,
          ) === line[one],
      )
      const isWhole = [line, ...line.parts].every((one) => columns.every((column) => one[column] >= 0))
      return sumsHold && unitsHold && isWhole && steps === line.total && line.base === line.unitPrice * line.quantity
    }),
    { numRuns: 2000 },
  )
})

test('the order in which a bundle lists its parts does not matter', () => {
  fc.assert(
    fc.property(cart, (inputs) => {
      const [one, other] = [quote(inputs), quote(reversed(inputs))]
      const shares = ({ lines }: typeof one) =>
        JSON.stringify([...(lines[0]?.parts ?? [])].sort((left, right) => (left.id < right.id ? -1 : 1)))
      return one.total === other.total && shares(one) === shares(other)
    }),
    { numRuns: 1000 },
  )
})

test('what is owned never makes a bundle dearer, and two units are twice one that owns nothing', () => {
  fc.assert(
    fc.property(cart, (inputs) => {
      const lines = (quantity: number) => [{ id: 'l', variantId: 'var_p', quantity }]
      const nobody = { ...inputs, shopper: { ...inputs.shopper, owned: { products: [], variants: [] } } }
      const base = (given: PricingInputs) => quote(given).base
      const one = base({ ...nobody, lines: lines(1) })
      return base({ ...inputs, lines: lines(1) }) <= one && base({ ...inputs, lines: lines(2) }) === 2 * one
    }),
    { numRuns: 1000 },
  )
})

test('what was paid comes off what the bundle costs at the place of sale, to the cent', () => {
  fc.assert(
    fc.property(cart, (inputs) => {
      const [line] = quote(inputs).lines
      const { bundle } = inputs.variants.var_p ?? {}
      if (!line || line.refusal !== null || !bundle || bundle.ownedParts !== 'credit_paid') return true
      const nobody = { ...inputs, shopper: { ...inputs.shopper, owned: { products: [], variants: [] } } }
      const paid = (line.leftOut ?? []).map(({ variantId }) => inputs.shopper.owned.paid[variantId]?.amount ?? 0)
      const before = quote(nobody).base
      return line.base === Math.max(0, before - paid.reduce((sum, one) => sum + one, 0))
    }),
    { numRuns: 1000 },
  )
})

test('steps of list prices are never negative, and neither is what a rule or a credit takes off', () => {
  fc.assert(
    fc.property(cart, (inputs) =>
      quote(inputs).lines.every(({ adjustments }) =>
        adjustments.every(({ step, amount: own }) => (step === 'price' ? own >= 0 : step === 'tax' || own <= 0)),
      ),
    ),
    { numRuns: 1000 },
  )
})
