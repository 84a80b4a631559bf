import { externalId, id } from '../ids/id.schema.ts'
import { input, model, optional, part, type SchemaOf } from '../json/checked.schema.ts'
import { items, list, text, whole } from '../json/field.schema.ts'
import { MAXIMUM_PRICE } from '../money/index.ts'
import { amount } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type {
  AdminProduct,
  CreateProductInput,
  ProductRef,
  PublicationInput,
  UpdateProductInput,
  VariantInput,
} from './admin-api.ts'
import {
  keptVariantFields,
  place,
  product,
  productTypeName,
  publication,
  slug,
  variantFields,
} from './product.schema.ts'
import { productFields } from './product-fields.schema.ts'

type PriceInput = NonNullable<VariantInput['prices']>[number]
type AdminVariant = AdminProduct['variants'][number]

const variantInput = input<VariantInput>()({
  name: text(1, 60),
  ...optional(variantFields(input)),
  prices: list(
    input<PriceInput>()({
      priceList: id,
      amount: whole(0, MAXIMUM_PRICE),
      minimumQuantity: whole(1, 1000).optional(),
      compareAt: amount.nullable().optional(),
    }),
    200,
  ).optional(),
})

const publicationInput = input<PublicationInput>()({
  slug: slug.optional(),
  from: instant.nullable().optional(),
  until: instant.nullable().optional(),
  place: place.optional(),
})

/** Names a product. */
export const productRef: SchemaOf<ProductRef> = input<ProductRef>()({ productId: id })

/** Input of `admin.products.create`. */
export const createProductInput: SchemaOf<CreateProductInput> = input<CreateProductInput>()({
  type: productTypeName,
  ...optional(productFields),
  title: productFields.title,
  externalId: externalId.nullable().optional(),
  variants: list(variantInput, 50, 1),
  publication: publicationInput.optional(),
})

/** Input of `admin.products.update`. */
export const updateProductInput: SchemaOf<UpdateProductInput> = input<UpdateProductInput>()({
  productId: id,
  ...optional(productFields),
  variants: list(variantInput, 50).optional(),
  publication: publicationInput.nullable().optional(),
})

const adminVariant = model<AdminVariant>('Variant')({
  ...keptVariantFields,
  prices: items(
    part<AdminVariant['prices'][number]>()({
      priceList: id,
      amount,
      minimumQuantity: whole(1, 1_000_000),
      compareAt: amount.nullable().optional(),
    }),
  ),
})

/** A product as staff see it. */
export const adminProduct: SchemaOf<AdminProduct> = model<AdminProduct>('AdminProduct')({
  product,
  version: whole(1, Number.MAX_SAFE_INTEGER),
  variants: items(adminVariant),
  publication: publication.nullable(),
})
