import { id } from '../../ids/id.schema.ts'
import { tag, whole } from '../../json/field.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { freeGiftBenefit } from './free-gift.ts'

type Benefit = Extract<PromotionBenefit, { type: 'free_gift' }>

/** What staff write for `free_gift`. */
export const freeGiftKind = benefitKind<Benefit>({
  rule: freeGiftBenefit,
  arm: (object) => object<Benefit>()({ type: tag('free_gift'), variant: id, quantity: whole(1, 1000) }),
  names: ({ variant }) => [{ path: 'variant', record: 'variant', id: variant }],
})
