import { id } from '../ids/id.schema.ts'
import { input, members, model, part, type SchemaOf } from '../json/checked.schema.ts'
import { flag, items, text, whole } from '../json/field.schema.ts'
import { currency, money } from '../money/money.schema.ts'
import type { GetProductInput, ListProductsInput, PriceTier, ProductView, VariantView } from './catalog-api.ts'
import { keptVariantFields, productTypeName, slug } from './product.schema.ts'
import { shownProductFields } from './product-fields.schema.ts'
import { SHOWN_VARIANT_FIELDS } from './shown-variant.ts'

const variantView = model<VariantView>('VariantView')({
  ...members(keptVariantFields, SHOWN_VARIANT_FIELDS),
  price: money.nullable(),
  compareAt: money.optional(),
  lowestRecent: money.optional(),
  tiers: items(part<PriceTier>()({ minimumQuantity: whole(2, Number.MAX_SAFE_INTEGER), price: money })).optional(),
  parts: items(part<VariantView['parts'][number]>()({ id, productId: id, variantId: id, title: text(0, 300) })),
  onSale: flag,
})

/** A product as shoppers see it. */
export const productView: SchemaOf<ProductView> = model<ProductView>('ProductView')({
  id,
  slug,
  type: productTypeName,
  ...shownProductFields,
  variants: items(variantView),
})

/** Input of `products.list`. */
export const listProductsInput: SchemaOf<ListProductsInput> = input<ListProductsInput>()({
  search: text(0, 200).optional(),
  type: productTypeName.optional(),
  currency: currency.optional(),
  cursor: text(1, 1000).optional(),
  limit: whole(1, 100).optional(),
})

/** Input of `products.get`. */
export const getProductInput: SchemaOf<GetProductInput> = input<GetProductInput>()({
  idOrSlug: slug,
  currency: currency.optional(),
})
