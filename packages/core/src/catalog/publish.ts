import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isWindow } from '../time/index.ts'
import type { PublicationInput } from './admin-api.ts'
import type { PublicationRecord } from './catalog.collection.ts'
import { isSlug, makeSlug } from './import-slug.ts'
import type { Product } from './product.ts'
import type { Publication } from './publication.ts'

/** Place in lists of a product for which nobody chose one. */
const DEFAULT_PLACE = 1000
/** Words of the title count more than those of the description. */
const WEIGHTS = { title: 10, description: 1 } as const

/** A publication of a product as it is stored. */
export function publish(
  product: Product,
  input: PublicationInput,
  { slug, before }: { slug: string; before: Publication | null },
): PublicationRecord {
  return {
    productId: product.id,
    slug,
    from: input.from === undefined ? (before?.from ?? null) : input.from,
    until: input.until === undefined ? (before?.until ?? null) : input.until,
    place: input.place ?? before?.place ?? DEFAULT_PLACE,
    ...shownBy(product),
  }
}

/** What a shopper finds a product by: kept in each of its publications. */
export function shownBy(product: Product): Pick<PublicationRecord, 'productType' | 'texts'> {
  return {
    productType: product.type,
    texts: [
      { text: product.title, weight: WEIGHTS.title },
      ...(product.description === '' ? [] : [{ text: product.description, weight: WEIGHTS.description }]),
    ],
  }
}

/** A publication without what only searches see. */
export function publicationOf({ productId, slug, from, until, place }: PublicationRecord): Publication {
  return { productId, slug, from, until, place }
}

/** What is wrong with a publication that is to be stored. */
export function checkPublication(publication: Publication, path: string): readonly InputIssue[] {
  const { slug, from, until, place } = publication
  return [
    ...issueUnless(
      isSlug(slug),
      `${path}.slug`,
      `cannot stand in an address: ${JSON.stringify(makeSlug(slug, 'name'))} could`,
    ),
    ...issueUnless(isWindow(from, until), `${path}.until`, 'must be later than `from`'),
    ...issueUnless(
      Number.isInteger(place) && place >= 0 && place <= 1_000_000,
      `${path}.place`,
      'must be from 0 to 1,000,000',
    ),
  ]
}

/** Slugs to be tried for a product whose slug nobody chose, the best first: its title, then with what is its own. */
export function slugCandidates({
  title,
  externalId,
  id,
}: Pick<Product, 'title' | 'externalId' | 'id'>): readonly string[] {
  // A long title is cut, so that what is its own still fits.
  const short = [...title].slice(0, 40).join('')
  const own = externalId ?? id
  const candidates = [
    makeSlug(title, own),
    makeSlug(`${short} ${own}`, own),
    makeSlug(own, own),
    makeSlug(`${short} ${id}`, id),
  ]
  return [...new Set(candidates)]
}
