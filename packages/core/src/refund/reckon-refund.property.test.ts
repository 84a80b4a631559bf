import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../ids/index.ts'
import type { Order, OrderLine } from '../order/index.ts'
import { type PricingInputs, quote } from '../pricing/index.ts'
import {
  sampleInputs,
  samplePrice,
  samplePriceList,
  samplePromotion,
  sampleVariant,
  variantsById,
} from '../pricing/sample-inputs.ts'
import { type LineShares, sharesAsSold } from './part-shares.ts'
import { type RefundRule, reckonRefund } from './reckon-refund.ts'
import { refundOptions } from './refund-options.ts'
import { countKept, replayLine } from './replay-kept.ts'
import { sampleOrder } from './sample-order.ts'
import { type ShareAmounts, sumAmounts } from './share-amounts.ts'

const SINGLES = ['var_a', 'var_b', 'var_c']
const amount = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 500_000 }))
const percent = fc.constantFrom('0.5', '12.5', '20', '33.333333', '100')

/** Prices from one unit on and tiers above; some have none of their own, as parts that are never sold by themselves. */
const variant = (id: string) =>
  fc
    .record({
      price: fc.option(amount, { nil: null, freq: 6 }),
      tier: fc.option(fc.record({ amount, minimumQuantity: fc.constantFrom(2, 3, 10) }), { nil: null }),
      taxCategory: fc.constantFrom('recorded', 'printed', 'free'),
    })
    .map(({ price, tier, taxCategory }) =>
      sampleVariant(id, null, {
        taxCategory,
        placesLeft: 1000,
        capacity: 1000,
        prices: [
          ...(price === null ? [] : [samplePrice(price)]),
          ...(tier === null ? [] : [samplePrice(tier.amount, { minimumQuantity: tier.minimumQuantity })]),
        ],
      }),
    )

/** A program by each rule of price and of owned parts, with a choice of one of its last parts or none. */
const bundle = (currency: string) =>
  fc
    .record({
      price: amount,
      parts: fc.subarray(SINGLES, { minLength: 2 }),
      toChoose: fc.constantFrom(0, 0, 2),
      pricing: fc.oneof(
        fc.constant({ type: 'own_price' as const }),
        percent.map((text) => ({ type: 'sum_less_percent' as const, percent: text })),
        amount.map((off) => ({ type: 'sum_less_amount' as const, amounts: [{ amount: off, currency }] })),
      ),
      ownedParts: fc.constantFrom('sell_all' as const, 'leave_out' as const, 'credit_paid' as const),
    })
    .map(({ price, parts, toChoose, pricing, ownedParts }) => {
      const all = parts.map((variantId) => ({ id: variantId.replace('var_', 'part_'), variantId }))
      const group = { id: 'choice', title: 'Choose one', choose: 1, parts: all.slice(all.length - toChoose) }
      return sampleVariant('var_p', price, {
        bundle: {
          parts: all.slice(0, all.length - toChoose),
          ...(toChoose === 0 ? {} : { groups: [group] }),
          ...{ pricing, ownedParts },
        },
      })
    })

/** What the shopper owns already, with what was paid for it where that is known. */
const owned = fc.subarray(SINGLES).chain((variants) =>
  fc.tuple(...variants.map(() => fc.option(amount, { nil: null, freq: 6 }))).map((paid) => ({
    ...{ products: [], variants },
    paid: Object.fromEntries(
      variants.flatMap((id, place) => {
        const one = paid[place] ?? null
        return one === null ? [] : [[id, { amount: one, listPrice: one }]]
      }),
    ),
  })),
)

const promotion = (currency: string) =>
  fc
    .record({
      benefit: fc.oneof(
        percent.map((text) => ({ type: 'percent' as const, percent: text })),
        amount.map((off) => ({ type: 'fixed' as const, amounts: [{ amount: off, currency }] })),
        fc.constant({ type: 'buy_x_get_y' as const, buy: 2, get: 1, percent: '100' }),
        percent.map((text) => ({ type: 'quantity_tiers' as const, tiers: [{ minimum: 3, percent: text }] })),
      ),
      minimum: fc.option(amount, { nil: null }),
      stacking: fc.constantFrom('combinable' as const, 'exclusive' as const),
    })
    .map(({ benefit, minimum, stacking }) => ({
      benefit,
      stacking,
      conditions:
        minimum === null ? [] : [{ type: 'minimum_subtotal' as const, amounts: [{ amount: minimum, currency }] }],
    }))

