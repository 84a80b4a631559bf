import { type CatalogRow, standardProductTypes, validateImportRow } from '../catalog/index.ts'
import type { JsonObject } from '../json/index.ts'

/** Rows of a file as they are imported, by the standard product types, in EUR unless they say otherwise. */
export function importRows(...raw: readonly JsonObject[]): CatalogRow[] {
  return raw.map((cells, index) => {
    const options = {
      currency: 'EUR',
      currencies: ['EUR', 'USD', 'GBP'],
      timeZone: 'UTC',
      productTypes: standardProductTypes,
    }
    const validated = validateImportRow(cells, { ...options, line: index + 2 })
    if (!validated.ok) throw new Error(JSON.stringify(validated.issues))
    return validated.row
  })
}
