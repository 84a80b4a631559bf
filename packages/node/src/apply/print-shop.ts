import type { Json, JsonObject } from '@bursar/core'
import { stringify } from 'yaml'
import { referencesOf } from './map-references.ts'
import { isObject, SECTIONS } from './shop-file.ts'
import { type FoundEntry, type ShopRecords, shopState } from './shop-state.ts'

/**
 * A shop as a file that would change nothing of it. What is archived is left out, unless something printed names it and a file can
 * make it; so are codes.
 */
export function printShop(records: ShopRecords): string {
  const { entries } = shopState(records)
  const style = { lineWidth: 110, version: '1.2', aliasDuplicateObjects: false } as const
  const isActive = ({ fields }: FoundEntry) => fields.status !== 'archived'
  const named = new Set(
    SECTIONS.flatMap((section) =>
      [...entries[section].values()].filter(isActive).flatMap(({ fields }) => referencesOf(section, fields)),
    ).map(({ kind, name }) => `${kind} ${name}`),
  )
  const sections = SECTIONS.flatMap((section): [string, JsonObject][] => {
    const printed = [...entries[section]]
      .filter(([key, entry]) => isActive(entry) || named.has(`${section} ${key}`))
      .sort(([left], [right]) => (left < right ? -1 : 1))
    if (printed.length === 0) return []
    return [[section, Object.fromEntries(printed.map(([key, { fields }]) => [key, said(fields)]))]]
  })
  return stringify(Object.fromEntries(sections), style)
}

/** Fields that a person looks for first; the others follow by name, whatever the storage's order is. */
const FIRST = ['id', 'name', 'title', 'type', 'description', 'code', 'priceList', 'amount', 'currency']

/** Without the fields that say nothing, which a new record has by itself. */
function said(fields: JsonObject): JsonObject {
  const kept = Object.entries(fields).flatMap(([name, value]): [string, Json | undefined][] => {
    if (saysNothing(name, value)) return []
    if (name === 'prices' && Array.isArray(value)) return [[name, value.map(plainPrice)]]
    if (name !== 'variants' || !isObject(value)) return [[name, inOrder(value ?? null)]]
    const variants = Object.entries(value).map(([variant, own]) => [variant, isObject(own) ? said(own) : own])
    return [[name, Object.fromEntries(variants)]]
  })
  return Object.fromEntries(kept.sort(byPlace))
}

/** All members of a value in one order. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => inOrder(item))
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]) => [name, inOrder(member ?? null)] as const)
  return Object.fromEntries(members.sort(byPlace))
}

function plainPrice(price: Json): Json {
  if (!isObject(price)) return price
  const { minimumQuantity, compareAt, ...plain } = price
  const isMore = minimumQuantity !== 1
  return inOrder({ ...plain, ...(isMore ? { minimumQuantity } : {}), ...(compareAt ? { compareAt } : {}) })
}

function byPlace([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  const place = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return place(left) - place(right) || (left < right ? -1 : 1)
}

function saysNothing(name: string, value: Json | undefined): boolean {
  if (value === null || value === undefined) return true
  // A variant's tax category is its type's where nothing is said.
  if (value === '') return name !== 'taxCategory'
  if (name === 'status') return value === 'active'
  return (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)
}
