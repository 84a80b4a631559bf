import type { VariantInput } from './admin-api.ts'
import type { Variant } from './product.ts'
import type { ProductType } from './product-type.ts'

/** Where a drafted variant belongs. */
export interface VariantPlace {
  /** Id, if it is new. */
  id: string
  /** Product id. */
  productId: string
  /** Defaults of the product's type. */
  type: Pick<ProductType, 'maximumQuantity' | 'repeatable' | 'taxCategory'>
}

/** A variant as an input makes it: of what was there before, or new with the defaults of its product's type. */
export function draftVariant(
  input: VariantInput,
  before: Variant | null,
  { id, productId, type }: VariantPlace,
): Variant {
  const base: Variant = before ?? {
    id,
    productId,
    externalId: null,
    name: input.name,
    title: '',
    attributes: {},
    saleStartsAt: null,
    saleEndsAt: null,
    serviceStart: null,
    serviceEnd: null,
    validityDays: null,
    capacity: null,
    maximumQuantity: type.maximumQuantity,
    taxCategory: type.taxCategory,
    fulfilment: null,
    bundle: null,
    ...(type.repeatable === undefined ? {} : { repeatable: type.repeatable }),
    status: 'active',
  }
  const { prices: _prices, ...members } = input
  const given = Object.entries(members).filter(([, value]) => value !== undefined)
  return { ...base, ...Object.fromEntries(given) }
}
