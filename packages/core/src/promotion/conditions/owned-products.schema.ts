import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { ownedProductsCondition } from './owned-products.ts'

type Condition = Extract<PromotionCondition, { type: 'owned_products' }>

/** What staff write for `owned_products`. */
export const ownedProductsKind = conditionKind<Condition>({
  rule: ownedProductsCondition,
  arm: (object) => object<Condition>()({ type: tag('owned_products'), products: list(id, 1000, 1) }),
  names: ({ products }) => products.map((id, place) => ({ path: `products.${place}`, record: 'product', id })),
})
