import { didYouMean } from '@bursar/core'
import type { Reference } from './map-references.ts'
import { isObject, nameOf, type ShopEntry } from './shop-file.ts'
import { type ShopState, variantKey } from './shop-state.ts'

/** Finds what a name leads to, in the file or in the shop. */
export interface ShopNames {
  /** Its key, or what is wrong. */
  find(reference: Pick<Reference, 'kind' | 'name'>): { key: string } | { problem: string }
}

const WORDS: { readonly [K in Reference['kind']]: string } = {
  product: 'a product',
  variant: 'a variant',
  priceLists: 'a price list',
  collections: 'a collection',
  sites: 'a site',
  promotions: 'a promotion',
}

/** Among more names no near one is looked for: a long file may have many mistakes. */
const MAXIMUM_COMPARED = 1000

/**
 * The names of a file and of the shop. A product goes by its key and by its id, a variant by `product:variant`, by its
 * own external id and by its id; all else by its id.
 */
export function shopNames(entries: readonly ShopEntry[], state: ShopState): ShopNames {
  const products = new Map<string, Set<string>>()
  const variants = new Map<string, Set<string>>()
  const add = (names: Map<string, Set<string>>, name: unknown, key: string): void => {
    if (typeof name === 'string') names.set(name, (names.get(name) ?? new Set<string>()).add(key))
  }
  const addProduct = (key: string, fields: ShopEntry['fields']): void => {
    add(products, key, key)
    for (const [name, variant] of Object.entries(isObject(fields.variants) ? fields.variants : {})) {
      add(variants, variantKey(key, name), variantKey(key, name))
      if (isObject(variant)) add(variants, variant.externalId, variantKey(key, name))
    }
  }
  for (const [key, { fields }] of state.entries.products) addProduct(key, fields)
  for (const { section, key, fields } of entries) if (section === 'products') addProduct(key, fields)
  for (const [key, id] of state.productIds) add(products, id, key)
  for (const [key, id] of state.variantIds) add(variants, id, key)
  const named = new Set(entries.map(nameOf))
  return {
    find({ kind, name }) {
      if (kind === 'product') return oneOf(products, kind, name)
      if (kind === 'variant') return oneOf(variants, kind, name)
      const isThere = named.has(nameOf({ section: kind, key: name })) || state.entries[kind].has(name)
      if (isThere) return { key: name }
      const others = entries.filter(({ section }) => section === kind).map(({ key }) => key)
      return { problem: missing(kind, name, others) }
    },
  }
}

function oneOf(
  all: ReadonlyMap<string, ReadonlySet<string>>,
  kind: Reference['kind'],
  name: string,
): { key: string } | { problem: string } {
  const [key, other] = all.get(name) ?? []
  if (key === undefined)
    return { problem: missing(kind, name, [...new Set([...all.values()].flatMap((keys) => [...keys]))]) }
  if (other === undefined) return { key }
  return { problem: `can mean two things, ${JSON.stringify(key)} and ${JSON.stringify(other)}: write the id instead` }
}

function missing(kind: Reference['kind'], name: string, others: readonly string[]): string {
  const near = others.length > MAXIMUM_COMPARED ? '' : didYouMean(name, others)
  const advice = near === '' ? 'correct the name, or add it' : near
  const form = kind === 'variant' ? ' (variants are written product:variant)' : ''
  return `names ${JSON.stringify(name)}, ${WORDS[kind]} that stands neither in this file nor in the shop${form}: ${advice}`
}
