import { id } from '../ids/id.schema.ts'
import { model, type SchemaOf } from '../json/checked.schema.ts'
import { list, text } from '../json/field.schema.ts'
import type { ProductCollection } from './product-collection.ts'

/** Fields of a collection but its id. */
export const productCollectionFields = { name: text(1, 200), products: list(id, 1000) }

/** A collection as staff see it. */
export const productCollection: SchemaOf<ProductCollection> = model<ProductCollection>('ProductCollection')({
  id,
  ...productCollectionFields,
})
