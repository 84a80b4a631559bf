import type { Variant } from './product.ts'

/** Fields of a variant that shoppers see as they are stored. */
export const SHOWN_VARIANT_FIELDS = [
  'id',
  'name',
  'title',
  'attributes',
  'saleStartsAt',
  'saleEndsAt',
  'serviceStart',
  'serviceEnd',
  'maximumQuantity',
] as const satisfies readonly (keyof Variant)[]

/** See {@link SHOWN_VARIANT_FIELDS}. */
export type ShownVariant = Pick<Variant, (typeof SHOWN_VARIANT_FIELDS)[number]>

/** The fields of a variant that shoppers see. */
export const shownVariant = (variant: Variant): ShownVariant =>
  // Object.fromEntries forgets which value belongs to which name.
  Object.fromEntries(SHOWN_VARIANT_FIELDS.map((name) => [name, variant[name]])) as ShownVariant
