import type { CatalogRow } from './import-row.ts'
import type { ImportIssue } from './import-row-reader.ts'
import { makeSlug } from './import-slug.ts'

/** Rows with slugs of which each belongs to one product, and the rows whose own slug was taken. */
export interface SettledSlugs {
  /** In the order given. */
  rows: CatalogRow[]
  /** Of rows whose slug stands in the file and belongs to another product. */
  issues: ImportIssue[]
}

/**
 * Gives each product of a file a slug of its own. One that stands in the file is kept or refused, never changed; one
 * made from a title gets the external id appended where it is taken, so that many runs of one course can share a title.
 */
export function settleSlugs(rows: readonly CatalogRow[]): SettledSlugs {
  const owners = new Map<string, CatalogRow>()
  const settled = new Map<string, Pick<CatalogRow, 'slug' | 'slugSource'>>()
  const issues: ImportIssue[] = []
  for (const row of [...given(rows), ...derived(rows)]) {
    if (settled.has(row.productExternalId)) continue
    const slug = [row.slug, ...(owners.has(row.slug) ? substitutes(row) : [])].find(
      (candidate) => !owners.has(candidate),
    )
    if (slug === undefined) continue
    owners.set(slug, row)
    settled.set(row.productExternalId, { slug, slugSource: row.slugSource })
  }
  const kept = rows.flatMap((row) => {
    const own = settled.get(row.productExternalId)
    if (own !== undefined) return [{ ...row, ...own }]
    issues.push({ line: row.line, column: 'slug', message: takenBy(owners.get(row.slug)) })
    return []
  })
  return { rows: kept, issues }
}

/** What a product may be named instead, if its slug is taken. */
function substitutes(row: CatalogRow): string[] {
  if (row.slugSource === 'given') return []
  // A long title is cut, so that the id still fits.
  const withId = makeSlug(`${[...row.slug].slice(0, 40).join('')} ${row.productExternalId}`, row.productExternalId)
  return [withId, makeSlug(row.productExternalId, row.productExternalId)]
}

function given(rows: readonly CatalogRow[]): CatalogRow[] {
  return rows.filter((row) => row.slugSource === 'given')
}

function derived(rows: readonly CatalogRow[]): CatalogRow[] {
  return rows.filter((row) => row.slugSource === 'derived')
}

function takenBy(owner: CatalogRow | undefined): string {
  const where = owner === undefined ? 'Another product' : `Line ${owner.line}`
  return `${where} has the same slug for another product: give this one its own.`
}
