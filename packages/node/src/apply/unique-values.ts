import { type Json, normaliseCode } from '@bursar/core'
import { type FilePath, isObject, type ShopEntry } from './shop-file.ts'

/** Something of which a shop has one only, such as a slug. */
export interface UniqueValue {
  /** Equal where the shop takes two for the same. */
  readonly text: string
  /** Where it stands in the entry. */
  readonly path: FilePath
}

/**
 * What an entry holds of which a shop has one only, besides its key: nobody else may have it until it is given up. A code
 * that names no site is of that to which the file is applied.
 */
export function uniqueValues(
  { section, fields }: Pick<ShopEntry, 'section' | 'fields'>,
  site: string,
): readonly UniqueValue[] {
  switch (section) {
    case 'products':
      return isObject(fields.publication) ? valueAt(fields.publication.slug, ['publication', 'slug']) : []
    case 'codes':
      return valueAt(fields.code, ['code'], (code) => JSON.stringify([normaliseCode(code), fields.site ?? site]))
    case 'sites':
      return Array.isArray(fields.hosts)
        ? fields.hosts.flatMap((host: Json, index) => valueAt(host, ['hosts', index]))
        : []
    case 'taxRates':
      return [{ text: JSON.stringify([fields.country, fields.region || null, fields.category]), path: ['category'] }]
    default:
      return []
  }
}

function valueAt(value: Json | undefined, path: FilePath, form = (text: string): string => text): UniqueValue[] {
  return typeof value === 'string' ? [{ text: form(value), path }] : []
}
