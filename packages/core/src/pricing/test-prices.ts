import type { PromotionRules } from '../promotion/index.ts'
import { applyPromotions } from './apply-promotions.ts'
import { type PricedLines, priceLines } from './price-lines.ts'
import type { PricingInputs, TestPrice } from './pricing-inputs.ts'
import type { WorkingLine } from './working-line.ts'

/** Lines at their test prices. */
export interface TestedLines extends PricedLines {
  /** Those that promotions may touch. */
  readonly open: readonly WorkingLine[]
}

/**
 * Lines with the prices of assignments in the place of list prices, before everything else. Where an assignment does not
 * stack with promotions it is decided once for each variant, at list prices with all promotions: either the list price
 * counts, with them, or the test price, and then its lines take no part in promotions.
 */
export function priceWithTests(inputs: PricingInputs, rules: PromotionRules): TestedLines {
  const assigned = assignmentsOf(inputs)
  if (assigned.size === 0) {
    const lines = priceLines(inputs)
    return { ...lines, open: lines.sold }
  }
  const stacked = only(assigned, ({ promotions }) => promotions === 'stack')
  const others = only(assigned, ({ promotions }) => promotions !== 'stack')
  const closed = only(others, (test) => isWorthTesting(test, { inputs, stacked, all: assigned }, rules))
  const lines = testedLines(inputs, new Map([...stacked, ...closed]))
  return { ...lines, open: lines.sold.filter(({ variantId }) => !closed.has(variantId)) }
}

type Assigned = ReadonlyMap<string, TestPrice>

/** By variant; of several for one variant the experiment with the smaller id counts. */
function assignmentsOf({ assignments = [], currency }: PricingInputs): Assigned {
  const found = new Map<string, TestPrice>()
  for (const one of assignments) {
    const known = found.get(one.variantId)
    if (one.price.currency !== currency || (known !== undefined && known.experiment < one.experiment)) continue
    found.set(one.variantId, one)
  }
  return found
}

const only = (assigned: Assigned, isWanted: (test: TestPrice) => boolean): Assigned =>
  new Map([...assigned].filter(([, test]) => isWanted(test)))

/** Does the test price count, where it may not stand beside promotions? */
function isWorthTesting(
  { variantId, promotions }: TestPrice,
  { inputs, stacked, all }: { inputs: PricingInputs; stacked: Assigned; all: Assigned },
  rules: PromotionRules,
): boolean {
  const own = (lines: readonly WorkingLine[]) => lines.filter((line) => line.variantId === variantId)
  const { sold } = testedLines(inputs, stacked)
  applyPromotions(inputs, sold, rules)
  const atList = own(sold).reduce((sum, { left }) => sum + left, 0)
  if (promotions === 'promotion_wins') return own(sold).every(({ left, base }) => left === base)
  return own(testedLines(inputs, all).sold).reduce((sum, { base }) => sum + base, 0) < atList
}

/** Lines at test prices, each with the list price and the difference as steps. */
function testedLines(inputs: PricingInputs, tests: Assigned): PricedLines {
  const byList = new Map(priceLines(inputs).sold.map((line) => [line.id, line]))
  const lines = priceLines({ ...inputs, variants: variantsAt(inputs.variants, tests) })
  for (const line of lines.sold) {
    const test = tests.get(line.variantId)
    const [price] = byList.get(line.id)?.adjustments ?? []
    const [own] = line.adjustments
    if (test === undefined || price === undefined || own === undefined) continue
    const cause = { type: 'assignment', experiment: test.experiment } as const
    const difference = {
      step: 'test_price',
      amount: own.amount - price.amount,
      cause,
      reason: 'Price of a test',
    } as const
    line.adjustments.splice(0, 1, price, difference)
  }
  return lines
}

/** Every list and tier that has a price has the test's, which is compared with nothing. */
function variantsAt(variants: PricingInputs['variants'], tests: Assigned): PricingInputs['variants'] {
  const tested = [...tests].flatMap(([id, { price }]) => {
    const variant = variants[id]
    if (variant === undefined) return []
    const prices = variant.prices.map((one) => ({ ...one, amount: price.amount, compareAt: null }))
    return [[id, { ...variant, prices }] as const]
  })
  return { ...variants, ...Object.fromEntries(tested) }
}
