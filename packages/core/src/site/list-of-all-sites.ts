import type { Collection, Scope, Storage, Stored } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import { sites } from './site.collection.ts'

/** The records of all of an operator's sites. For what is known to be few. */
export async function listOfAllSites<T>(
  storage: Storage,
  { operator }: Pick<Scope, 'operator'>,
  collection: Collection<T>,
  query: Parameters<typeof listAll>[3],
): Promise<Stored<T>[]> {
  const all = await listAll(storage, { operator }, sites, { index: 'id' })
  return (await Promise.all(all.map(({ id }) => listAll(storage, { operator, site: id }, collection, query)))).flat()
}
