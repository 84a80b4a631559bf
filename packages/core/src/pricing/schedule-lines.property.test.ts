import fc from 'fast-check'
import { expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import { createEstimateCart } from './estimate-cart.ts'
import { quote } from './price-cart.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePrice, samplePriceList, sampleVariant, variantsById } from './sample-inputs.ts'
import { scheduleLines } from './schedule-lines.ts'
import { shopperInputs } from './shopper-inputs.ts'

const SINGLES = ['var_a', 'var_b', 'var_c']
const amount = fc.integer({ min: 0, max: 90_000 })
const often = <Value>(value: Value, arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, arbitrary)

const prices = fc.array(
  fc.record({
    priceList: fc.constantFrom('prl_1', 'prl_2'),
    amount,
    minimumQuantity: fc.constantFrom(1, 1, 2, 5, 10),
  }),
  { maxLength: 5 },
)

const single = (id: string): fc.Arbitrary<PricedVariant> =>
  fc
    .record({
      prices,
      maximumQuantity: fc.constantFrom(1, 8, 1000),
      repeatable: often<boolean>(true, fc.boolean()),
      upgradesFrom: often<readonly string[]>([], fc.constant(['var_o'])),
      needs: often<readonly string[]>([], fc.constantFrom(['var_a'], ['var_o'])),
      policy: fc.constantFrom('hint' as const, 'refuse' as const),
      refusal: often<PricedVariant['refusal']>(null, fc.constant('archived' as const)),
      partRefusal: often<PricedVariant['partRefusal']>(undefined, fc.constantFrom(null, 'no_longer_on_sale' as const)),
    })
    .map(({ upgradesFrom: from, needs: variants, policy, ...made }) =>
      sampleVariant(id, null, {
        ...made,
        ...(from.length === 0 ? {} : { upgrade: { from, credit: 'money_paid' } }),
        ...(variants.length === 0 ? {} : { prerequisite: { variants, policy } }),
        prices: made.prices.length === 0 ? [samplePrice(999)] : made.prices,
      }),
    )

const bundle: fc.Arbitrary<PricedVariant> = fc
  .record({
    prices,
    parts: fc.subarray(SINGLES, { minLength: 1 }),
    pricing: fc.constantFrom({ type: 'own_price' as const }, { type: 'sum_less_percent' as const, percent: '12.5' }),
    ownedParts: fc.constantFrom('leave_out' as const, 'credit_paid' as const, 'sell_all' as const),
  })
  .map(({ parts, pricing, ownedParts, ...made }) =>
    sampleVariant('var_p', 5000, {
      prices: [samplePrice(5000), ...made.prices],
      bundle: {
        parts: parts.map((variantId) => ({ id: variantId.replace('var_', 'part_'), variantId })),
        pricing,
        ownedParts,
      },
    }),
  )

const quantity = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 30 }))

const inputsToSend: fc.Arbitrary<PricingInputs> = fc
  .record({
    variants: fc.tuple(...SINGLES.map(single), bundle),
    lines: fc.uniqueArray(
      fc.record({ id: fc.nat(9).map(String), variantId: fc.constantFrom(...SINGLES, 'var_p'), quantity }),
      {
        selector: ({ id }) => id,
        minLength: 1,
        maxLength: 4,
      },
    ),
    owned: fc.subarray(['var_a', 'var_o']),
    paid: amount,
    foreignPrices: fc.constantFrom('same_shelf' as const, 'same_net' as const),
    test: often<number | null>(null, amount),
    priority: fc.nat(1),
  })
  .map(({ variants, lines, owned, paid, foreignPrices, test, priority }) => {
    const sample = sampleInputs()
    return {
      ...sample,
      ...{ lines, variants: variantsById(...variants, sampleVariant('var_o', 700)) },
      site: { ...sample.site, foreignPrices, country: 'DE' },
      place: { country: 'FR', basis: 'declared' },
      shopper: {
        ...sample.shopper,
        owned: { products: [], variants: owned, paid: { var_o: { amount: paid, listPrice: paid } } },
      },
      priceLists: [samplePriceList(), samplePriceList({ id: 'prl_2', priority })],
      taxRates: [
        { id: 'here', country: 'DE', category: '*', name: 'VAT', rate: '19' },
        { id: 'there', country: 'FR', category: '*', name: 'TVA', rate: '20' },
      ],
      ...(test === null
        ? {}
        : {
            assignments: [...[{ variantId: 'var_b', price: { amount: test, currency: 'EUR' }, experiment: 'one' }]].map(
              (one) => ({ ...one, promotions: 'stack' as const }),
            ),
          }),
    }
  })

/** Other quantities, and perhaps without some lines. */
const changed = (lines: readonly PricedLine[]): fc.Arbitrary<PricedLine[]> =>
  fc
    .tuple(fc.subarray([...lines]), fc.array(fc.option(quantity, { nil: null }), { minLength: 4, maxLength: 4 }))
    .map(([kept, quantities]) => kept.map((line, place) => ({ ...line, quantity: quantities[place] ?? line.quantity })))