const cart: fc.Arbitrary<PricingInputs> = fc.constantFrom('JPY', 'EUR', 'KWD').chain((currency) =>
  fc
    .record({
      priceBasis: fc.constantFrom('inclusive' as const, 'exclusive' as const),
      rounding: fc.constantFrom('half_up' as const, 'half_even' as const, 'down' as const),
      lines: fc.array(
        fc.record({
          variantId: fc.constantFrom('var_p', 'var_p', ...SINGLES),
          quantity: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 11 })),
          choice: fc.nat(1),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      variants: fc.tuple(bundle(currency), ...SINGLES.map(variant)),
      owned,
      promotions: fc.array(promotion(currency), { maxLength: 3 }),
    })
    .map(({ priceBasis, rounding, lines, variants, owned: facts, promotions }) => {
      const [program] = variants
      const choices = program.bundle?.groups?.[0]?.parts ?? []
      return sampleInputs({
        site: { id: 'main', priceBasis, rounding, timeZone: 'Europe/Berlin' },
        currency,
        shopper: { ...sampleInputs().shopper, owned: facts },
        lines: lines.map(({ choice, ...line }, place) => {
          const part = line.variantId === 'var_p' ? choices[choice] : undefined
          return { id: `lin_${place}`, ...line, ...(part === undefined ? {} : { parts: [part.id] }) }
        }),
        variants: variantsById(...variants),
        priceLists: [samplePriceList({ currency })],
        promotions: promotions.map((one, place) => samplePromotion({ id: `pro_${place}`, ...one })),
        taxRates: [
          { id: 'all', country: 'DE', category: '*', name: 'VAT', rate: '19' },
          { id: 'print', country: 'DE', category: 'printed', name: 'VAT', rate: '7' },
          { id: 'free', country: 'DE', category: 'free', name: 'VAT', rate: '0' },
        ],
      })
    }),
)

/** An order, one of its lines, and the order and sizes in which its parts are refunded. */
const refunded = cart
  .map((inputs) => ({ inputs, order: sampleOrder(inputs) }))
  .filter(({ order }) => order.lines.some(({ parts }) => parts.length > 0))
  .chain(({ inputs, order }) =>
    fc.constantFrom(...order.lines.filter(({ parts }) => parts.length > 0)).chain((line) => {
      const all = sharesAsSold(line).kept.map(({ unit, part }) => ({ unit, part }))
      return fc.record({
        inputs: fc.constant(inputs),
        order: fc.constant(order),
        line: fc.constant(line),
        sequence: fc.shuffledSubarray(all, { minLength: all.length }),
        sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: all.length, maxLength: all.length }),
      })
    }),
  )

type Refunded = (typeof refunded)['generate'] extends (...given: never[]) => { value: infer Value } ? Value : never

const RUNS = { numRuns: 2000 }
const columns = ({ net, tax, total }: Omit<ShareAmounts, 'taxes'>) => ({ net, tax, total })
const taxesOf = (list: readonly ShareAmounts[]) =>
  Object.fromEntries(
    sumAmounts(list)
      .taxes.filter((tax) => tax.amount > 0)
      .map((tax) => [tax.taxRate, tax.amount])
      .sort(),
  )
const paidTaxes = (line: OrderLine) => {
  const sums = new Map<string, number>()
  for (const tax of line.parts.flatMap(({ taxes }) => taxes))
    sums.set(tax.taxRate, (sums.get(tax.taxRate) ?? 0) + tax.amount)
  return Object.fromEntries([...sums].filter(([, paid]) => paid > 0).sort())
}

