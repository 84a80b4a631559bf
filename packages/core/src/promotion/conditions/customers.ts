import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { customerKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'customers' }>

/** The customer is one of those listed; somebody who is not signed in is none of them. */
const customersCondition: CartConditionRule<Condition> = {
  type: 'customers',
  scope: 'cart',
  check({ customers }, _selected, { shopper }) {
    const isListed = shopper.customerId !== null && customers.includes(shopper.customerId)
    return isListed ? { type: 'holds' } : { type: 'fails', reason: 'not_for_you' }
  },
}

/** What staff write for `customers`. */
export const customersKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: customersCondition,
  indexKeys: ({ customers }) => customers.map(customerKey),
  arm: (object) => object<Condition>()({ type: tag('customers'), customers: list(id, 1000, 1) }),
  names: ({ customers }) => customers.map((id, place) => ({ path: `customers.${place}`, record: 'customer', id })),
  allows: ({ customers }) => ({ of: 'customer', values: customers, isExact: true }),
})
