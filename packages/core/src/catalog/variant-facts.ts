import type { CheckTarget } from './import-fulfilment.ts'
import type { Variant } from './product.ts'
import type { ProductType } from './product-type.ts'

/** What a variant is checked against. */
export interface VariantFacts {
  /** The product's type. */
  type: ProductType
  /** The variant as it was, or null. */
  before: Variant | null
  /** A variant that can be a part, or null. */
  part: (variantId: string) => Pick<Variant, 'bundle'> | null
  /** The product's variants as they are to be stored, to check what one upgrades. @default not checked */
  siblings?: readonly Pick<Variant, 'name' | 'upgrade'>[] | undefined
  /** Says what is wrong with a delivery's target, or with its provider, or null. */
  checkTarget: CheckTarget
}
