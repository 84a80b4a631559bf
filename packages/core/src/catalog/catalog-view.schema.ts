import { id } from '../ids/id.schema.ts'
import { input, model, part, type SchemaOf } from '../json/checked.schema.ts'
import { flag, items, text, whole } from '../json/field.schema.ts'
import { jsonObject } from '../json/json.schema.ts'
import { currency, money } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { GetProductInput, ListProductsInput, ProductView, VariantView } from './catalog-api.ts'
import { productDescription, productTitle, productTypeName, slug } from './product.schema.ts'

const variantView = model<VariantView>('VariantView')({
  id,
  name: text(1, 60),
  title: text(0, 300),
  attributes: jsonObject,
  price: money.nullable(),
  saleStartsAt: instant.nullable(),
  saleEndsAt: instant.nullable(),
  maximumQuantity: whole(1, 1000),
  parts: items(part<VariantView['parts'][number]>()({ id, productId: id, variantId: id, title: text(0, 300) })),
  onSale: flag,
})

/** A product as shoppers see it. */
export const productView: SchemaOf<ProductView> = model<ProductView>('ProductView')({
  id,
  slug,
  type: productTypeName,
  title: productTitle,
  description: productDescription,
  attributes: jsonObject,
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
