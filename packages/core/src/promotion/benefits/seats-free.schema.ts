import { issueUnless } from '../../errors/index.ts'
import { tag, whole } from '../../json/field.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { seatsFreeBenefit } from './seats-free.ts'

type Benefit = Extract<PromotionBenefit, { type: 'seats_free' }>

/** What staff write for `seats_free`. */
export const seatsFreeKind = benefitKind<Benefit>({
  rule: seatsFreeBenefit,
  arm: (object) => object<Benefit>()({ type: tag('seats_free'), every: whole(2, 200_000), free: whole(1, 200_000) }),
  check: ({ every, free }) => issueUnless(free < every, 'free', 'must be fewer than `every`'),
})
