import { issueUnless } from '../../errors/index.ts'
import { tag, whole } from '../../json/field.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'
import { dearestFirst } from './unit-runs.ts'

type Benefit = Extract<PromotionBenefit, { type: 'seats_free' }>

/**
 * Of every so many units of one variant some are free, the cheapest of what promotions before left. The units of a variant
 * are counted over all its lines, each variant by itself; a part of a group gives nothing.
 */
export const seatsFreeBenefit: BenefitRule<Benefit> = {
  type: 'seats_free',
  discounts({ every, free }, lines) {
    const discounts = lines.map(() => 0)
    for (const places of placesByVariant(lines).values()) {
      let wanted = Math.floor(unitsAt(places, lines) / every) * free
      for (const { place, amount, count } of dearestFirst(lines).reverse()) {
        if (!places.includes(place)) continue
        const given = Math.min(wanted, count)
        discounts[place] = (discounts[place] ?? 0) + given * amount
        wanted -= given
      }
    }
    return discounts
  },
  keepsOrder: () => 'total',
  describe: ({ every, free }) => `${free} of every ${every} free`,
}

function placesByVariant(lines: readonly DiscountableLine[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [place, { variantId }] of lines.entries()) {
    const known = places.get(variantId)
    if (known === undefined) places.set(variantId, [place])
    else known.push(place)
  }
  return places
}

function unitsAt(places: readonly number[], lines: readonly DiscountableLine[]): number {
  return places.reduce((sum, place) => sum + (lines[place]?.quantity ?? 0), 0)
}

/** What staff write for `seats_free`. */
export const seatsFreeKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: seatsFreeBenefit,
  missing({ every }, lines) {
    const most = Math.max(...[...placesByVariant(lines).values()].map((places) => unitsAt(places, lines)))
    return most < every ? { quantity: every - most } : null
  },
  arm: (object) => object<Benefit>()({ type: tag('seats_free'), every: whole(2, 200_000), free: whole(1, 200_000) }),
  check: ({ every, free }) => issueUnless(free < every, 'free', 'must be fewer than `every`'),
})
