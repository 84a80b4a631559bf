import { memoryStorage } from '@bursar/core'
import type {
  AnyCollection,
  Change,
  Collection,
  Committed,
  Conflict,
  CounterState,
  Json,
  Ref,
  Scope,
  Storage,
  Stored,
} from '@bursar/core/storage-adapter'

/**
 * A storage that shows what another one holds and keeps in memory what is written: nothing reaches the other one. For one
 * use after the other, while nobody else writes to it. Lists and searches show what the other one holds.
 */
export function rehearsalStorage(real: Storage): Storage {
  const memory = memoryStorage()
  const copies = copiesInto(memory, real)
  return {
    ...memory,
    async read(scope, refs) {
      await copies.take(scope, refs)
      const [kept, held] = await Promise.all([memory.read(scope, refs), counters(real, scope, refs)])
      return kept.map((found, index) => {
        if (found === null || !('version' in found)) return held.get(index) ?? found
        return { ...found, version: found.version + copies.versionsBefore(scope, found) }
      })
    },
    list: (scope, query) => real.list(scope, query),
    search: (scope, query) => real.search(scope, query),
    async commit(scope, changes, options) {
      await copies.take(
        scope,
        changes.flatMap((change) => copies.touchedBy(change)),
      )
      const answer = await memory.commit(
        scope,
        changes.map((change) => copies.ownVersion(scope, change)),
        options,
      )
      return copies.realVersions(scope, answer)
    },
    async migrate(collections) {
      copies.know(collections)
      await memory.migrate(collections)
    },
  }
}

/** Counters stay as the real storage has them: nothing of a shop file takes from one. */
async function counters(real: Storage, scope: Scope, refs: readonly Ref[]): Promise<Map<number, CounterState>> {
  const asked = refs.flatMap((ref, index) => ('counter' in ref ? [{ ref, index }] : []))
  if (asked.length === 0) return new Map()
  const found = await real.read(
    scope,
    asked.map(({ ref }) => ref),
  )
  return new Map(
    asked.flatMap(({ index }, place) => {
      const state = found[place]
      return state !== null && state !== undefined && 'counter' in state ? [[index, state] as const] : []
    }),
  )
}

/** Copies documents when they are first asked for, and remembers which versions they had. */
function copiesInto(memory: Storage, real: Storage) {
  const collections = new Map<string, Collection>()
  const asked = new Set<string>()
  /** Versions that a document had before it was copied, by {@link place}. */
  const before = new Map<string, number>()

  const place = (scope: Scope, document: { in: string; id: string }): string =>
    JSON.stringify([
      scope.operator,
      collections.get(document.in)?.of === 'site' ? scope.site : null,
      document.in,
      document.id,
    ])

  async function copy(scope: Scope, document: Stored): Promise<void> {
    const at = place(scope, document)
    if (before.has(at)) return
    before.set(at, document.version - 1)
    const how = collections.get(document.in)?.appendOnly === true ? 'append' : 'insert'
    const { in: collection, id, body } = document
    const answer = await memory.commit(scope, [{ do: how, in: collection, id, body }])
    if (answer.outcome !== 'committed') throw new Error(`The rehearsal cannot hold ${collection}/${id}: ${answer.why}.`)
  }

  return {
    know(all: readonly AnyCollection[]): void {
      // What a column is computed from is known to the collection alone.
      for (const collection of all) collections.set(collection.name, collection as unknown as Collection)
    },
    async take(scope: Scope, refs: readonly Ref[]): Promise<void> {
      const fresh = refs.filter((ref) => {
        const key = JSON.stringify([scope, ref])
        if ('counter' in ref || asked.has(key)) return false
        asked.add(key)
        return true
      })
      if (fresh.length === 0) return
      for (const found of await real.read(scope, fresh)) {
        if (found !== null && 'version' in found) await copy(scope, found)
      }
    },
    /** The documents that a change meets: its own, and those that have the unique keys that it takes. */
    touchedBy(change: Change): readonly Ref[] {
      if (!('in' in change)) return []
      const own: Ref = { in: change.in, id: change.id }
      const collection = collections.get(change.in)
      if (collection === undefined || !('body' in change)) return [own]
      return [own, ...uniqueRefs(collection, change.body)]
    },
    versionsBefore: (scope: Scope, document: { in: string; id: string }) => before.get(place(scope, document)) ?? 0,
    ownVersion(scope: Scope, change: Change): Change {
      if (!('version' in change)) return change
      return { ...change, version: change.version - (before.get(place(scope, change)) ?? 0) }
    },
    realVersions(scope: Scope, answer: Committed | Conflict): Committed | Conflict {
      if (answer.outcome !== 'committed') return answer
      const versions = Object.entries(answer.versions).map(([name, version]) => {
        const at = name.indexOf('/')
        const document = { in: name.slice(0, at), id: name.slice(at + 1) }
        return [name, version + (before.get(place(scope, document)) ?? 0)] as const
      })
      return { ...answer, versions: Object.fromEntries(versions) }
    },
  }
}

function uniqueRefs(collection: Collection, body: Json): readonly Ref[] {
  return Object.entries(collection.unique).flatMap(([unique, columns]): Ref[] => {
    const values = columns.map((column) => collection.columns[column]?.(body) ?? null)
    const key = values.filter((value) => value !== null)
    return key.length === values.length ? [{ in: collection.name, unique, key }] : []
  })
}