/** Refunds in steps until nothing is kept, and checks each step. */
function refundAll({ inputs, order, line, sequence, sizes }: Refunded, rule: RefundRule): ShareAmounts[] {
  const replay = replayLine(order, line, { inputs })
  let shares: LineShares = sharesAsSold(line)
  const given: ShareAmounts[] = []
  for (let at = 0; at < sequence.length; ) {
    const size = rule === 'whole_only' ? sequence.length : (sizes[at] ?? 1)
    const chosen = sequence.slice(at, at + size)
    at += chosen.length
    const before = sumAmounts(shares.kept)
    const answer = reckonRefund({ line, shares, chosen, rule, replay })
    if (answer.outcome !== 'reckoned') throw new Error(answer.reason)
    const after = sumAmounts(answer.shares.kept)
    expect(answer.amount.total + after.total).toBe(before.total)
    expect(answer.amount.net + after.net).toBe(before.net)
    for (const one of [...answer.refunded, ...answer.shares.kept]) assertAmounts(one)
    for (const one of answer.refunded) {
      const own = shares.kept.find(({ unit, part }) => unit === one.unit && part === one.part)
      expect(one.total).toBeLessThanOrEqual(own?.total ?? -1)
    }
    given.push(answer.amount)
    shares = answer.shares
  }
  expect(shares.kept).toHaveLength(0)
  return given
}

function assertAmounts({ net, tax, total, taxes }: ShareAmounts): void {
  for (const one of [net, tax, total, ...taxes.map((each) => each.amount)]) {
    expect(Number.isSafeInteger(one) && one >= 0 && !Object.is(one, -0)).toBe(true)
  }
  expect(net + tax).toBe(total)
  expect(taxes.reduce((sum, each) => sum + each.amount, 0)).toBe(tax)
}

