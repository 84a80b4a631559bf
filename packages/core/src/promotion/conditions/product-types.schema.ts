import { issueUnless } from '../../errors/index.ts'
import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { productTypesCondition } from './product-types.ts'

type Condition = Extract<PromotionCondition, { type: 'product_types' }>

/** What staff write for `product_types`. */
export const productTypesKind = conditionKind<Condition>({
  rule: productTypesCondition,
  arm: (object) => object<Condition>()({ type: tag('product_types'), productTypes: list(text(1, 60), 100, 1) }),
  check: ({ productTypes }, shop) =>
    productTypes.flatMap((name, place) =>
      issueUnless(
        shop.productTypes.has(name),
        `productTypes.${place}`,
        `must be one of ${[...shop.productTypes].join(', ')}`,
      ),
    ),
})
