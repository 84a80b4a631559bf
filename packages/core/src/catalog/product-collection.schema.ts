import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf } from '../json/checked.schema.ts'
import { list, text } from '../json/field.schema.ts'
import { jsonObject } from '../json/json.schema.ts'
import { productTypeName } from './product.schema.ts'
import type { CollectionRule, ProductCollection } from './product-collection.ts'

/** Fields of a collection but its id. */
export const productCollectionFields = (object: ObjectMaker) => ({
  name: text(1, 200),
  products: list(id, 1000),
  rule: object<CollectionRule>()({
    productTypes: list(productTypeName, 50, 1).nullable(),
    attributes: jsonObject,
  })
    .nullable()
    .optional(),
})

/** A collection as staff see it. */
export const productCollection: SchemaOf<ProductCollection> = model<ProductCollection>('ProductCollection')({
  id,
  ...productCollectionFields(part),
})
