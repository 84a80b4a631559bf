import type { JobQueue } from '../ports/job-queue.ts'
import type {
  AnyCollection,
  Change,
  Committed,
  Conflict,
  HoldChange,
  Scope,
  SearchPage,
  SearchQuery,
  Storage,
  Stored,
} from '../ports/storage.ts'
import { memoryData } from '../storage/memory-data.ts'
import { memoryStorage } from '../storage/memory-storage.ts'
import type { MakeStorage } from './storage-contract-kit.ts'

/** A storage that is wrong in one way, to prove that the contract sees it. */
export interface StorageFault {
  /** What is wrong. */
  readonly name: string
  readonly makeStorage: MakeStorage
}

/** Wraps a handle of a good storage; `state` is shared by all handles of one case. */
type Break = (inner: Storage, state: FaultState) => Partial<Storage>

interface FaultState {
  readonly notes: Map<string, number>
  readonly collections: Map<string, AnyCollection>
  tail: Promise<unknown>
}

export function fault(name: string, breaks: Break): StorageFault {
  return {
    name,
    makeStorage: async () => {
      const data = memoryData()
      const state: FaultState = { notes: new Map(), collections: new Map(), tail: Promise.resolve() }
      const open = (): Storage => {
        const inner = memoryStorage({ data })
        return { ...inner, ...breaks(inner, state) }
      }
      return { storage: open(), reopen: async () => open() }
    },
  }
}

export function jobsOf(inner: Storage, broken: Partial<JobQueue>): JobQueue {
  return { ...inner.jobs, ...broken }
}

export function changed(inner: Storage, change: (change: Change) => Change): Storage['commit'] {
  return async (scope, changes, options) => inner.commit(scope, changes.map(change), options)
}

export function changedAsync(
  inner: Storage,
  change: (scope: Scope, change: Change) => Promise<Change>,
): Storage['commit'] {
  return async (scope, changes, options) =>
    inner.commit(scope, await Promise.all(changes.map((one) => change(scope, one))), options)
}

export function inScope(inner: Storage, to: (scope: Scope) => Scope): Partial<Storage> {
  return {
    read: (scope, refs) => inner.read(to(scope), refs),
    list: (scope, query) => inner.list(to(scope), query),
    search: (scope, query) => inner.search(to(scope), query),
    commit: (scope, changes, options) => inner.commit(to(scope), changes, options),
  }
}

/** Does each change in a commit of its own. */
export async function oneByOne(
  inner: Storage,
  scope: Scope,
  changes: readonly Change[],
  options?: { commitId?: string | undefined },
): Promise<Committed | Conflict> {
  const documents = changes.filter((change) => 'in' in change && change.do !== 'number')
  if (documents.length < 2) return inner.commit(scope, changes, options)
  const versions: Record<string, number> = {}
  const numbers: Record<string, number> = {}
  for (const [index, change] of changes.entries()) {
    if (change.do === 'number') continue
    const own = changes.filter(
      (one) => one === change || (one.do === 'number' && 'id' in change && one.id === change.id),
    )
    const answer = await inner.commit(scope, own, options)
    if (answer.outcome === 'conflict') return { ...answer, change: index }
    Object.assign(versions, answer.versions)
    Object.assign(numbers, answer.numbers)
  }
  return { outcome: 'committed', versions, numbers }
}

export async function keepOld(inner: Storage, scope: Scope, change: Change): Promise<Change> {
  if (change.do !== 'put') return change
  const found = await one(inner, scope, change)
  return found !== null && found.version > 1 ? { ...change, body: found.body } : change
}

export async function withCurrentVersion(inner: Storage, scope: Scope, change: Change, only?: 'put'): Promise<Change> {
  if (!('version' in change) || (only !== undefined && change.do !== only)) return change
  const found = await one(inner, scope, change)
  return found === null || (only === undefined && change.version !== 1) ? change : { ...change, version: found.version }
}

export async function one(
  inner: Storage,
  scope: Scope,
  { in: from, id }: { in: string; id: string },
): Promise<Stored | null> {
  const [found = null] = await inner.read(scope, [{ in: from, id }])
  return isStored(found) ? found : null
}

export function isStored(found: object | null): found is Stored {
  return found !== null && 'version' in found
}

export function first(found: Stored): Stored {
  return { ...found, version: 1 }
}

export async function isFull(inner: Storage, scope: Scope, { counter, n, limit }: HoldChange): Promise<boolean> {
  const [found] = await inner.read(scope, [{ counter }])
  return found !== null && found !== undefined && 'used' in found && found.used + found.held + n > limit
}

export function withoutLimit(change: Change): Change {
  return change.do === 'hold' ? { ...change, limit: Number.MAX_SAFE_INTEGER } : change
}

export function withOldRank(change: Extract<Change, { do: 'put' }>): Change {
  return { ...change, body: { ...(change.body as object), rank: 0 } } // a Cart
}

export function nullsAsText(collection: AnyCollection): AnyCollection {
  const names = new Set(Object.values(collection.unique).flat())
  const columns = Object.entries(collection.columns).map(([name, column]) => {
    return [name, names.has(name) ? (body: never) => column(body) ?? '' : column] as const
  })
  return { ...collection, columns: Object.fromEntries(columns) }
}

/** The columns that are new are empty for what is there. */
export function emptied(collection: AnyCollection, before: AnyCollection): AnyCollection {
  const columns = Object.entries(collection.columns).map(([name, column]) => {
    return [name, name in before.columns ? column : () => null] as const
  })
  return { ...collection, columns: Object.fromEntries(columns) }
}

export function split(changes: readonly Change[], isFirst: (change: Change) => boolean): [Change[], Change[]] {
  return [changes.filter(isFirst), changes.filter((change) => !isFirst(change))]
}

export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

export function withoutPriority(change: Change): Change {
  if (change.do !== 'enqueue') return change
  const { priority: _priority, ...rest } = change
  return rest
}

/** Jobs with an id `j…` are those that join, in the case that asks it. */
export function lowestWhenJoining(change: Change): Change {
  if (change.do !== 'enqueue' || change.key === undefined || !change.id.startsWith('j')) return change
  return { ...change, priority: -1 }
}

/** The ids of all pages. */
export async function idsFound(inner: Storage, scope: Scope, query: SearchQuery): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await inner.search(scope, { ...query, limit: 1000, facets: [], cursor })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return ids
}

export function onlyOf(page: SearchPage, ids: ReadonlySet<string>): SearchPage {
  return { ...page, items: page.items.filter(({ id }) => ids.has(id)) }
}
