import { issueUnless } from '../../errors/index.ts'
import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { moneyOf } from '../../money/money.schema.ts'
import { benefitKind } from '../built-in-kind.schema.ts'
import { checkAmounts } from '../check-amounts.ts'
import type { PromotionBenefit } from '../promotion.ts'
import { bundlePriceBenefit } from './bundle-price.ts'

type Benefit = Extract<PromotionBenefit, { type: 'bundle_price' }>

/** What staff write for `bundle_price`. */
export const bundlePriceKind = benefitKind<Benefit>({
  rule: bundlePriceBenefit,
  arm: (object) =>
    object<Benefit>()({
      ...{ type: tag('bundle_price'), products: list(id, 20, 2), amounts: list(moneyOf(object), 50, 1) },
    }),
  check: ({ products, amounts }) => [
    ...products.flatMap((product, place) =>
      issueUnless(products.indexOf(product) === place, `products.${place}`, 'stands here twice'),
    ),
    ...checkAmounts(amounts, 'amounts', 0),
  ],
  names: ({ products }) => products.map((id, place) => ({ path: `products.${place}`, record: 'product', id })),
})
