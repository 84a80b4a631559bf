import { type CatalogRow, type PublicationRecord, slugCandidates } from '../catalog/index.ts'
import type { Stored } from '../ports/index.ts'

/** A product of an import that is to have a slug. */
export interface SlugWish {
  /** Product id. */
  id: string
  /** The product's first row. */
  row: CatalogRow
  /** The slug that it has on the site already, or null. */
  current: string | null
}

/** Slugs that could be asked for; whoever has one of them is looked up in the shop. */
export function wishedSlugs({ id, row, current }: SlugWish): readonly string[] {
  if (row.slugSource === 'given') return row.slug === current ? [] : [row.slug]
  if (current !== null) return []
  return [...new Set([row.slug, ...slugCandidates({ id, title: row.title, externalId: row.productExternalId })])]
}

/**
 * The slug of each product by its id. One from the file is kept or refused; one made from a title keeps what the shop
 * already shows, and gives way where another product has it. A product that is not in the answer was refused.
 */
export function assignSlugs(
  wishes: readonly SlugWish[],
  taken: ReadonlyMap<string, Stored<PublicationRecord>>,
): ReadonlyMap<string, string> {
  const assigned = new Map<string, string>()
  const used = new Set<string>()
  const assign = (id: string, slug: string): void => {
    assigned.set(id, slug)
    used.add(slug)
  }
  const settled = wishes.filter(({ row, current }) => row.slugSource === 'given' || current !== null)
  const after = new Map(
    settled.map(({ id, row, current }) => [id, row.slugSource === 'given' ? row.slug : (current ?? '')]),
  )
  // Unique keys are judged after the whole commit: a slug is free if whoever has it gets another in this import.
  const isFree = (slug: string, id: string): boolean => {
    const owner = taken.get(slug)?.id
    if (used.has(slug)) return false
    return owner === undefined || owner === id || (after.get(owner) ?? slug) !== slug
  }
  for (const { id, row, current } of settled) if (row.slugSource !== 'given') assign(id, current ?? '')
  for (const { id, row } of settled) if (row.slugSource === 'given' && isFree(row.slug, id)) assign(id, row.slug)
  for (const wish of wishes) {
    if (after.has(wish.id)) continue
    const slug = wishedSlugs(wish).find((candidate) => isFree(candidate, wish.id))
    if (slug !== undefined) assign(wish.id, slug)
  }
  return assigned
}
