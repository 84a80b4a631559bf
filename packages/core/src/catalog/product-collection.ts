import type { Json, JsonObject } from '../json/index.ts'
import type { Product } from './product.ts'

/** A set of products by hand, by a rule, or by both, which conditions of promotions name. Belongs to the operator. */
export interface ProductCollection {
  /** `col_…`, or what the caller chose. */
  id: string
  /** Name, for staff. */
  name: string
  /** Product ids that are in it by hand, at most 1,000, each once. */
  products: readonly string[]
  /** Which products are in it for what they are, or null. @default null */
  rule?: CollectionRule | null | undefined
}

/** Which products a collection holds for what they are: all of what it says must hold. */
export interface CollectionRule {
  /** Names of product types of which one must be the product's, or null for any. */
  productTypes: readonly string[] | null
  /** Attributes that the product must have with this value; of a list of values, one must be it. */
  attributes: JsonObject
}

/** What collections by rule ask of a product. */
export type ProductFacts = Pick<Product, 'id' | 'type' | 'attributes'>

/** Finds the ids of the collections that hold a product, in order. */
export type CollectionFinder = (product: ProductFacts) => readonly string[]

/** Made once for all of an operator's collections: those by hand are looked up, those by rule are tried. */
export function findCollections(all: readonly ProductCollection[]): CollectionFinder {
  const inOrder = all.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const byHand = new Map<string, string[]>()
  for (const { id, products } of inOrder) {
    for (const product of products) byHand.set(product, [...(byHand.get(product) ?? []), id])
  }
  const rules = inOrder.flatMap(({ id, rule = null }) => (rule === null ? [] : [{ id, rule }]))
  return (product) => {
    const ruled = rules.filter(({ rule }) => follows(product, rule)).map(({ id }) => id)
    const own = byHand.get(product.id) ?? []
    if (ruled.length === 0) return own
    return own.length === 0 ? ruled : [...new Set([...own, ...ruled])].sort()
  }
}

function follows({ type, attributes }: ProductFacts, { productTypes, attributes: wanted }: CollectionRule): boolean {
  if (productTypes !== null && !productTypes.includes(type)) return false
  return Object.entries(wanted).every(([name, value]) => holds(attributes[name], value))
}

function holds(found: Json | undefined, wanted: Json | undefined): boolean {
  return Array.isArray(found) ? found.includes(wanted ?? null) : found === wanted
}
