import { describe, expect, it } from 'vitest'
import { checkImport, missingBundleParts } from './import-check.ts'
import type { CatalogRow } from './import-row.ts'
import { validateImportRow } from './import-row.ts'
import { standardProductTypes } from './standard-product-types.ts'

function row(line: number, raw: Record<string, string>): CatalogRow {
  const full = { productExternalId: 'bread', type: 'course', title: 'How Bread Rises', price: '20', ...raw }
  const result = validateImportRow(full, { timeZone: 'UTC', currency: 'USD', productTypes: standardProductTypes, line })
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result.row
}

const lines = (rows: readonly CatalogRow[]): number[] => rows.map(({ line }) => line)

describe('checkImport', () => {
  it('keeps rows that agree, in their order', () => {
    const checked = checkImport([row(2, { variantName: 'verified' }), row(3, { variantName: 'audit', price: '0' })])
    expect(lines(checked.rows)).toEqual([2, 3])
    expect(checked.issues).toEqual([])
  })

  it('counts a row that is there twice once', () => {
    const checked = checkImport([row(2, {}), row(9, { title: ' How Bread Rises ' })])
    expect(lines(checked.rows)).toEqual([2])
    expect(checked.repeated).toEqual([9])
    expect(checked.issues).toEqual([])
  })

  it('refuses the same variant with other content, and says which line is kept', () => {
    const checked = checkImport([row(2, {}), row(9, { price: '25', capacity: '5' })])
    expect(lines(checked.rows)).toEqual([2])
    expect(checked.issues).toEqual([
      {
        line: 9,
        column: 'variantExternalId',
        message: 'Line 2 has the same variant and differs in prices: that line is kept.',
      },
    ])
  })

  it('takes for no disagreement what one of two rows does not name', () => {
    const checked = checkImport([
      row(2, { variantName: 'a', publish: 'no', 'productAttributes.level': 'easy' }),
      row(3, { variantName: 'b', description: 'Long', 'productAttributes.weeks': '6' }),
      row(4, { variantName: 'b', taxCategory: 'books' }),
      row(5, { variantExternalId: 'bread:b' }),
    ])
    expect(checked.issues).toEqual([])
    expect(checked.repeated).toEqual([4, 5])
    const ofProduct = { publish: false, description: 'Long', productAttributes: { level: 'easy', weeks: 6 } }
    expect(checked.rows).toMatchObject([
      { line: 2, variantName: 'a', ...ofProduct },
      { line: 3, variantName: 'b', taxCategory: 'books', ...ofProduct },
    ])
    const third = row(4, { variantName: 'c', publish: 'yes', 'productAttributes.weeks': '7' })
    const message = 'Line 2 has the same product and differs in productAttributes, publish: that line is kept.'
    expect(checkImport([...checked.rows, third]).issues).toMatchObject([{ line: 4, message }])
  })

  it('refuses rows of one product that disagree about it', () => {
    const checked = checkImport([row(2, { variantName: 'a' }), row(3, { variantName: 'b', title: 'How Bread Falls' })])
    expect(lines(checked.rows)).toEqual([2])
    expect(checked.issues).toMatchObject([{ line: 3, column: 'title' }])
  })

  it('refuses a second variant of the same name in a product', () => {
    const checked = checkImport([
      row(2, { variantExternalId: 'x', variantName: 'a' }),
      row(3, { variantExternalId: 'y', variantName: 'a' }),
    ])
    expect(checked.issues).toMatchObject([{ line: 3, column: 'variantName' }])
    // Of two that do not say their names the shop may know them.
    const unnamed = checkImport([row(2, { variantExternalId: 'x' }), row(3, { variantExternalId: 'y' })])
    expect(unnamed.issues).toEqual([])
  })

  it('refuses a given slug that is taken, and lets a made one give way, whichever comes first', () => {
    const checked = checkImport([
      row(2, { productExternalId: 'run-1' }),
      row(3, { productExternalId: 'run-2' }),
      row(4, { productExternalId: 'run-3', slug: 'how-bread-rises' }),
      row(5, { productExternalId: 'run-4', slug: 'how-bread-rises' }),
    ])
    expect(checked.rows.map(({ slug }) => slug)).toEqual([
      'how-bread-rises-run-1',
      'how-bread-rises-run-2',
      'how-bread-rises',
    ])
    expect(checked.issues).toMatchObject([{ line: 5, column: 'slug', message: expect.stringContaining('Line 4') }])
  })

  it('gives all rows of a product the slug that one of them names', () => {
    const checked = checkImport([row(2, { variantName: 'a' }), row(3, { variantName: 'b', slug: 'bread' })])
    expect(checked.rows.map(({ slug, slugSource }) => [slug, slugSource])).toEqual([
      ['bread', 'given'],
      ['bread', 'given'],
    ])
  })

  it('refuses bundles with parts that are nowhere, or bundles themselves', () => {
    const program = { type: 'program', title: 'Kitchen Science' }
    const rows = [
      row(2, { ...program, productExternalId: 'p1', bundleParts: 'bread:standard|cheese:standard' }),
      row(3, { ...program, productExternalId: 'p2', bundleParts: 'p1:standard|bread:standard' }),
      row(4, {}),
    ]
    expect(missingBundleParts(rows)).toEqual(['cheese:standard'])
    const refused = checkImport(rows)
    expect(lines(refused.rows)).toEqual([4])
    expect(refused.issues).toMatchObject([
      { line: 2, column: 'bundleParts', message: expect.stringContaining('"cheese:standard"') },
      { line: 3, column: 'bundleParts', message: 'A bundle holds no bundles: "p1:standard".' },
    ])
    expect(lines(checkImport(rows, { knownVariants: new Set(['cheese:standard']) }).rows)).toEqual([2, 4])
  })

  it('refuses a bundle whose part was refused', () => {
    const rows = [
      row(2, { variantName: 'a' }),
      row(3, { variantName: 'b', title: 'How Bread Falls' }),
      row(4, { type: 'program', title: 'Both', productExternalId: 'p', bundleParts: 'bread:a|bread:b' }),
    ]
    expect(checkImport(rows).issues.map(({ line }) => line)).toEqual([3, 4])
  })
})
