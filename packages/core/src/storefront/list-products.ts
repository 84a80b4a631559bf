import {
  type ListProductsInput,
  type ProductView,
  type PublicationRecord,
  products,
  publications,
} from '../catalog/index.ts'
import type { Call, Stored } from '../ports/index.ts'
import { byId, listPage, type PageAnswer, type RecordPage, readAll, refuseBadCursor } from '../storage/index.ts'
import { isWithin } from '../time/index.ts'
import { openShelf, readShelf } from './open-shelf.ts'
import { productViews, type ShownProduct } from './product-views.ts'
import type { StorefrontPorts } from './storefront-ports.ts'

/** Products per page unless asked otherwise. */
const PAGE = 20
/** A page that windows leave short is filled up by at most so many further reads; then it stays short. */
const MAXIMUM_READS = 5

/**
 * Products that the site shows now, in the site's order; by search or type in the order of the search. With a book that
 * is up to date a page costs three reads.
 * @throws BursarError `currency_not_offered`, `site_unknown`, `invalid_input` for a bad cursor
 */
export async function listProducts(
  ports: StorefrontPorts,
  call: Call,
  input: ListProductsInput,
): Promise<PageAnswer<ProductView>> {
  const [opened, page] = await Promise.all([readShelf(ports, call), readPublications(ports, call, input)])
  const shelf = await openShelf(call, opened, input.currency)
  const shown = await readShown(ports, call, page.items)
  return { items: await productViews(ports, call, shelf, shown), nextCursor: page.nextCursor }
}

/** A page of publications whose window is open. */
async function readPublications(
  ports: StorefrontPorts,
  call: Call,
  input: ListProductsInput,
): Promise<{ items: PublicationRecord[]; nextCursor: string | null }> {
  const limit = input.limit ?? PAGE
  const items: PublicationRecord[] = []
  let cursor = input.cursor
  for (let reads = 1; ; reads += 1) {
    const page = await readPage(ports, call, { ...input, cursor, limit: limit - items.length })
    items.push(...page.items.map(({ body }) => body).filter((publication) => isWithin(publication, call.now)))
    if (page.nextCursor === null || items.length >= limit || reads >= MAXIMUM_READS) {
      return { items, nextCursor: page.nextCursor }
    }
    cursor = page.nextCursor
  }
}

function readPage(
  { storage }: StorefrontPorts,
  call: Call,
  { search = '', type, cursor, limit = PAGE }: ListProductsInput,
): Promise<RecordPage<PublicationRecord>> {
  if (search.trim() === '' && type === undefined) {
    return listPage(storage, call.scope, publications, { index: 'place', page: { cursor, limit }, mayLag: true })
  }
  const filters = type === undefined ? undefined : { type: [type] }
  return refuseBadCursor(async () => {
    const query = { in: publications.name, text: search, filters, cursor, limit, mayLag: true }
    const page = await storage.search(call.scope, query)
    return page as unknown as RecordPage<PublicationRecord> // what stands in a collection has the collection's type
  })
}

async function readShown(
  { storage }: StorefrontPorts,
  call: Call,
  published: readonly PublicationRecord[],
): Promise<ShownProduct[]> {
  const found = await readAll(storage, call.scope, ...published.map(({ productId }) => byId(products, productId)))
  return published.flatMap((publication, index) => {
    const stored: Stored<ShownProduct['product']> | null = found[index] ?? null
    return stored === null || stored.body.status === 'archived' ? [] : [{ product: stored.body, publication }]
  })
}
