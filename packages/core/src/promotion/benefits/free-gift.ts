import { id } from '../../ids/id.schema.ts'
import { tag, whole } from '../../json/field.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule } from '../promotion-rules.ts'
import { dearestFirst, giveFree } from './unit-runs.ts'

type Benefit = Extract<PromotionBenefit, { type: 'free_gift' }>

/**
 * So many units of a variant are free when they are in the cart, those of which most is left. The conditions are asked of
 * the other lines: a gift does not earn itself. What is not in the cart is not put there; a hint says that it would be free.
 */
export const freeGiftBenefit: BenefitRule<Benefit> = {
  type: 'free_gift',
  discounts({ quantity }, lines) {
    const discounts = lines.map(() => 0)
    giveFree(dearestFirst(lines), quantity, discounts)
    return discounts
  },
  takesFrom: ({ variant }) => ({ of: 'others', selects: ({ variantId }) => variantId === variant }),
  keepsOrder: () => 'total',
  describe: ({ quantity }) => (quantity === 1 ? 'Free' : `${quantity} free`),
}

/** What staff write for `free_gift`. */
export const freeGiftKind = /* @__PURE__ */ benefitKind<Benefit>({
  rule: freeGiftBenefit,
  missing: ({ variant }, lines) => (lines.length === 0 ? { variants: [variant] } : null),
  arm: (object) => object<Benefit>()({ type: tag('free_gift'), variant: id, quantity: whole(1, 1000) }),
  names: ({ variant }) => [{ path: 'variant', record: 'variant', id: variant }],
})
