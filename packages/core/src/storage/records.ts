import type { Json } from '../json/index.ts'
import type {
  AnyCollection,
  Change,
  Collection,
  Committed,
  CounterState,
  Ref,
  Scope,
  Storage,
  Stored,
} from '../ports/index.ts'

/** A reference that knows what it finds. */
export type RecordRef<T> = Ref & { readonly finds?: T }

/** What a list of references finds, in their order. */
export type Found<R extends readonly RecordRef<unknown>[]> = {
  -readonly [K in keyof R]: R[K] extends RecordRef<infer T> ? T | null : never
}

/** Finds a document by its id. */
export function byId<T>(collection: Collection<T>, id: string): RecordRef<Stored<T>> {
  return { in: collection.name, id }
}

/** Finds a document by a declared unique key. */
export function byKey<T>(
  collection: Collection<T>,
  unique: string,
  ...key: readonly (string | number)[]
): RecordRef<Stored<T>> {
  return { in: collection.name, unique, key }
}

/** Finds a counter; one that nobody holds is zero. */
export function counter(name: string): RecordRef<CounterState> {
  return { counter: name }
}

/** Reads several things of one moment in one round trip, each with its type. */
export async function readAll<const R extends readonly RecordRef<unknown>[]>(
  storage: Storage,
  scope: Scope,
  ...refs: R
): Promise<Found<R>> {
  // The adapter answers in the order of the refs; what stands in a collection has the collection's type.
  return (refs.length === 0 ? [] : await storage.read(scope, refs)) as Found<R>
}

/** Reads several lists of things, of one moment and in one round trip; each list has its type. */
export async function readLists<const L extends readonly (readonly RecordRef<unknown>[])[]>(
  storage: Storage,
  scope: Scope,
  ...lists: L
): Promise<{ -readonly [K in keyof L]: Found<L[K]> }> {
  const read: readonly unknown[] = await readAll(storage, scope, ...lists.flat())
  let end = 0
  const parts = lists.map(({ length }) => {
    end += length
    return read.slice(end - length, end)
  })
  return parts as { -readonly [K in keyof L]: Found<L[K]> } // in the order of the refs, list after list
}

/** Documents are JSON by construction; interfaces lack the index signature that the port's type asks for. */
const asJson = (body: unknown): Json => body as Json

/** A new document. */
export function insert<T>(collection: Collection<T>, id: string, body: T): Change {
  return { do: collection.appendOnly ? 'append' : 'insert', in: collection.name, id, body: asJson(body) }
}

/** A new body for the document of this version. */
export function put<T>(collection: Collection<T>, stored: { id: string; version: number }, body: T): Change {
  return { do: 'put', in: collection.name, id: stored.id, version: stored.version, body: asJson(body) }
}

/** A document as a commit has just inserted or put it. */
export function storedBy<T>({ versions }: Committed, collection: Collection<T>, id: string, body: T): Stored<T> {
  const version = versions[`${collection.name}/${id}`] as number // of each document that a commit writes
  return { in: collection.name, id, version, body }
}

/** Proves that the document still has this version when the commit is done. */
export function check(collection: AnyCollection, stored: { id: string; version: number }): Change {
  return { do: 'check', in: collection.name, id: stored.id, version: stored.version }
}

/** Removes the document of this version. */
export function remove(collection: AnyCollection, stored: { id: string; version: number }): Change {
  return { do: 'remove', in: collection.name, id: stored.id, version: stored.version }
}

/** One page of a list, with its type. */
export interface RecordPage<T> {
  /** In the index's order. */
  items: Stored<T>[]
  /** Where the next page begins, or null. */
  nextCursor: string | null
}

/** Lists documents by a declared index. */
export async function listBy<T>(
  storage: Storage,
  scope: Scope,
  collection: Collection<T>,
  query: {
    index: string
    equals?: readonly (string | number)[] | undefined
    range?: { from?: string | number | undefined; until?: string | number | undefined } | undefined
    order?: 'asc' | 'desc' | undefined
    cursor?: string | undefined
    limit?: number | undefined
    mayLag?: boolean | undefined
  },
): Promise<RecordPage<T>> {
  const { equals = [], limit = 1000, ...rest } = query
  const page = await storage.list(scope, { ...rest, equals, limit, in: collection.name })
  return page as unknown as RecordPage<T> // what stands in a collection has the collection's type
}

/** All documents that an index gives, page by page. For what is known to be few, and for checks over everything. */
export async function listAll<T>(
  storage: Storage,
  scope: Scope,
  collection: Collection<T>,
  query: Pick<Parameters<typeof listBy>[3], 'index' | 'equals' | 'range'>,
): Promise<Stored<T>[]> {
  const all: Stored<T>[] = []
  let cursor: string | undefined
  do {
    const page = await listBy(storage, scope, collection, { ...query, cursor })
    all.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}
