import type { Json, JsonObject } from '@bursar/core'
import { type FilePath, isObject, type Section } from './shop-file.ts'

/** One field that an entry changes. */
export interface FieldChange {
  /** Where, within the entry. */
  readonly path: FilePath
  /** What the shop has; undefined where it has nothing. */
  readonly before: Json | undefined
  /** What the file says. */
  readonly after: Json | undefined
}

/**
 * What an entry would change of what is there. A field that it leaves out stays, and so does a variant; of a field that
 * it writes all counts. No value and null are the same.
 */
export function compareEntries(section: Section, before: JsonObject, after: JsonObject): readonly FieldChange[] {
  if (section !== 'products') return changes(before, after, [])
  const { variants, publication, ...fields } = after
  const oldVariants = isObject(before.variants) ? before.variants : {}
  const newVariants = isObject(variants) ? Object.entries(variants) : []
  return [
    ...changes(before, fields, []),
    ...publicationChanges(before.publication ?? null, publication),
    ...newVariants.flatMap(([name, variant]) => variantChanges(oldVariants[name], variant, ['variants', name])),
  ]
}

function changes(before: JsonObject, after: JsonObject, path: FilePath): FieldChange[] {
  return Object.entries(after).flatMap(([name, value]) =>
    isAlike(before[name], value) ? [] : [{ path: [...path, name], before: before[name], after: value }],
  )
}

function publicationChanges(before: Json, after: Json | undefined): readonly FieldChange[] {
  if (after === undefined || isAlike(before, after)) return []
  if (!isObject(before) || !isObject(after)) return [{ path: ['publication'], before, after }]
  return changes(before, after, ['publication'])
}

function variantChanges(before: Json | undefined, after: Json | undefined, path: FilePath): readonly FieldChange[] {
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }]
  const { prices, ...fields } = after
  const [old, own] = [priceTable(before.prices), priceTable(prices)]
  if (own === null || old === null) return changes(before, after, path)
  // Prices that the list no longer names are gone.
  const all = { ...Object.fromEntries(Object.keys(old).map((place) => [place, undefined])), ...own }
  return [...changes(before, fields, path), ...changes(old, all, [...path, 'prices'])]
}

/** The prices of all variants that a product is to have, each with its place. */
export function pricesOf({ variants }: JsonObject): readonly { path: FilePath; price: Json | undefined }[] {
  return Object.entries(isObject(variants) ? variants : {}).flatMap(([name, variant]) => {
    const table = isObject(variant) ? priceTable(variant.prices) : null
    return Object.entries(table ?? {}).map(([place, price]) => ({ path: ['variants', name, 'prices', place], price }))
  })
}

/** Prices by list and quantity: in which order they stand means nothing. Null for what is no list of prices. */
function priceTable(prices: Json | undefined): JsonObject | null {
  if (!Array.isArray(prices)) return null
  const table = prices.map((price: Json, index) => {
    if (!isObject(price)) return [String(index), price] as const
    const { priceList, minimumQuantity = 1, amount, compareAt = null, ...others } = price
    const place = `${String(priceList)}${minimumQuantity === 1 ? '' : ` from ${String(minimumQuantity)}`}`
    const isPlain = compareAt === null && Object.keys(others).length === 0
    return [place, isPlain ? amount : { amount, compareAt, ...others }] as const
  })
  // Two prices for one place are refused by the operation; here they must not hide each other.
  return new Set(table.map(([place]) => place)).size === table.length ? Object.fromEntries(table) : null
}

/** Do two values say the same? Members in any order; one that is absent is null. */
function isAlike(left: Json | undefined, right: Json | undefined): boolean {
  const [one, other] = [left ?? null, right ?? null]
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    const items: readonly Json[] = other
    return one.length === items.length && one.every((item: Json, index) => isAlike(item, items[index]))
  }
  if (!isObject(one) || !isObject(other)) return false
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => isAlike(one[name], other[name]))
}