describe('refunds, for all orders', () => {
  for (const rule of ['share', 'reprice', 'whole_only'] as const) {
    it(`give back exactly what was paid, in any order and steps, each tax by itself: ${rule} (F44, F46)`, () => {
      fc.assert(
        fc.property(refunded, (made) => {
          const given = refundAll(made, rule)
          expect(columns(sumAmounts(given))).toStrictEqual(columns(made.line))
          expect(taxesOf(given)).toStrictEqual(paidTaxes(made.line))
        }),
        RUNS,
      )
    })
  }

  it('are asked of programs by each rule, with parts left out, credited and chosen', () => {
    const met = new Set<string>()
    for (const { inputs, line } of fc.sample(refunded, { numRuns: 500, seed: 1 })) {
      const program = line.variantId === 'var_p' ? inputs.variants.var_p?.bundle : null
      if (!program) continue
      const all = program.parts.length + (program.groups?.length ?? 0)
      met.add(program.pricing.type)
      if (all > line.parts.length) met.add(program.ownedParts)
      if (program.groups !== undefined) met.add('choice')
      if (new Set(line.parts.flatMap(({ taxes }) => taxes.map(({ rate }) => rate))).size > 1) met.add('two rates')
    }
    expect([...met].sort()).toEqual([
      ...['choice', 'credit_paid', 'leave_out', 'own_price', 'sum_less_amount', 'sum_less_percent', 'two rates'],
    ])
  })

  it('give each part its frozen allocation under `share`, whatever went before (F45)', () => {
    fc.assert(
      fc.property(refunded, ({ line, sequence }) => {
        let shares = sharesAsSold(line)
        for (const chosen of sequence) {
          const run = line.units.find(({ first, count }) => chosen.unit >= first && chosen.unit < first + count)
          const frozen = run?.allocations.find(({ part }) => part === chosen.part)
          const answer = reckonRefund({ line, shares, chosen: [chosen], rule: 'share', replay: null })
          if (answer.outcome !== 'reckoned') throw new Error(answer.reason)
          expect(columns(answer.amount)).toStrictEqual({ net: frozen?.net, tax: frozen?.tax, total: frozen?.total })
          shares = answer.shares
        }
      }),
      RUNS,
    )
  })

  it('leave what the kept units would have cost by themselves, bought alone, under `reprice`', () => {
    fc.assert(
      fc.property(refunded, fc.nat(), ({ inputs, order, line }, pick) => {
        fc.pre(line.parts.length === 1 && line.quantity > 1)
        const keptUnits = 1 + (pick % (line.quantity - 1))
        const lines = inputs.lines.flatMap((one) => {
          if (one.id === line.id) return [{ ...one, quantity: keptUnits }]
          return order.lines.some(({ id, parts }) => id === one.id && parts.length > 0) ? [one] : []
        })
        const alone = quote({ ...inputs, lines }).lines.find(({ id }) => id === line.id)
        fc.pre(alone?.refusal === null)
        const shares = sharesAsSold(line)
        const chosen = shares.kept.slice(keptUnits).map(({ unit, part }) => ({ unit, part }))
        const most = shares.kept.slice(keptUnits).reduce((sum, { total }) => sum + total, 0)
        const answer = reckonRefund({
          line,
          shares,
          chosen,
          rule: 'reprice',
          replay: replayLine(order, line, { inputs }),
        })
        if (answer.outcome !== 'reckoned') throw new Error(answer.reason)
        const owed = line.total - (alone?.total ?? 0)
        expect(answer.amount.total).toBe(Math.min(most, Math.max(0, owed)))
        expect(answer.shares.version).toBe(2)
      }),
      RUNS,
    )
  })

  it('cost the whole line what was paid for it, replayed with nothing refunded', () => {
    fc.assert(
      fc.property(refunded, ({ inputs, order, line }) => {
        const cost = replayLine(order, line, { inputs })?.(countKept(line, sharesAsSold(line).kept))
        expect(cost?.total).toBe(line.total)
      }),
      RUNS,
    )
  })

  it('are what the options say of each part, also after a refund', () => {
    fc.assert(
      fc.property(refunded, ({ inputs, order: sold, line, sequence }) => {
        const order = { ...sold, lines: sold.lines.map((one) => ({ ...one, refundRule: 'reprice' as const })) }
        const replay = replayLine(order, line, { inputs })
        const first = sequence.slice(0, 1)
        const start = reckonRefund({ line, shares: sharesAsSold(line), chosen: first, rule: 'reprice', replay })
        if (start.outcome !== 'reckoned') throw new Error(start.reason)
        for (const shares of [sharesAsSold(line), start.shares]) {
          const options = optionsOf(order, inputs, shares).lines.find(({ lineId }) => lineId === line.id)
          expect(options?.parts).toHaveLength(shares.kept.length)
          for (const option of options?.parts ?? []) {
            const chosen = [{ unit: option.unit, part: option.part }]
            for (const [rule, said] of [
              ['share', option.share],
              ['reprice', option.reprice],
              ['whole_only', option.wholeOnly],
            ] as const) {
              const answer = reckonRefund({ line, shares, chosen, rule, replay })
              expect(said && columns(said)).toStrictEqual(answer.outcome === 'reckoned' ? columns(answer.amount) : null)
            }
          }
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function optionsOf(order: Order, inputs: PricingInputs, shares: LineShares) {
  return refundOptions(order, {
    now: inputs.now,
    timeZone: 'Europe/Berlin',
    policy: {
      windowDays: null,
      beforeStart: false,
      maximumProgress: null,
      withoutCertificate: false,
      withoutWaiver: false,
    },
    inputs,
    shares: new Map([[shares.lineId, shares]]),
    factsOf: () => null,
  })
}

it('the hash of other inputs is refused', () => {
  const inputs = sampleInputs({
    lines: [{ id: 'lin_0', variantId: 'var_a', quantity: 1 }],
    variants: variantsById(sampleVariant('var_a', 100)),
  })
  const order = sampleOrder(inputs)
  const [line] = order.lines
  if (line === undefined) throw new Error('no line')
  expect(hashOf(inputs)).toBe(order.inputsHash)
  expect(() => replayLine(order, line, { inputs: { ...inputs, currency: 'USD' } })).toThrow(RangeError)
  expect(replayLine({ ...order, engine: 0 }, line, { inputs })).toBeNull()
})
