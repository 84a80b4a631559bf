import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'owned_products' }>

/**
 * The shopper has a right to one of the products. Somebody not signed in may have one, and checkout decides; of a customer
 * whose rights could not be learnt nothing is assumed, neither that they own it nor that they don't.
 */
const ownedProductsCondition: CartConditionRule<Condition> = {
  type: 'owned_products',
  scope: 'cart',
  check({ products }, _selected, { shopper: { customerId, owned } }) {
    if (owned === undefined || owned === 'unknown') return { type: customerId === null ? 'unknown' : 'undecided' }
    if (products.some((id) => owned.products.includes(id))) return { type: 'holds' }
    if (products.some((id) => owned.unknownProducts?.includes(id))) return { type: 'undecided' }
    return { type: 'fails', reason: 'not_for_you' }
  },
}

/** What staff write for `owned_products`. */
export const ownedProductsKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: ownedProductsCondition,
  arm: (object) => object<Condition>()({ type: tag('owned_products'), products: list(id, 1000, 1) }),
  names: ({ products }) => products.map((id, place) => ({ path: `products.${place}`, record: 'product', id })),
})
