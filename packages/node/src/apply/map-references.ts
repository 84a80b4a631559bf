import type { Json, JsonObject } from '@bursar/core'
import { type FilePath, isObject, type Section } from './shop-file.ts'

/** What a reference leads to. */
export type ReferenceKind = 'product' | 'variant' | 'priceLists' | 'collections' | 'sites' | 'promotions'

/** A name that an entry gives something else. */
export interface Reference {
  /** What it leads to. */
  readonly kind: ReferenceKind
  /** What is written. */
  readonly name: string
  /** Where, within the entry. */
  readonly path: FilePath
}

/** Answers what to write instead of a name. */
export type MapReference = (reference: Reference) => string

/**
 * An entry with each name that it gives other entries replaced. What has not the form that it should have stays as it
 * is: the operation that it is for refuses it. A condition or a benefit of the host's own kind names records by their ids.
 */
export function mapReferences(section: Section, fields: JsonObject, map: MapReference): JsonObject {
  return members(fields, OF_SECTION[section], [], map)
}

/** The names that an entry gives other entries. */
export function referencesOf(section: Section, fields: JsonObject): readonly Reference[] {
  const found: Reference[] = []
  mapReferences(section, fields, (reference) => {
    found.push(reference)
    return reference.name
  })
  return found
}

/** What a member holds: a name, or something that holds more of them; a list of either is walked by itself. */
type Shape = ReferenceKind | { readonly [member: string]: Shape } | { readonly each: Shape } | typeof CONDITION

/** Conditions hold conditions. */
const CONDITION = Symbol('condition')

const PARTS: Shape = { parts: { variantId: 'variant' } }

/** Members of conditions and benefits that name records, whatever their kind. */
const NAMED: { readonly [member: string]: Shape } = {
  products: 'product',
  variants: 'variant',
  variant: 'variant',
  collections: 'collections',
  sites: 'sites',
  conditions: CONDITION,
}

const VARIANT: Shape = {
  bundle: { parts: { variantId: 'variant' }, groups: PARTS },
  prerequisite: { variants: 'variant' },
  prices: { priceList: 'priceLists' },
}

const OF_SECTION: { readonly [S in Section]: { readonly [member: string]: Shape } } = {
  priceLists: {},
  taxRates: {},
  sites: { priceLists: 'priceLists' },
  products: { variants: { each: VARIANT } },
  collections: { products: 'product' },
  promotions: { sites: 'sites', conditions: CONDITION, benefit: CONDITION },
  codes: { promotionId: 'promotions' },
}

function members(
  value: JsonObject,
  shapes: { readonly [member: string]: Shape },
  path: FilePath,
  map: MapReference,
): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
      return [name, shape === undefined ? member : mapped(member, shape, [...path, name], map)]
    }),
  )
}

function mapped(value: Json | undefined, shape: Shape, path: FilePath, map: MapReference): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => mapped(item, shape, [...path, index], map) ?? null)
  }
  if (typeof shape === 'string') return typeof value === 'string' ? map({ kind: shape, name: value, path }) : value
  if (!isObject(value)) return value
  if (shape === CONDITION) return ofHost(value) ? value : members(value, NAMED, path, map)
  if (!isEach(shape)) return members(value, shape, path, map)
  const all = Object.keys(value).map((name) => [name, shape.each] as const)
  return members(value, Object.fromEntries(all), path, map)
}

const isEach = (shape: object): shape is { readonly each: Shape } => 'each' in shape

const ofHost = ({ type }: JsonObject): boolean => typeof type === 'string' && type.includes(':')
