/** One attribute of a product type. */
export interface AttributeDefinition {
  /** What values it takes. */
  type: 'text' | 'number' | 'boolean' | 'instant' | 'list'
  /** Must every product (or variant) of the type have it? */
  required: boolean
  /** Longest text, or most entries of a list. @default 1,000 */
  maximum?: number | undefined
}

/** A kind of product, as data. A host adds one by value. */
export interface ProductType {
  /** Its name in products: `course`, `book`, … */
  name: string
  /** Attributes of its products. */
  productAttributes: { readonly [name: string]: AttributeDefinition }
  /** Attributes of its variants. */
  variantAttributes: { readonly [name: string]: AttributeDefinition }
  /** How many of a variant a cart line may hold unless the variant says otherwise. */
  maximumQuantity: number
  /** Can a person buy a variant again who has it, unless the variant says otherwise? @default true */
  repeatable?: boolean | undefined
  /** Tax category unless the variant says otherwise. */
  taxCategory: string
}
