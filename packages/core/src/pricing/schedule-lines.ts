import { ownValue } from '../json/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import type { PageLine, PagePrice } from './page-inputs.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { priceWithTests } from './test-prices.ts'
import type { RefusedLine, WorkingLine } from './working-line.ts'

/** The lines of a cart with what they cost in other quantities. */
export interface ScheduledLines {
  /** In the cart's order. */
  readonly lines: readonly PageLine[]
  /** Are they priced as they are in this cart alone? */
  readonly isFixed: boolean
}

/** A line, and what it costs by itself. */
interface Looked {
  readonly line: PricedLine
  readonly alone: readonly PagePrice[]
}

/**
 * What a unit of each line costs by quantity, reckoned by the engine: each line by itself in each quantity from which
 * another price may count. Where a line is priced otherwise beside the others, as they are or as one unit each, which the
 * shopper buys for themselves, or is sold out, the lines hold for the cart as it is. Nothing else is told of places. What one
 * unit costs by what the shopper owns is not said where that was not gathered.
 */
export function scheduleLines(inputs: PricingInputs, rules: PromotionRules): ScheduledLines {
  const bare = { ...inputs, promotions: [], codes: [] }
  const boundless = { ...bare, variants: withoutPlaces(inputs.variants) }
  const looked = inputs.lines.map((line): Looked => ({ line, alone: pricesAlone(line, boundless, rules) }))
  const own = pricesTogether(bare, rules)
  const isOtherwise = (prices: readonly PagePrice[], quantityOf: (one: Looked) => number) =>
    looked.some((one, place) => !isSamePrice(prices[place], one.alone, quantityOf(one)))
  const isOtherwiseIn = (quantityOf: (one: Looked) => number) => {
    const lines = looked.map((one) => ({ ...one.line, quantity: quantityOf(one) }))
    return isOtherwise(pricesTogether({ ...boundless, lines }, rules), quantityOf)
  }
  const isFixed =
    isOtherwise(own, ({ line }) => line.quantity) ||
    isOtherwiseIn(() => 1) ||
    // A line that can't be bought as one unit is looked at in the first quantity in which it can, too.
    isOtherwiseIn(({ alone }) => firstSold(alone))
  const lines = looked.map(({ line, alone }, place): PageLine => {
    const variant = ownValue(inputs.variants, line.variantId)
    const { productId = '', productType = '', title = '', name = '' } = variant ?? {}
    const prices = isFixed
      ? [{ ...own[place], from: 1 } as PagePrice]
      : isOneUnasked(line, variant, inputs.shopper)
        ? fromTwo(alone)
        : alone
    return { id: line.id, variantId: line.variantId, productId, productType, variant: { title, name }, prices }
  })
  return { lines, isFixed }
}

const firstSold = (alone: readonly PagePrice[]): number => alone.find((price) => !('refusal' in price))?.from ?? 1

function pricesTogether(inputs: PricingInputs, rules: PromotionRules): readonly PagePrice[] {
  const { all } = priceWithTests(inputs, rules)
  return inputs.lines.map(({ quantity }, place) => priceOf(all[place], quantity))
}

function pricesAlone(line: PricedLine, inputs: PricingInputs, rules: PromotionRules): readonly PagePrice[] {
  const prices: PagePrice[] = []
  for (const quantity of breaksOf(line, inputs.variants)) {
    const next = priceIn(quantity, line, inputs, rules)
    if (textOf(prices.at(-1)) !== textOf(next)) prices.push(next)
  }
  return prices
}

/** An amount beyond all bounds can't be bought. */
function priceIn(quantity: number, line: PricedLine, inputs: PricingInputs, rules: PromotionRules): PagePrice {
  try {
    return priceOf(priceWithTests({ ...inputs, lines: [{ ...line, quantity }] }, rules).all[0], quantity)
  } catch (error) {
    if (error instanceof RangeError) return { from: quantity, refusal: 'quantity_above_limit' }
    throw error
  }
}

/** The quantities from which another price may count: one for oneself, several, each tier, more than a line may hold. */
function breaksOf(line: PricedLine, variants: PricingInputs['variants']): readonly number[] {
  const variant = ownValue(variants, line.variantId)
  const { parts = [], groups = [] } = variant?.bundle ?? {}
  const all = [
    variant,
    ...[...parts, ...groups.flatMap((group) => group.parts)].map((part) => variants[part.variantId]),
  ]
  const tiers = all.flatMap((one) => one?.prices.map(({ minimumQuantity }) => minimumQuantity) ?? [])
  const above = variant === undefined ? [] : [variant.maximumQuantity + 1]
  return [...new Set([1, 2, ...tiers, ...above])].sort((left, right) => left - right)
}

/** Would the shopper's rights count for one unit, and were they not asked because several are bought for others? */
function isOneUnasked(
  { quantity, forOthers }: PricedLine,
  variant: PricedVariant | undefined,
  { customerId }: PricingInputs['shopper'],
): boolean {
  if (variant === undefined || customerId === null || quantity === 1 || forOthers === true) return false
  const { repeatable, upgrade, bundle } = variant
  return repeatable === false || upgrade !== undefined || (bundle !== null && bundle.ownedParts !== 'sell_all')
}

function fromTwo([first, ...others]: readonly PagePrice[]): readonly PagePrice[] {
  return first === undefined || others[0]?.from === 2 ? others : [{ ...first, from: 2 }, ...others]
}

function priceOf(line: WorkingLine | RefusedLine | undefined, from: number): PagePrice {
  if (line === undefined) throw new Error('A cart has as many priced lines as lines.')
  if ('refusal' in line) return { from, refusal: line.refusal }
  const { unitPrice, leftOut, isUnsure, prerequisite, comparison } = line
  return {
    ...{ from, unitPrice, leftOut, isUnsure },
    ...(prerequisite === undefined ? {} : { prerequisite }),
    ...(comparison === undefined ? {} : { comparison }),
    parts: line.parts.map(({ id, variant, base }) => ({
      ...{ id, base: base / from },
      variant: { id: variant.id, taxCategory: variant.taxCategory },
    })),
    adjustments: line.adjustments.map((step) => ({ ...step, amount: step.amount / from })),
  }
}

function isSamePrice(own: PagePrice | undefined, alone: readonly PagePrice[], quantity: number): boolean {
  return textOf(own) === textOf(alone.filter(({ from }) => from <= quantity).at(-1))
}

const textOf = (price: PagePrice | undefined): string => JSON.stringify({ ...price, from: undefined })

function withoutPlaces(variants: PricingInputs['variants']): PricingInputs['variants'] {
  const all = Object.entries(variants).map(([id, variant]): [string, PricedVariant] => [
    id,
    { ...variant, capacity: null, placesLeft: null },
  ])
  return Object.fromEntries(all)
}
