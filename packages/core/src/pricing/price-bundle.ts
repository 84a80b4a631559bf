import type { Bundle, BundlePart } from '../catalog/index.ts'
import { applyRate, exactAmount, type RoundingMode, splitByWeight } from '../money/index.ts'
import type { PaidPrice } from '../promotion/index.ts'
import { choosePrice } from './choose-price.ts'
import { listPriceStep } from './list-price-step.ts'
import type { Price, PriceList } from './price-list.ts'
import type { PricedVariant } from './pricing-inputs.ts'
import type { Adjustment, LeftOutPart } from './quote.ts'
import type { WorkingPart } from './working-line.ts'

/** A part of a bundle as a line would sell it. */
export interface BundleItem extends BundlePart {
  /** Its variant. */
  readonly variant: PricedVariant
  /** Does the shopper own it? */
  readonly isOwned: boolean
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
  /** Was money credited of which it is not known how much was paid? */
  readonly isUnsure: boolean
}

/**
 * Prices one unit of a bundle by its rule and splits it over the parts that are sold, in proportion to what each would
 * cost by itself at the line's quantity, by largest remainder, ties to the smaller part id. It is the price of one unit
 * that is split, so that all units of a part have the same base.
 *
 * An own price is split over all parts, and those left out take their shares with them; a part without a price weighs
 * nothing, and if none has one, the split is even. A sum is that of the parts sold, or with `credit_paid` of all parts.
 *
 * @returns null where a price is missing in the cart's currency.
 */
export function priceBundle(source: BundlePriceSource): PricedBundle | null {
  const rule = source.bundle.ownedParts
  const owned = source.items.filter(({ isOwned }) => isOwned && rule !== 'sell_all')
  const sold = source.items.filter((item) => !owned.includes(item))
  const priced = ruledPrice(source, rule === 'credit_paid' ? source.items : sold, sold)
  if (priced === null) return null
  const credits = creditsOf(owned, rule === 'credit_paid' ? priced.unitPrice : 0)
  const credit = credits.reduce((sum, amount) => sum + amount, 0)
  const unitPrice = priced.unitPrice - credit
  const shares = splitByWeight(unitPrice, priced.weights)
  return {
    unitPrice,
    parts: sold.map(({ id, variant }) => ({ id, variant, base: exactAmount((shares.get(id) ?? 0) * source.quantity) })),
    leftOut: owned.map(({ id, variant }, place) => ({
      ...{ id, variantId: variant.id, title: variant.title },
      credit: credits[place] ?? 0,
    })),
    adjustments: [
      ...priced.adjustments,
      ...(owned.length > 0 && rule === 'credit_paid' ? [ownedStep(source.bundle, owned, -credit)] : []),
    ],
    isUnsure: rule === 'credit_paid' && owned.some(({ paid }) => paid === null),
  }
}

interface RuledPrice {
  readonly unitPrice: number
  /** What the price is split by, of the parts sold. */
  readonly weights: readonly { id: string; weight: number }[]
  readonly adjustments: readonly Adjustment[]
}

function ruledPrice(
  source: BundlePriceSource,
  counted: readonly BundleItem[],
  sold: readonly BundleItem[],
): RuledPrice | null {
  return source.bundle.pricing.type === 'own_price' ? ownPrice(source, counted, sold) : sumPrice(source, counted, sold)
}

function ownPrice(
  source: BundlePriceSource,
  counted: readonly BundleItem[],
  sold: readonly BundleItem[],
): RuledPrice | null {
  const price = choosePrice(source.lists, source.variant.prices, source.quantity)
  if (price === null) return null
  const weigh = (items: readonly BundleItem[]) =>
    items.map((item) => ({ id: item.id, weight: partPrice(source, item)?.amount ?? 0 }))
  const base = listPriceStep(price, source.quantity)
  const owned = source.items.filter((item) => !counted.includes(item))
  if (owned.length === 0) return { unitPrice: price.amount, weights: weigh(sold), adjustments: [base] }
  const shares = splitByWeight(price.amount, weigh(source.items))
  const unitPrice = sold.reduce((sum, { id }) => sum + (shares.get(id) ?? 0), 0)
  return {
    unitPrice,
    // The shares themselves: each part costs what it would have cost in the whole bundle.
    weights: sold.map(({ id }) => ({ id, weight: shares.get(id) ?? 0 })),
    adjustments: [base, ownedStep(source.bundle, owned, unitPrice - price.amount)],
  }
}

function sumPrice(
  source: BundlePriceSource,
  counted: readonly BundleItem[],
  sold: readonly BundleItem[],
): RuledPrice | null {
  const prices = new Map<string, Price>()
  for (const item of counted) {
    const price = partPrice(source, item)
    if (price === null) return null
    prices.set(item.id, price)
  }
  const sum = [...prices.values()].reduce((all, { amount }) => exactAmount(all + amount), 0)
  const off = ruleOff(source, sum)
  if (off === null) return null
  const owned = source.items.filter((item) => !counted.includes(item))
  const { quantity, bundle } = source
  return {
    unitPrice: sum - off,
    weights: sold.map(({ id }) => ({ id, weight: prices.get(id)?.amount ?? 0 })),
    adjustments: [
      ...counted.flatMap(({ id, variant }) => {
        const price = prices.get(id)
        return price === undefined ? [] : [listPriceStep(price, quantity, variant.title)]
      }),
      ...(owned.length > 0 ? [ownedStep(bundle, owned, 0)] : []),
      { step: 'bundle', amount: 0 - exactAmount(off * quantity), ...ruleCause(bundle) },
    ],
  }
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

function ownedStep({ ownedParts }: Bundle, owned: readonly BundleItem[], amount: number): Adjustment {
  const titles = owned.map(({ variant }) => variant.title).join(', ')
  return {
    step: 'bundle',
    // Never -0, which JSON would not keep.
    amount: amount === 0 ? 0 : amount,
    cause: { type: 'owned_parts', rule: ownedParts, parts: owned.map(({ id }) => id) },
    reason: ownedParts === 'credit_paid' ? `Credit for what you paid: ${titles}` : `You have it already: ${titles}`,
  }
}

/** What each owned part is credited: what was paid, in the bundle's order, until the price is used up. */
function creditsOf(owned: readonly BundleItem[], unitPrice: number): readonly number[] {
  let left = unitPrice
  return owned.map(({ paid }) => {
    const credit = Math.min(left, paid?.amount ?? 0)
    left -= credit
    return credit
  })
}

function partPrice({ lists, quantity }: BundlePriceSource, { variant }: BundleItem): Price | null {
  return choosePrice(lists, variant.prices, quantity)
}
