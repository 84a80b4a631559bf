import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { productKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'products' }>

/** Selects the lines of the products listed. */
const productsCondition: LineConditionRule<Condition> = {
  type: 'products',
  scope: 'line',
  isPublic: true,
  selects({ products }) {
    const listed = new Set(products)
    return (line) => listed.has(line.productId)
  },
}

/** What staff write for `products`. */
export const productsKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: productsCondition,
  indexKeys: ({ products }) => products.map(productKey),
  arm: (object) => object<Condition>()({ type: tag('products'), products: list(id, 1000, 1) }),
  names: ({ products }) => products.map((id, place) => ({ path: `products.${place}`, record: 'product', id })),
  allows: ({ products }) => ({ of: 'product', values: products, isExact: true }),
})
