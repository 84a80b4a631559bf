import { issueUnless } from '../../errors/index.ts'
import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { productTypeKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { LineConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'product_types' }>

/** Selects the lines whose product is of a type listed. */
const productTypesCondition: LineConditionRule<Condition> = {
  type: 'product_types',
  scope: 'line',
  isPublic: true,
  selects({ productTypes }) {
    const listed = new Set(productTypes)
    return (line) => listed.has(line.productType)
  },
}

/** What staff write for `product_types`. */
export const productTypesKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: productTypesCondition,
  indexKeys: ({ productTypes }) => productTypes.map(productTypeKey),
  arm: (object) => object<Condition>()({ type: tag('product_types'), productTypes: list(text(1, 60), 100, 1) }),
  check: ({ productTypes }, shop) =>
    productTypes.flatMap((name, place) =>
      issueUnless(
        shop.productTypes.has(name),
        `productTypes.${place}`,
        `must be one of ${[...shop.productTypes].join(', ')}`,
      ),
    ),
  allows: ({ productTypes }) => ({ of: 'product_type', values: productTypes, isExact: true }),
})
