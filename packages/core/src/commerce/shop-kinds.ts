import { builtInBenefitKinds, builtInConditionKinds } from '../promotion/built-in-kinds.ts'
import { type BenefitKind, type ConditionKind, type PromotionKinds, promotionKinds } from '../promotion/index.ts'
import type { PromotionOptions } from './options.ts'

/**
 * The kinds of promotions of a shop: Bursar's own and the host's, by one door.
 * @throws RangeError for a kind of the host's without a colon in its type, or a second one of a type.
 */
export function shopKinds({ conditions = [], benefits = [] }: PromotionOptions = {}): PromotionKinds {
  for (const { rule } of [...conditions, ...benefits]) assertOwnName(rule.type)
  return promotionKinds({
    conditions: [...Object.values<ConditionKind>(builtInConditionKinds), ...conditions],
    benefits: [...Object.values<BenefitKind>(builtInBenefitKinds), ...benefits],
  })
}

function assertOwnName(type: string): void {
  if (/^[a-z][a-z0-9_-]*:[a-z][a-z0-9_-]*$/.test(type)) return
  throw new RangeError(
    `The kind of promotion ${type} must be named by two names in lower case with a colon between them, such as ` +
      'acme:minimum_places, so that it never meets a kind of Bursar’s.',
  )
}
