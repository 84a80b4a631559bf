import { issueUnless } from '../../errors/index.ts'
import { tag, whole } from '../../json/field.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { unitsOf } from '../line-sums.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'
import { dearestFirst, giveFree } from './unit-runs.ts'

type Benefit = Extract<PromotionBenefit, { type: 'seats_free' }>

/**
 * Of every so many units of one variant some are free, the cheapest of what promotions before left. The units of a variant
 * are counted over all its lines, each variant by itself; a part of a group gives nothing.
 */
export const seatsFreeBenefit: BenefitRule<Benefit> = {
  type: 'seats_free',
  discounts({ every, free }, lines) {
    const discounts = lines.map(() => 0)
    const runs = dearestFirst(lines).reverse()
    for (const own of linesByVariant(lines)) {
      const cheapest = runs.filter(({ place }) => lines[place]?.variantId === own[0]?.variantId)
      giveFree(cheapest, Math.floor(unitsOf(own) / every) * free, discounts)
    }
    return discounts
  },
  keepsOrder: () => 'total',
  describe: ({ every, free }) => `${free} of every ${every} free`,
}

function linesByVariant(lines: readonly DiscountableLine[]): readonly (readonly DiscountableLine[])[] {
  return [...new Set(lines.map(({ variantId }) => variantId))].map((id) =>
    lines.filter((line) => line.variantId === id),
  )
}

/** What staff write for `seats_free`. */
export const seatsFreeKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: seatsFreeBenefit,
  missing({ every }, lines) {
    const most = Math.max(...linesByVariant(lines).map(unitsOf))
    return most < every ? { quantity: every - most } : null
  },
  arm: (object) => object<Benefit>()({ type: tag('seats_free'), every: whole(2, 200_000), free: whole(1, 200_000) }),
  check: ({ every, free }) => issueUnless(free < every, 'free', 'must be fewer than `every`'),
})
