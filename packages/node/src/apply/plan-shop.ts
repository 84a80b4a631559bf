import type { Json, JsonObject } from '@bursar/core'
import { checkShopFile } from './check-shop-file.ts'
import { compareEntries, type FieldChange } from './compare-entries.ts'
import { type HandOvers, handOvers } from './hand-overs.ts'
import { mapReferences, referencesOf } from './map-references.ts'
import { isObject, nameOf, SECTIONS, type Section, type ShopEntry, type ShopProblem } from './shop-file.ts'
import { shopNames } from './shop-names.ts'
import { type FoundEntry, type ShopState, variantKey } from './shop-state.ts'

/** What is to be done with one entry. */
export interface PlannedEntry extends ShopEntry {
  /** Made, changed, or left as it is. */
  readonly action: 'create' | 'change' | 'keep'
  /** What differs; of one that is made everything does, and nothing is listed. */
  readonly changes: readonly FieldChange[]
  /** What the shop has of it, or null. */
  readonly found: FoundEntry | null
}

/** One write. A product takes several where its variants name each other, or those of products that name it. */
export interface PlannedWrite {
  /** What it writes, or a part of it. */
  readonly entry: PlannedEntry
  /** What the file says of it, or that part. */
  readonly fields: JsonObject
  /** Is the entry whole after it? */
  readonly isLast: boolean
}

/** What a file would do to a shop. */
export interface ShopPlan {
  /** By section and key. */
  readonly entries: readonly PlannedEntry[]
  /** One after the other, those of entries that stay as they are among them. */
  readonly writes: readonly PlannedWrite[]
  /** What is wrong: then nothing is written. */
  readonly problems: readonly ShopProblem[]
}

/**
 * What a file would do to a shop that has this, applied to a site of it: pure, and the same whatever the order of the file's entries. What the
 * file does not name stays as it is. Of what the file says only the form and the names are checked here.
 */
export function planShop(content: Json | undefined, state: ShopState, site: string): ShopPlan {
  const { entries, problems } = checkShopFile(content, state)
  const names = shopNames(entries, state)
  const missing = entries.flatMap((entry) =>
    referencesOf(entry.section, entry.fields).flatMap((reference): ShopProblem[] => {
      const found = names.find(reference)
      if ('key' in found) return []
      return [{ path: [entry.section, entry.key, ...reference.path], message: found.problem }]
    }),
  )
  const named = entries.map((entry) => ({
    ...entry,
    fields: mapReferences(entry.section, entry.fields, (reference) => {
      const found = names.find(reference)
      return 'key' in found ? found.key : reference.name
    }),
  }))
  const planned = SECTIONS.flatMap((section) => sorted(named, section).map((entry) => planEntry(entry, state)))
  const moves = handOvers(planned, site)
  const ofSection = (name: Section) => planned.filter(({ section }) => section === name)
  const products = orderProducts(ofSection('products'), { state, moves })
  const writes = SECTIONS.flatMap((section) =>
    section === 'products' ? products.writes : orderRecords(ofSection(section), moves),
  )
  return { entries: planned, writes, problems: [...problems, ...missing, ...moves.circles, ...products.circles] }
}

function sorted(entries: readonly ShopEntry[], section: Section): readonly ShopEntry[] {
  return entries.filter((entry) => entry.section === section).sort((left, right) => (left.key < right.key ? -1 : 1))
}

function planEntry(entry: ShopEntry, state: ShopState): PlannedEntry {
  const found = state.entries[entry.section].get(entry.key) ?? null
  const changes = found === null ? [] : compareEntries(entry.section, found.fields, entry.fields)
  const action = found === null ? 'create' : changes.length > 0 ? 'change' : 'keep'
  return { ...entry, action, changes, found }
}

/** Who gives a value up comes before who takes it; else they stay in their order. */
function orderRecords(records: readonly PlannedEntry[], moves: HandOvers): readonly PlannedWrite[] {
  const written = new Set<string>()
  const writes: PlannedWrite[] = []
  for (let open = records; open.length > 0; ) {
    open = open.filter((entry) => {
      if (moves.mustWait(entry, written)) return true
      written.add(nameOf(entry))
      writes.push({ entry, fields: entry.fields, isLast: true })
      return false
    })
  }
  return writes
}

/**
 * Writes products in rounds: in each, the variants whose own variants are there. All else of a product is in its first
 * write, which comes after those that give up what it takes.
 */
function orderProducts(products: readonly PlannedEntry[], { state, moves }: { state: ShopState; moves: HandOvers }) {
  const there = new Set(state.variantIds.keys())
  const ours = new Set(
    products.flatMap((entry) => Object.keys(variantsOf(entry)).map((name) => variantKey(entry.key, name))),
  )
  const begun = new Set<string>()
  const open = new Map(products.map((entry) => [entry.key, { entry, left: variantsOf(entry) }]))
  const writes: PlannedWrite[] = []
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const [key, product] of open) {
      const ready = Object.entries(product.left).filter(([, variant]) => isReady(variant, { there, ours }))
      const isFirst = !begun.has(nameOf(product.entry))
      if (isFirst && moves.mustWait(product.entry, begun)) continue
      const isPlain = Object.keys(product.left).length === 0
      if (ready.length === 0 && !(isFirst && (isPlain || product.entry.found !== null))) continue
      isMoving = true
      begun.add(nameOf(product.entry))
      product.left = without(product.left, ready)
      const isLast = Object.keys(product.left).length === 0
      writes.push({ entry: product.entry, fields: partOf(product.entry, { isFirst, ready }), isLast })
      for (const [name] of ready) there.add(variantKey(key, name))
      if (isLast) open.delete(key)
    }
  }
  const circles = [...open].flatMap(([key, { left }]) => Object.keys(left).map((name) => circleAt(key, name)))
  return { writes, circles }
}

const circleAt = (key: string, name: string): ShopProblem => ({
  path: ['products', key, 'variants', name],
  message: 'names a variant that names this one in turn: make one of them without it first',
})

function partOf(
  { fields }: PlannedEntry,
  { isFirst, ready }: { isFirst: boolean; ready: readonly (readonly [string, Json | undefined])[] },
): JsonObject {
  const { variants, ...rest } = fields
  const own = variants === undefined ? {} : { variants: isObject(variants) ? Object.fromEntries(ready) : variants }
  return isFirst ? { ...rest, ...own } : own
}

function variantsOf({ fields }: ShopEntry): JsonObject {
  return isObject(fields.variants) ? fields.variants : {}
}

function without(variants: JsonObject, gone: readonly (readonly [string, unknown])[]): JsonObject {
  const names = new Set(gone.map(([name]) => name))
  return Object.fromEntries(Object.entries(variants).filter(([name]) => !names.has(name)))
}

/** Are the variants that it names there? Those that nobody brings are a problem of their own. */
function isReady(
  variant: Json | undefined,
  { there, ours }: { there: ReadonlySet<string>; ours: ReadonlySet<string> },
): boolean {
  const named = referencesOf('products', { variants: { one: variant } })
  return named.every(({ kind, name }) => kind !== 'variant' || there.has(name) || !ours.has(name))
}
