import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readCatalogFile } from './read-catalog-file.ts'

const path = fileURLToPath(new URL('../../../../examples/sample-shop/catalog/catalog.csv', import.meta.url))

describe('the catalog of the sample shop', () => {
  it('is read whole by the importer that everybody uses', async () => {
    const result = await readCatalogFile(path, { timeZone: 'UTC', currency: 'USD', currencies: ['USD', 'EUR'] })
    if (!result.ok) throw new Error(result.reason)
    expect(result.report.refusals).toEqual([])
    expect(result.report.unusedColumns).toEqual([])
    const products = new Map(result.rows.map(({ productExternalId, type }) => [productExternalId, type]))
    const count = (type: string): number => [...products.values()].filter((found) => found === type).length
    expect([count('course'), count('program'), count('book'), count('service')]).toEqual([31, 2, 4, 3])
  })
})
