import type { Json } from '../json/index.ts'
import type { CounterState, Storage, Stored } from '../ports/index.ts'

/** What a storage shows otherwise than it is: a new body, or null for a document that is not there any more. */
export interface Alterations {
  /** Changes documents of these collections, the built-in `holds` among them. */
  readonly documents?: { readonly [collection: string]: (body: never) => unknown } | undefined
  /** Changes counters. */
  readonly counters?: ((state: CounterState) => CounterState) | undefined
}

/**
 * For tests of the doctor: a storage that shows some documents altered, also those that no commit can change. Indexes
 * stay as they were.
 */
export function alteredStorage(storage: Storage, { documents = {}, counters }: Alterations): Storage {
  const alter = (stored: Stored): Stored | null => {
    const change = Object.hasOwn(documents, stored.in) ? documents[stored.in] : undefined
    if (change === undefined) return stored
    const body = change(structuredClone(stored.body) as never) as Json | null // a test's own change of its own record
    return body === null ? null : { ...stored, body }
  }
  return {
    ...storage,
    jobs: storage.jobs,
    read: async (scope, refs) => {
      const found = await storage.read(scope, refs)
      return found.map((one) => {
        if (one === null) return null
        return 'counter' in one ? (counters?.(one) ?? one) : alter(one)
      })
    },
    list: async (scope, query) => {
      const page = await storage.list(scope, query)
      return { ...page, items: page.items.flatMap((stored) => alter(stored) ?? []) }
    },
  }
}
