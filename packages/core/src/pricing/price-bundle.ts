import type { Bundle, BundlePart } from '../catalog/index.ts'
import { applyRate, exactAmount, type RoundingMode, splitByWeight } from '../money/index.ts'
import type { PaidPrice } from '../promotion/index.ts'
import { choosePrice } from './choose-price.ts'
import { listPriceStep } from './list-price-step.ts'
import type { PlacePrices } from './price-at-place.ts'
import type { Price, PriceList } from './price-list.ts'
import type { PricedVariant } from './pricing-inputs.ts'
import type { Adjustment, LeftOutPart } from './quote.ts'
import type { WorkingPart } from './working-line.ts'

/** A part of a bundle as a line would sell it. */
export interface BundleItem extends BundlePart {
  /** Its variant. */
  readonly variant: PricedVariant
  /** Does the shopper own it, or does another line of the cart sell it to them? */
  readonly isOwned: boolean
  /** Does another line sell it? Nothing was paid for it before. */
  readonly isInCart: boolean
  /** Does another line, or an order before, credit what was paid for it, or is it owed still? */
  readonly isCredited: false | 'line' | 'order' | 'owed'
  /** What they paid for it, or null where that is not known. */
  readonly paid: PaidPrice | null
}

/** What a bundle is priced from. */
export interface BundlePriceSource {
  readonly variant: PricedVariant
  readonly bundle: Bundle
  /** The parts that were chosen, at least one of them not owned, in the bundle's order. */
  readonly items: readonly BundleItem[]
  readonly quantity: number
  /** The lists that count, by precedence. */
  readonly lists: readonly PriceList[]
  /** What prices are at the place of sale. */
  readonly there: PlacePrices
  readonly currency: string
  readonly rounding: RoundingMode
}

/** A bundle with its price. */
export interface PricedBundle {
  /** Of one unit, minor units. */
  readonly unitPrice: number
  /** What is sold, with its share of the price. */
  readonly parts: readonly WorkingPart[]
  /** What is not sold, because the shopper owns it. */
  readonly leftOut: readonly LeftOutPart[]
  /** The steps, whose amounts add up to unitPrice × quantity. */
  readonly adjustments: readonly Adjustment[]
  /** Ids of the variants that are credited: no other line credits them once more. */
  readonly credited: readonly string[]
  /** Was money credited of which it is not known how much was paid? */
  readonly isUnsure: boolean
}

/**
 * Prices one unit of a bundle by its rule and splits it over the parts that are sold, in proportion to what each would
 * cost by itself at the line's quantity, by largest remainder, ties to the smaller part id. It is the price of one unit
 * that is split, so that all units of a part have the same base.
 *
 * An own price is split over all parts, and those left out take their shares with them; a part without a price weighs
 * nothing, and if none has one, the split is even. A sum is that of the parts sold, and with `credit_paid` of those that
 * are credited too; what another line of the cart sells or credits, or what is owed still, is left out then too, for it is paid, or credited, there. At another place each share is moved to its taxes; what is credited comes off after that.
 *
 * @returns null where a price is missing in the cart's currency.
 */
export function priceBundle(source: BundlePriceSource): PricedBundle | null {
  const rule = source.bundle.ownedParts
  const owned = source.items.filter(({ isOwned }) => isOwned && rule !== 'sell_all')
  const sold = source.items.filter((item) => !owned.includes(item))
  const credited = owned.filter(({ isInCart, isCredited }) => rule === 'credit_paid' && !isInCart && !isCredited)
  const counted = source.items.filter((item) => credited.includes(item) || sold.includes(item))
  const priced = ruledPrice(source, counted)
  if (priced === null) return null
  const credits = creditsOf(credited, priced.unitPrice)
  const credit = [...credits.values()].reduce((sum, amount) => sum + amount, 0)
  const unitPrice = priced.unitPrice - credit
  const weights = sold.map((item) => ({ id: item.id, weight: priceThere(source, item) }))
  const shares = credited.length === 0 ? priced.shares : splitByWeight(unitPrice, weights)
  return {
    unitPrice,
    parts: sold.map(({ id, variant }) => ({ id, variant, base: exactAmount((shares.get(id) ?? 0) * source.quantity) })),
    leftOut: owned.map(({ id, variant }) => ({
      ...{ id, variantId: variant.id, title: variant.title },
      credit: credits.get(id) ?? 0,
    })),
    adjustments: [
      ...priced.adjustments,
      ...(credited.length === 0 ? [] : [ownedStep('credit_paid', credited, -credit)]),
    ],
    credited: credited.map(({ variant }) => variant.id),
    isUnsure: credited.some(({ paid }) => paid === null),
  }
}

interface RuledPrice {
  /** At the place of sale: the sum of the shares. */
  readonly unitPrice: number
  /** Of the parts counted, by part id. */
  readonly shares: ReadonlyMap<string, number>
  readonly adjustments: readonly Adjustment[]
}

function ruledPrice(source: BundlePriceSource, counted: readonly BundleItem[]): RuledPrice | null {
  return source.bundle.pricing.type === 'own_price' ? ownPrice(source, counted) : sumPrice(source, counted)
}

