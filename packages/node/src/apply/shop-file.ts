import type { Json, JsonObject } from '@bursar/core'

/** What a shop file may hold, in the order in which it is written: nothing names what comes after it. */
export const SECTIONS = ['priceLists', 'taxRates', 'sites', 'products', 'collections', 'promotions', 'codes'] as const

/** A section of a shop file. */
export type Section = (typeof SECTIONS)[number]

/** Everything but products: kept by ids that the file chooses. */
export type RecordSection = Exclude<Section, 'products'>

/** Where in a file: keys and indexes. */
export type FilePath = readonly (string | number)[]

/** One thing that is wrong in a file. */
export interface ShopProblem {
  /** Where. */
  readonly path: FilePath
  /** What is wrong and what to do. */
  readonly message: string
}

/** One entry of a file: a record as the file writes it. Products and variants are named by the file's own names. */
export interface ShopEntry {
  /** Its section. */
  readonly section: Section
  /** Its key there: an id, or a product's external id. */
  readonly key: string
  /** What the file says of it. */
  readonly fields: JsonObject
}

/** Is it an object, and no list? */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `promotions.spring`: how an entry is named in messages and sets. */
export const nameOf = ({ section, key }: Pick<ShopEntry, 'section' | 'key'>): string => `${section}.${key}`
