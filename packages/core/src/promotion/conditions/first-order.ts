import { tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'first_order' }>

/** It is the customer's first order at the operator. While that is not known it applies, and checkout decides. */
const firstOrderCondition: CartConditionRule<Condition> = {
  type: 'first_order',
  scope: 'cart',
  check(_condition, _selected, { shopper }) {
    switch (shopper.firstOrder) {
      case 'yes':
        return { type: 'holds' }
      case 'unknown':
        return { type: 'unknown' }
      case 'no':
        return { type: 'fails', reason: 'not_for_you' }
    }
  },
}

/** What staff write for `first_order`. */
export const firstOrderKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: firstOrderCondition,
  arm: (object) => object<Condition>()({ type: tag('first_order') }),
})
