import type { JsonObject } from '../json/index.ts'
import type { Instant } from '../time/index.ts'
import type { Bundle, FulfilmentTarget, Prerequisite, Product, Upgrade, Variant } from './product.ts'
import type { ProductFields, ProductFieldsInput } from './product-fields.ts'
import type { Publication } from './publication.ts'
import type { Run } from './run.ts'

/** A variant to be made or changed. In an update, a variant with a known `name` is changed, others are added; none is removed. */
export interface VariantInput {
  /** Unique within the product. */
  name: string
  /** The operator's own id. */
  externalId?: string | null | undefined
  /** Title. @default '' */
  title?: string | undefined
  /** Values of the type's variant attributes. */
  attributes?: JsonObject | undefined
  /** See {@link Variant.saleStartsAt}. */
  saleStartsAt?: Instant | null | undefined
  /** See {@link Variant.saleEndsAt}. */
  saleEndsAt?: Instant | null | undefined
  /** See {@link Variant.serviceStart}. */
  serviceStart?: Instant | null | undefined
  /** See {@link Variant.serviceEnd}. */
  serviceEnd?: Instant | null | undefined
  /** See {@link Variant.validityDays}. */
  validityDays?: number | null | undefined
  /** See {@link Variant.capacity}. */
  capacity?: number | null | undefined
  /** 1 to 1,000. @default the product type's */
  maximumQuantity?: number | undefined
  /** @default the product type's */
  taxCategory?: string | undefined
  /** How it is delivered. */
  fulfilment?: FulfilmentTarget | null | undefined
  /** Parts, if it is a bundle. */
  bundle?: Bundle | null | undefined
  /** See {@link Variant.repeatable}. @default the product type's */
  repeatable?: boolean | undefined
  /** See {@link Variant.upgrade}. */
  upgrade?: Upgrade | null | undefined
  /** See {@link Variant.prerequisite}. */
  prerequisite?: Prerequisite | null | undefined
  /** See {@link Variant.runs}; the whole list, in the order shown. At most 50. */
  runs?: readonly Run[] | null | undefined
  /** See {@link Variant.refundRule}. @default share */
  refundRule?: 'share' | 'reprice' | 'whole_only' | undefined
  /** Archived variants are no longer sold. */
  status?: 'active' | 'archived' | undefined
  /** All prices of the variant; replaces those that it has. */
  prices?:
    | readonly {
        priceList: string
        amount: number
        minimumQuantity?: number | undefined
        compareAt?: number | null | undefined
      }[]
    | undefined
}

/** A publication on the site of the call. */
export interface PublicationInput {
  /** Name in addresses. @default made from the title */
  slug?: string | undefined
  /** From when, or null. */
  from?: Instant | null | undefined
  /** Until when (exclusive), or null. */
  until?: Instant | null | undefined
  /** Place in lists, 0 to 1,000,000. @default 1,000 */
  place?: number | undefined
}

/** Input of `admin.products.create`. */
export interface CreateProductInput extends Omit<ProductFieldsInput, 'title'>, Pick<ProductFields, 'title'> {
  /** Name of a product type. */
  type: string
  /** The operator's own id, unique. */
  externalId?: string | null | undefined
  /** At least one, at most 50. */
  variants: readonly VariantInput[]
  /** Puts it on the site of the call. */
  publication?: PublicationInput | undefined
}

/** Input of `admin.products.update`. What is absent stays. */
export interface UpdateProductInput extends ProductFieldsInput {
  /** Product id. */
  productId: string
  /** Variants to change or add. */
  variants?: readonly VariantInput[] | undefined
  /** Puts it on the site of the call or changes its publication; null takes it off. */
  publication?: PublicationInput | null | undefined
}

/** A product as staff see it. */
export interface AdminProduct {
  /** The product. */
  product: Product
  /** Version of the record. */
  version: number
  /** Its variants with their prices. */
  variants: readonly (Variant & {
    prices: readonly {
      priceList: string
      amount: number
      minimumQuantity: number
      compareAt?: number | null | undefined
    }[]
  })[]
  /** Its publication on the site of the call, or null. */
  publication: Publication | null
}

/** Names a product. */
export interface ProductRef {
  /** Product id. */
  productId: string
}