it('a page that estimates other quantities or fewer lines shows what the server then says, to the last step', () => {
  const estimateCart = createEstimateCart()
  let [runs, estimated] = [0, 0]
  fc.assert(
    fc.property(
      inputsToSend.chain((inputs) => fc.tuple(fc.constant(inputs), changed(inputs.lines))),
      ([inputs, lines]) => {
        runs += 1
        const sent = shopperInputs(inputs, quote(inputs), builtInRules)
        if (sent === null) throw new Error('Nothing was sent.')
        const shown = estimateCart(
          { inputs: JSON.parse(JSON.stringify(sent)), quote: quote(inputs) },
          { lines, codes: [] },
        )
        if (shown === null) return
        estimated += 1
        expect(shown).toEqual({ ...quote({ ...inputs, lines }), uses: [] })
      },
    ),
    { numRuns: 2000 },
  )
  expect(estimated).toBeGreaterThan(runs / 3)
})

it('a line that is sold in fives alone, beside a bundle that has it, is not estimated in another quantity', () => {
  const lines = [
    { id: 'c', variantId: 'var_c', quantity: 3 },
    { id: 'p', variantId: 'var_p', quantity: 9 },
  ]
  const inputs = sampleInputs({
    lines,
    variants: variantsById(
      sampleVariant('var_c', null, { prices: [samplePrice(500, { minimumQuantity: 5 })], repeatable: false }),
      sampleVariant('var_p', 5000, {
        bundle: {
          parts: [{ id: 'part_c', variantId: 'var_c' }],
          ...{ pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
        },
      }),
    ),
  })
  // As one unit each it is refused for what the bundle sells to the shopper, and not for its price.
  const ones = { ...inputs, lines: lines.map((line) => ({ ...line, quantity: 1 })) }
  expect(quote(ones).lines.map(({ refusal }) => refusal)).toEqual(['already_in_cart', null])
  expect(scheduleLines(inputs, builtInRules).isFixed).toBe(true)
  expect(scheduleLines({ ...inputs, lines: lines.slice(0, 1) }, builtInRules).isFixed).toBe(false)
})

it('a line that is sold in pairs alone, and needs what lies beside it, is not estimated in another quantity', () => {
  const inputs = sampleInputs({
    lines: [
      { id: 'a', variantId: 'var_a', quantity: 1 },
      { id: 'c', variantId: 'var_c', quantity: 1 },
    ],
    variants: variantsById(
      sampleVariant('var_a', 999),
      sampleVariant('var_c', null, {
        prices: [samplePrice(500, { minimumQuantity: 2 })],
        prerequisite: { variants: ['var_a'], policy: 'hint' },
      }),
    ),
    shopper: { ...sampleInputs().shopper, owned: { products: [], variants: [] } },
  })
  // Alone it would be advised to have the other, which is in the cart.
  expect(scheduleLines(inputs, builtInRules).isFixed).toBe(true)
  expect(scheduleLines({ ...inputs, lines: inputs.lines.slice(1) }, builtInRules).isFixed).toBe(false)
})

it('one unit is not estimated where several are in the cart and what the shopper owns would count for it', () => {
  const estimateCart = createEstimateCart()
  const once = sampleVariant('var_a', 1000, { repeatable: false })
  const upgrade = sampleVariant('var_a', 1000, { upgrade: { from: ['var_o'], credit: 'money_paid' } })
  const pack = sampleVariant('var_a', 1000, {
    bundle: {
      parts: [{ id: 'part_o', variantId: 'var_o' }],
      ...{ pricing: { type: 'own_price' }, ownedParts: 'leave_out' },
    },
  })
  const lines = [
    { id: 'a', variantId: 'var_a', quantity: 3 },
    { id: 'b', variantId: 'var_b', quantity: 1 },
  ]
  const totalIn = (variant: PricedVariant, quantity: number, changes: Partial<PricingInputs> = {}) => {
    const variants = variantsById(variant, sampleVariant('var_b', 500), sampleVariant('var_o', 700))
    const inputs = sampleInputs({ lines, variants, ...changes })
    const sent = shopperInputs(inputs, quote(inputs), builtInRules)
    if (sent === null) throw new Error('Nothing was sent.')
    const shown = lines.map((line) => (line.id === 'a' ? { ...line, quantity } : line))
    return estimateCart({ inputs: sent, quote: quote(inputs) }, { lines: shown, codes: [] })?.total ?? null
  }
  const guest = { shopper: { ...sampleInputs().shopper, customerId: null } }
  const forOthers = { lines: lines.map((line) => ({ ...line, forOthers: true as const })) }
  for (const variant of [once, upgrade, pack]) {
    expect(totalIn(variant, 1)).toBeNull()
    expect(totalIn(variant, 2)).toBe(2500)
    expect(totalIn(variant, 1, guest)).toBe(1500)
    expect(totalIn(variant, 1, forOthers)).toBe(1500)
  }
  expect(totalIn(sampleVariant('var_a', 1000), 1)).toBe(1500)
})
