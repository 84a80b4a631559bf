import { type BundlePart, chosenParts } from '../catalog/index.ts'
import { sortFew } from '../ids/index.ts'
import { ownValue } from '../json/index.ts'
import { exactAmount } from '../money/index.ts'
import { applicableLists, choosePrice } from './choose-price.ts'
import { comparePrice } from './compare-price.ts'
import { listPriceStep } from './list-price-step.ts'
import { couldNotBeLearnt, isForShopper, ownershipOf, paidFor } from './owned-facts.ts'
import { type Places, takePlaces } from './places.ts'
import { type PlacePrices, pricesAtPlace } from './price-at-place.ts'
import {
  type BundleItem,
  type BundlePriceSource,
  leftOfPayment,
  type PricedBundle,
  priceBundle,
} from './price-bundle.ts'
import type { PriceList } from './price-list.ts'
import { upgradeCredit } from './price-upgrade.ts'
import type { LineRefusal, PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import type { LeftOutPart } from './quote.ts'
import { judgePrerequisite, owesUpgraded, refuseRepeat, type SoldToShopper, soldByBundles } from './refuse-repeat.ts'
import { refusePart, refuseVariant } from './refuse-variant.ts'
import type { RefusedLine, WorkingLine } from './working-line.ts'

/** The lines after the steps of price list, upgrade and bundle. */
export interface PricedLines {
  /** One for each line of the cart, in its order. */
  readonly all: readonly (WorkingLine | RefusedLine)[]
  /** Those that can be sold, ordered by id, so that nothing after depends on the cart's order. */
  readonly sold: readonly WorkingLine[]
}

/**
 * Gives each line its list price, less what an upgrade credits, and prices bundles and splits them over their parts, or
 * says why it can't be sold. Where places run short, the lines with the smaller ids get them, each whole or not at all;
 * of two lines that sell the shopper the same thing, which they can have once, the one with the smaller id stays, but a
 * bundle before a line that sells its part by itself. What was paid for something is credited by one line, the one with the
 * smallest id of those that credit it, and as far as no order before has credited it.
 *
 * @throws RangeError for a quantity that is no whole number of at least 1, a repeated line id, or an overflow.
 */
export function priceLines(inputs: PricingInputs): PricedLines {
  const shelf: Shelf = {
    ...{ inputs, lists: applicableLists(inputs), places: new Map(), taken: new Set(), credited: new Set() },
    inBundles: soldByBundles(inputs.lines, inputs.variants, (line, variant) =>
      sellableParts(line, variant, inputs).map((part) => part.variant),
    ),
    inCart: variantsInCart(inputs),
    there: pricesAtPlace(inputs),
  }
  const byId = new Map<string, WorkingLine | RefusedLine>()
  const sold: WorkingLine[] = []
  for (const source of orderedById(inputs.lines)) {
    const line = priceLine(source, shelf)
    byId.set(source.id, line)
    if (!('refusal' in line)) sold.push(line)
  }
  if (byId.size !== inputs.lines.length) throw new RangeError('Each line id stands once in a cart; one is repeated.')
  const priced = (id: string) => byId.get(id) as WorkingLine | RefusedLine // each was, above
  return { all: inputs.lines.map(({ id }) => priced(id)), sold }
}

/** What the lines of one cart are priced from. */
interface Shelf {
  readonly inputs: PricingInputs
  /** Those that count, by precedence. */
  readonly lists: readonly PriceList[]
  /** Places that lines before took. */
  readonly places: Places
  /** What lines before sell to the shopper. */
  readonly taken: SoldToShopper
  /** Variants that lines before credit to the shopper, who paid for them once. */
  readonly credited: Set<string>
  /** What bundles of the cart sell to the shopper. */
  readonly inBundles: ReadonlySet<string>
  /** What is in the cart for the shopper, bundles' parts included: it counts as had before. */
  readonly inCart: ReadonlySet<string>
  /** What prices are at the place of sale. */
  readonly there: PlacePrices
}

function priceLine(source: PricedLine, shelf: Shelf): WorkingLine | RefusedLine {
  assertQuantity(source.quantity)
  const variant = ownValue(shelf.inputs.variants, source.variantId) ?? null
  const refuse = (refusal: LineRefusal): RefusedLine => ({ source, variant, refusal })
  if (variant === null) return refuse('not_published')
  const refusal = refuseVariant(variant, source.quantity)
  if (refusal !== null) return refuse(refusal)
  const { shopper } = shelf.inputs
  const needs = judgePrerequisite(source, variant, shopper, shelf.inCart)
  if (needs.refusal !== null) return refuse(needs.refusal)
  const line = variant.bundle === null ? priceSingle(source, variant, shelf) : priceBundleLine(source, variant, shelf)
  if (typeof line === 'string') return refuse(line)
  if (!takePlaces(line, shelf.places)) return refuse('sold_out')
  if (line.isForShopper) for (const part of line.parts) shelf.taken.add(part.variant.id)
  for (const id of line.credited) shelf.credited.add(id)
  return {
    ...line,
    isUnsure: line.isUnsure || needs.isUnsure,
    comparison: comparePrice(line, shelf.lists),
    prerequisite: needs.advice ?? undefined,
  }
}

function priceSingle(source: PricedLine, variant: PricedVariant, shelf: Shelf): WorkingLine | LineRefusal {
  const { inputs, lists, taken, credited: before, inBundles, there } = shelf
  const repeat = refuseRepeat(source, variant, { shopper: inputs.shopper, taken, inBundles })
  if (repeat !== null) return repeat
  if (owesUpgraded(source, variant, inputs.shopper)) return 'being_bought'
  const price = choosePrice(lists, variant.prices, source.quantity)
  if (price === null) return 'no_price'
  const amount = there.unitOf(price.amount, variant)
  const paid = upgradeCredit(source, variant, { price: amount, inputs, lists, there, credited: before })
  const { credit, step, credited, isUnsure } = paid
  const unitPrice = amount - credit
  const { quantity } = source
  const base = listPriceStep(price, { quantity, there: { amount, reason: there.reason } })
  return startLine(source, variant, {
    unitPrice,
    parts: [{ id: 'all', variant, base: exactAmount(unitPrice * quantity) }],
    credited,
    leftOut: [],
    adjustments: [base, ...(step === null ? [] : [step])],
    isUnsure: isUnsure || asksInVain(source, variant, inputs),
  })
}

function priceBundleLine(source: PricedLine, variant: PricedVariant, shelf: Shelf): WorkingLine | LineRefusal {
  const { inputs, lists, taken, there } = shelf
  const { bundle } = variant
  const chosen = bundle === null ? null : chosenParts(bundle, source.parts ?? [])
  if (bundle === null || chosen === null) return 'parts_not_chosen'
  if (chosen.some((part) => inputs.variants[part.variantId] === undefined)) return 'part_not_available'
  const credited = bundle.ownedParts === 'credit_paid' ? shelf.credited : NONE
  const items = itemsOf(source, chosen, { inputs, taken, credited })
  if (items.every(({ isOwned }) => isOwned) && (variant.repeatable === false || bundle.ownedParts !== 'sell_all')) {
    return items.some((item) => ownershipOf(inputs.shopper, item.variantId) !== 'yes' && taken.has(item.variantId))
      ? 'already_in_cart'
      : 'already_owned'
  }
  const sold = items.filter(({ isOwned }) => bundle.ownedParts === 'sell_all' || !isOwned)
  for (const part of sold) {
    const refusal = refusePart(part.variant)
    if (refusal !== null) return refusal
  }
  const isAlone = isForShopper(source)
  if (isAlone && sold.some(({ variant: part }) => part.repeatable === false && (part.bought?.held ?? 0) > 0)) {
    return 'being_bought'
  }
  const { currency, site } = inputs
  const priced = priceOwnedOnce({
    ...{ variant, bundle, items, lists, there, currency },
    ...{ quantity: source.quantity, rounding: site.rounding },
  })
  if (priced === null) return 'no_price'
  const dependsOnOwned = isAlone && bundle.ownedParts !== 'sell_all'
  const isUnknown = sold.some(({ variant: part }) =>
    dependsOnOwned ? ownershipOf(inputs.shopper, part.id) === 'unknown' : asksInVain(source, part, inputs),
  )
  return startLine(source, variant, { ...priced, isUnsure: priced.isUnsure || isUnknown })
}

/**
 * A part of which an order before credited something is left out with its share, as if that order had sold it, or is credited
 * with what is left of it where that costs less: so nobody pays more than who has less left, and one cent less is worth a cent
 * at most. Each is tried in turn: what one takes off does not depend on the others, but for the rounding of a percent. A part that
 * is owed still is left out, too: it costs the shopper as much whether they pay for it later or lose it.
 */
function priceOwnedOnce(source: BundlePriceSource): PricedBundle | null {
  const before = source.bundle.ownedParts === 'credit_paid' ? source.items.filter(isLeftToOthers) : []
  if (before.length === 0) return priceBundle(source)
  const leftOut = new Set(before)
  const priceNow = () => {
    const items = source.items.map((item) => (leftOut.has(item) ? { ...item, isCredited: reasonOf(item) } : item))
    return priceBundle({ ...source, items })
  }
  let best = priceNow()
  for (const item of before) {
    if (item.paid?.isOwed || leftOfPayment(item.paid) === 0) continue
    leftOut.delete(item)
    const priced = priceNow()
    if (priced !== null && best !== null && priced.unitPrice < best.unitPrice) best = priced
    else leftOut.add(item)
  }
  return best
}

const isLeftToOthers = ({ isInCart, isCredited, paid }: BundleItem): boolean =>
  !isInCart && !isCredited && (paid?.isOwed === true || (paid?.credited ?? 0) > 0)

const reasonOf = ({ paid }: BundleItem): BundleItem['isCredited'] => (paid?.isOwed ? 'owed' : 'order')

const NONE: ReadonlySet<string> = new Set()

/** The parts as a line would sell them; what another line of the cart sells to the shopper counts as owned. */
function itemsOf(
  source: PricedLine,
  parts: readonly BundlePart[],
  { inputs, taken, credited }: Pick<Shelf, 'inputs' | 'taken'> & { credited: ReadonlySet<string> },
): readonly BundleItem[] {
  const counts = isForShopper(source)
  return parts.map(({ id, variantId }) => {
    const variant = inputs.variants[variantId]
    if (variant === undefined) throw new RangeError(`The inputs lack the variant ${variantId} of a bundle's part.`)
    const isTaken = taken.has(variantId) && variant.repeatable === false
    const isOwned = counts && (isTaken || ownershipOf(inputs.shopper, variantId) === 'yes')
    const paid = isOwned && !isTaken ? paidFor(inputs.shopper, variantId) : null
    const isCredited = isOwned && credited.has(variantId) ? 'line' : false
    return { id, variantId, variant, isOwned, isInCart: isOwned && isTaken, isCredited, paid }
  })
}

/** The parts that a bundle's line would sell to the shopper, if it can be sold at all. */
function sellableParts(source: PricedLine, { bundle }: PricedVariant, inputs: PricingInputs): readonly BundleItem[] {
  const chosen = bundle === null ? null : chosenParts(bundle, source.parts ?? [])
  if (chosen === null || chosen.some(({ variantId }) => inputs.variants[variantId] === undefined)) return []
  return itemsOf(source, chosen, { inputs, taken: new Set(), credited: NONE }).filter(({ isOwned }) => !isOwned)
}

/** Is it sold once to a person, and could it not be learnt whether the shopper has it? */
function asksInVain(source: PricedLine, { id, repeatable }: PricedVariant, { shopper }: PricingInputs): boolean {
  return repeatable === false && isForShopper(source) && couldNotBeLearnt(shopper, id)
}

function startLine(
  source: PricedLine,
  variant: PricedVariant,
  priced: Pick<WorkingLine, 'unitPrice' | 'parts' | 'credited' | 'isUnsure'> & {
    leftOut: readonly LeftOutPart[]
    adjustments: readonly WorkingLine['adjustments'][number][]
  },
): WorkingLine {
  const base = exactAmount(priced.unitPrice * source.quantity)
  return {
    ...priced,
    id: source.id,
    variantId: variant.id,
    productId: variant.productId,
    productType: variant.productType,
    collections: variant.collections,
    quantity: source.quantity,
    base,
    left: base,
    variant,
    isForShopper: isForShopper(source),
    adjustments: [...priced.adjustments],
  }
}

/** A gift is not had by who buys it. */
function variantsInCart({ lines, variants }: PricingInputs): ReadonlySet<string> {
  const inCart = new Set<string>()
  for (const { variantId, parts = [], forOthers } of lines) {
    if (forOthers === true) continue
    inCart.add(variantId)
    const bundle = variants[variantId]?.bundle ?? null
    if (bundle !== null) for (const part of chosenParts(bundle, parts) ?? []) inCart.add(part.variantId)
  }
  return inCart
}

function orderedById(lines: readonly PricedLine[]): readonly PricedLine[] {
  return lines.length < 2 ? lines : sortFew([...lines], (left, right) => (left.id < right.id ? -1 : 1))
}

function assertQuantity(quantity: number): void {
  if (Number.isSafeInteger(quantity) && quantity >= 1) return
  throw new RangeError(`A quantity is a whole number of at least 1, not ${quantity}.`)
}
