import {
  type CounterState,
  type Ref,
  type Scope,
  type Storage,
  StorageUnavailableError,
  type Stored,
} from '../ports/storage.ts'
import { systemRuntime } from '../ports/system-runtime.ts'
import { type CompiledCollection, collectionAdditions, compileCollection, HOLDS } from './adapter-collection.ts'
import { checkScope, siteOf } from './adapter-plan.ts'
import { commitToMemory, tableOf } from './memory-commit.ts'
import {
  keyOf,
  type MemoryData,
  type MemoryTable,
  memoryData,
  partitionOf,
  rowOf,
  setRow,
  takeUnique,
} from './memory-data.ts'
import { memoryJobs, notify } from './memory-jobs.ts'
import { listMemory } from './memory-list.ts'
import { searchMemory } from './memory-search.ts'

/** What a memory storage may share or take from outside. */
export interface MemoryStorageOptions {
  /** Storages on the same data are handles of one storage, as two processes on one file are. @default nothing stored */
  readonly data?: MemoryData | undefined
  /** The clock that `enqueuedAt` of jobs shows; nothing else depends on it. @default the system's */
  readonly now?: (() => string) | undefined
}

/**
 * Storage in memory, for tests and browsers: the same guarantees as on disk, except that all is gone with the process.
 * Bodies are frozen and shared, not copied.
 */
export function memoryStorage(options: MemoryStorageOptions = {}): Storage {
  const { data = memoryData(), now = systemRuntime().now } = options
  let isClosed = false

  async function guard<T>(work: () => T): Promise<T> {
    if (isClosed) throw new StorageUnavailableError('This storage was closed.', { outcome: 'nothing' })
    return work()
  }

  return {
    jobs: memoryJobs(data, guard),
    read: (scope, refs) => guard(() => refs.map((ref) => readOne(data, scope, ref))),
    list: (scope, query) => guard(() => listMemory(tableOf(data, query.in), scope, query)),
    search: (scope, query) => guard(() => searchMemory(tableOf(data, query.in), scope, query)),
    commit: (scope, changes, commitOptions = {}) =>
      guard(() => {
        const answer = commitToMemory(data, scope, changes, { ...commitOptions, enqueuedAt: now() })
        const enqueued = changes.filter((change) => change.do === 'enqueue')
        if (answer.outcome === 'committed' && enqueued.length > 0) notify(data, enqueued)
        return answer
      }),
    migrate: (collections) => guard(() => migrate(data, collections.map(compileCollection))),
    close: async () => {
      isClosed = true
    },
  }
}

function readOne(data: MemoryData, scope: Scope, ref: Ref): Stored | CounterState | null {
  checkScope(scope)
  if ('counter' in ref) {
    return data.counters.get(keyOf(scope.operator, ref.counter)) ?? { counter: ref.counter, used: 0, held: 0 }
  }
  if (ref.in === HOLDS.name) throw new TypeError('Holds are listed, not read.')
  const table = tableOf(data, ref.in)
  const partition = partitionOf(table, scope, siteOf(table.collection, scope))
  const id =
    'id' in ref ? ref.id : partition.unique.get(uniqueName(table, ref.unique, ref.key))?.get(JSON.stringify(ref.key))
  return id === undefined ? null : (partition.rows.get(id)?.stored ?? null)
}

function uniqueName({ collection }: MemoryTable, name: string, key: readonly unknown[]): string {
  const columns = collection.unique.get(name)
  if (columns?.length === key.length) return name
  throw new TypeError(`Collection "${collection.name}" declares no unique key "${name}" of ${key.length} columns.`)
}

/** First all is proved and computed, then it is put in place: a refusal changes nothing. */
function migrate(data: MemoryData, collections: readonly CompiledCollection[]): void {
  const tables = collections.map((collection) => migrated(data.tables.get(collection.name), collection))
  for (const table of tables) data.tables.set(table.collection.name, table)
}

function migrated(before: MemoryTable | undefined, collection: CompiledCollection): MemoryTable {
  const table: MemoryTable = { collection, partitions: new Map() }
  if (before === undefined) return table
  collectionAdditions(before.collection.shape, collection.shape)
  const partitions = [...before.partitions].flatMap(([operator, own]) =>
    [...own].map(([site, { rows }]) => ({ rows, partition: partitionOf(table, { operator }, site) })),
  )
  for (const { rows, partition } of partitions) {
    for (const { stored } of rows.values()) {
      const row = rowOf(collection, stored.id, stored.version, stored.body)
      setRow(partition, stored.id, row, [])
      const taken = takeUnique(table, partition, row, [])
      if (taken === null) continue
      throw new TypeError(
        `Collection "${collection.name}" cannot be migrated: documents break its unique key "${taken}".`,
      )
    }
  }
  return table
}
