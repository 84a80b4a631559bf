import type { JsonObject } from '../json/index.ts'

/**
 * What staff write of a product beside its keys, its variants and its publication. A new field stands here and in
 * `product-fields.schema.ts`: what is stored, written, shown to staff and shown to shoppers is made of these two.
 */
export interface ProductFields {
  /** Title, any script; 1 to 300 characters. */
  title: string
  /** Plain text or Markdown, at most 20,000 characters. */
  description: string
  /** Values of the type's attributes; writing them replaces them all. */
  attributes: JsonObject
  /** The host's own data. */
  metadata: JsonObject
}

/** Fields that shoppers see, in the order of an answer. */
export const SHOWN_PRODUCT_FIELDS = ['title', 'description', 'attributes'] as const satisfies readonly Field[]

/** See {@link SHOWN_PRODUCT_FIELDS}. */
export type ShownProductFields = Pick<ProductFields, (typeof SHOWN_PRODUCT_FIELDS)[number]>

/** Fields that an input may leave out. */
export type ProductFieldsInput = { [Name in Field]?: ProductFields[Name] | undefined }

/** What a new product has where its input says nothing, and what shoppers see of one stored before the field was known. */
const DEFAULTS: ProductFields = { title: '', description: '', attributes: {}, metadata: {} }

type Field = keyof ProductFields

/** The fields as an input makes them: what it leaves out stays as before, or is the default of a new product. */
export function draftProductFields(input: ProductFieldsInput, before: ProductFields | null): ProductFields {
  const fields = { ...DEFAULTS, ...(before === null ? {} : pick(before, ALL_FIELDS)) }
  const given = Object.entries(pick(input, ALL_FIELDS)).filter(([, value]) => value !== undefined)
  return { ...fields, ...Object.fromEntries(given) }
}

/** The fields of a product that shoppers see. */
export const shownProductFields = (product: ProductFields): ShownProductFields =>
  pick({ ...DEFAULTS, ...product }, SHOWN_PRODUCT_FIELDS)

// Object.keys forgets whose keys they are.
const ALL_FIELDS = Object.keys(DEFAULTS) as readonly Field[]

function pick<T extends ProductFieldsInput, Name extends keyof T>(from: T, names: readonly Name[]): Pick<T, Name> {
  // Object.fromEntries forgets which value belongs to which name.
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, Name>
}
