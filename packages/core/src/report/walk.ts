import type { Collection, Scope, Storage, Stored } from '../ports/index.ts'
import { listBy } from '../storage/index.ts'

/** So many records are in memory at once; large orders and carts are some 10 kB each. */
const PAGE = 200

/** All documents that an index gives, a page at a time: memory does not grow with how many there are. */
export async function* walkPages<T>(
  storage: Storage,
  scope: Scope,
  collection: Collection<T>,
  index: string,
): AsyncIterable<readonly Stored<T>[]> {
  let cursor: string | undefined
  do {
    const page = await listBy(storage, scope, collection, { index, cursor, limit: PAGE })
    if (page.items.length > 0) yield page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
