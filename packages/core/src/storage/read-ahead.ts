import type { CounterState, Ref, Scope, Storage, Stored } from '../ports/index.ts'

/** A storage of which some things were asked before anybody knew whether they would be needed. */
export interface ReadAhead {
  /** The storage: what was read ahead is not read again, and all else is read as it is asked. */
  readonly storage: Storage
  /** All that it was asked in that scope; who wants to know what is asked from now on empties it. */
  readonly asked: Ref[]
}

type Answer = CounterState | Stored | null

/**
 * Begins to read what a use case will probably ask, in the turn in which it reads its own documents, so that both are one
 * round trip. It is for one decision: what was read is as old as its beginning.
 */
export function readAhead(storage: Storage, scope: Scope, guessed: readonly Ref[]): ReadAhead {
  const places = new Map(guessed.map((ref, place) => [nameOf(ref), place]))
  const begun = guessed.length === 0 ? Promise.resolve([]) : storage.read(scope, guessed)
  begun.catch(() => {}) // who asks is told
  const asked: Ref[] = []

  async function read(where: Scope, refs: readonly Ref[]): Promise<Answer[]> {
    if (where.operator !== scope.operator || where.site !== scope.site) return storage.read(where, refs)
    asked.push(...refs)
    if (places.size === 0) return storage.read(where, refs)
    const missing = refs.filter((ref) => !places.has(nameOf(ref)))
    if (missing.length === refs.length) return storage.read(where, refs)
    const [known, others] = await Promise.all([begun, missing.length === 0 ? [] : storage.read(where, missing)])
    const rest = others.values()
    return refs.map((ref) => {
      const place = places.get(nameOf(ref))
      return (place === undefined ? rest.next().value : known[place]) ?? null
    })
  }

  return {
    asked,
    storage: {
      jobs: storage.jobs,
      read,
      list: (where, query) => storage.list(where, query),
      search: (where, query) => storage.search(where, query),
      commit: (where, changes, options) => storage.commit(where, changes, options),
      migrate: (collections) => storage.migrate(collections),
      close: () => storage.close(),
    },
  }
}

const nameOf = (ref: Ref): string => JSON.stringify(ref)
