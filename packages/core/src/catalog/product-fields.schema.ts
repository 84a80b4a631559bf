import { members, type SchemaOf } from '../json/checked.schema.ts'
import { text } from '../json/field.schema.ts'
import { jsonObject } from '../json/json.schema.ts'
import { SHOWN_PRODUCT_FIELDS } from './product-fields.ts'

/** Title of a product, any script. */
export const productTitle: SchemaOf<string> = text(1, 300)

/** Plain text or Markdown. */
export const productDescription: SchemaOf<string> = text(0, 20_000)

/** What staff write of a product, alike in requests, answers and records. */
export const productFields = {
  title: productTitle,
  description: productDescription,
  attributes: jsonObject,
  metadata: jsonObject,
}

/** What shoppers see of it. */
export const shownProductFields = members(productFields, SHOWN_PRODUCT_FIELDS)
