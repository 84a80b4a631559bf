import type { CartConditionRule, ConditionKind } from '@bursar/core'
import * as z from 'zod'

/** At least so many different products in the cart: "any three courses". */
export interface DifferentProducts {
  type: 'campus:different_products'
  minimum: number
}

/** The rule: what a browser takes of this file. */
export const differentProducts: CartConditionRule<DifferentProducts> = {
  type: 'campus:different_products',
  scope: 'cart',
  check({ minimum }, selected) {
    const products = new Set(selected.map(({ productId }) => productId))
    return products.size >= minimum ? { type: 'holds' } : { type: 'fails', reason: 'below_minimum' }
  },
}

/** The rule with the schema of its data; a function, so that a page that takes the rule is not given zod. */
export const differentProductsKind = (): ConditionKind<DifferentProducts> => ({
  rule: differentProducts,
  schema: z.strictObject({ type: z.literal('campus:different_products'), minimum: z.int().min(2).max(200) }),
})
