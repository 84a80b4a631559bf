import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { productsCondition } from './products.ts'

type Condition = Extract<PromotionCondition, { type: 'products' }>

/** What staff write for `products`. */
export const productsKind = conditionKind<Condition>({
  rule: productsCondition,
  arm: (object) => object<Condition>()({ type: tag('products'), products: list(id, 1000, 1) }),
  names: ({ products }) => products.map((id, place) => ({ path: `products.${place}`, record: 'product', id })),
})