function ownPrice(source: BundlePriceSource, counted: readonly BundleItem[]): RuledPrice | null {
  const { items, quantity, there } = source
  const price = choosePrice(source.lists, source.variant.prices, quantity)
  if (price === null) return null
  const weights = items.map((item) => ({ id: item.id, weight: partPrice(source, item)?.amount ?? 0 }))
  const shares = sharesThere(source, items, splitByWeight(price.amount, weights))
  const [whole, unitPrice] = [sumOf(items, shares), sumOf(counted, shares)]
  const base = listPriceStep(price, { quantity, there: { amount: whole, reason: there.reason } })
  const owned = items.filter((item) => !counted.includes(item))
  // Each part costs what it would have cost in the whole bundle.
  const adjustments = owned.length === 0 ? [base] : [base, ownedStep('leave_out', owned, unitPrice - whole)]
  return { unitPrice, shares, adjustments }
}

function sumPrice(source: BundlePriceSource, counted: readonly BundleItem[]): RuledPrice | null {
  const priced: { item: BundleItem; price: Price }[] = []
  for (const item of counted) {
    const price = partPrice(source, item)
    if (price === null) return null
    priced.push({ item, price })
  }
  const sum = priced.reduce((all, { price }) => exactAmount(all + price.amount), 0)
  const off = ruleOff(source, sum)
  if (off === null) return null
  const weights = priced.map(({ item, price }) => ({ id: item.id, weight: price.amount }))
  const shares = sharesThere(source, counted, splitByWeight(sum - off, weights))
  const unitPrice = sumOf(counted, shares)
  const { quantity, bundle, there } = source
  const steps = priced.map(({ item: { variant }, price }) => {
    const amount = there.unitOf(price.amount, variant)
    return listPriceStep(price, { quantity, title: variant.title, there: { amount, reason: there.reason } })
  })
  const owned = source.items.filter((item) => !counted.includes(item))
  const ruled = steps.reduce((left, { amount }) => left - amount, exactAmount(unitPrice * quantity))
  return {
    unitPrice,
    shares,
    adjustments: [
      ...steps,
      ...(owned.length > 0 ? [ownedStep('leave_out', owned, 0)] : []),
      { step: 'bundle', amount: ruled, ...ruleCause(bundle) },
    ],
  }
}

/** Shares of a price of home, each at the place of sale. */
function sharesThere(
  { there }: BundlePriceSource,
  items: readonly BundleItem[],
  shares: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  return new Map(items.map(({ id, variant }) => [id, there.unitOf(shares.get(id) ?? 0, variant)]))
}

const sumOf = (items: readonly BundleItem[], shares: ReadonlyMap<string, number>): number =>
  items.reduce((sum, { id }) => exactAmount(sum + (shares.get(id) ?? 0)), 0)

/** What a part costs by itself at the place of sale; 0 where it has no price. */
function priceThere(source: BundlePriceSource, item: BundleItem): number {
  const price = partPrice(source, item)
  return price === null ? 0 : source.there.unitOf(price.amount, item.variant)
}

/** What the rule takes off the sum of the parts' prices, or null where it has no amount in the cart's currency. */
function ruleOff({ bundle, rounding, currency }: BundlePriceSource, sum: number): number | null {
  const { pricing } = bundle
  if (pricing.type === 'sum_less_percent') return applyRate(sum, pricing.percent, rounding)
  if (pricing.type === 'own_price') return 0
  const amount = pricing.amounts.find((one) => one.currency === currency)?.amount
  return amount === undefined ? null : Math.min(amount, sum)
}

function ruleCause({ pricing }: Bundle): Pick<Adjustment, 'cause' | 'reason'> {
  const reason = pricing.type === 'sum_less_percent' ? `Bundle: ${pricing.percent} % off its parts` : 'Bundle'
  return { cause: { type: 'bundle', rule: pricing.type }, reason }
}

function ownedStep(rule: 'leave_out' | 'credit_paid', owned: readonly BundleItem[], amount: number): Adjustment {
  const titles = owned.map(({ variant, isInCart, isCredited, paid }) => {
    if (isInCart) return `${variant.title} (in the cart)`
    if (isCredited === 'owed') return `${variant.title} (not paid yet)`
    if (isCredited) return `${variant.title} (another ${isCredited} has the credit)`
    const isLess = rule === 'credit_paid' && (paid?.credited ?? 0) > 0
    return isLess ? `${variant.title} (less what another order credited)` : variant.title
  })
  return {
    step: 'bundle',
    // Never -0, which JSON would not keep.
    amount: amount === 0 ? 0 : amount,
    cause: { type: 'owned_parts', rule, parts: owned.map(({ id }) => id) },
    reason: `${rule === 'credit_paid' ? 'Credit for what you paid' : 'You have it already'}: ${titles.join(', ')}`,
  }
}

/** What is left of a payment to be credited, minor units: 0 where it is not known how much was paid. */
export function leftOfPayment(paid: PaidPrice | null): number {
  return Math.max(0, (paid?.amount ?? 0) - (paid?.credited ?? 0))
}

/** What each owned part is credited, by its id: what is left of what was paid, in the bundle's order, until the price is used up. */
function creditsOf(owned: readonly BundleItem[], unitPrice: number): ReadonlyMap<string, number> {
  let left = unitPrice
  return new Map(
    owned.map(({ id, paid }) => {
      const credit = Math.min(left, leftOfPayment(paid))
      left -= credit
      return [id, credit]
    }),
  )
}

function partPrice({ lists, quantity }: BundlePriceSource, { variant }: BundleItem): Price | null {
  return choosePrice(lists, variant.prices, quantity)
}
