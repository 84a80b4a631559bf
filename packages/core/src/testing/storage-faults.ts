import type { Committed, Conflict, Storage, Stored } from '../ports/storage.ts'
import { SEARCH_REACH } from '../storage/search-reach.ts'
import { counterFaults } from './storage-faults-counters.ts'
import { jobCommitFaults } from './storage-faults-job-commits.ts'
import { jobFaults } from './storage-faults-jobs.ts'
import {
  changed,
  changedAsync,
  emptied,
  fault,
  first,
  idsFound,
  inScope,
  isStored,
  keepOld,
  nullsAsText,
  one,
  oneByOne,
  onlyOf,
  pause,
  type StorageFault,
  withCurrentVersion,
  withOldRank,
} from './storage-faults-kit.ts'

/** Memory storages, each wrong in one named way. */
export const storageFaults: readonly StorageFault[] = [
  fault('a remove removes nothing', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'remove' ? { ...change, do: 'check' } : change)),
  })),
  fault('a second write of a document is ignored', (inner) => ({
    commit: async (scope, changes, options) =>
      inner.commit(scope, await Promise.all(changes.map((change) => keepOld(inner, scope, change))), options),
  })),
  fault('the version does not grow with a put', (inner) => ({
    read: async (scope, refs) =>
      (await inner.read(scope, refs)).map((found) => (isStored(found) ? first(found) : found)),
    commit: async (scope, changes, options) =>
      inner.commit(
        scope,
        await Promise.all(changes.map((change) => withCurrentVersion(inner, scope, change))),
        options,
      ),
  })),
  fault('a pause between the check of a version and the write', (inner) => ({
    commit: async (scope, changes, options) => {
      for (const [change, wanted] of changes.entries()) {
        if (wanted.do !== 'put') continue
        const found = await one(inner, scope, wanted)
        if (found?.version !== wanted.version) return { outcome: 'conflict', change, why: 'version' }
      }
      await pause()
      const forced = await Promise.all(changes.map((change) => withCurrentVersion(inner, scope, change, 'put')))
      return inner.commit(scope, forced, options)
    },
  })),
  fault('a check checks nothing', (inner) => ({
    commit: async (scope, changes, options) => {
      const kept = changes.filter((change) => change.do !== 'check')
      return inner.commit(scope, kept, options)
    },
  })),
  fault('unique keys are not checked', (inner) => ({
    migrate: (collections) => inner.migrate(collections.map((collection) => ({ ...collection, unique: {} }))),
    read: async (scope, refs) => {
      const plain = refs.map((ref) => ('unique' in ref ? { in: ref.in, id: `no-key:${ref.key}` } : ref))
      return inner.read(scope, plain)
    },
  })),
  fault('unique keys are not checked on a put', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      const failed = answer.outcome === 'conflict' && answer.why === 'unique' ? changes[answer.change] : undefined
      if (failed?.do !== 'put') return answer
      return { outcome: 'committed', versions: { [`${failed.in}/${failed.id}`]: failed.version + 1 }, numbers: {} }
    },
  })),
  fault('unique keys are checked where a column is null', (inner) => ({
    migrate: (collections) => inner.migrate(collections.map(nullsAsText)),
  })),
  fault('unique keys are judged change by change', (inner) => ({
    commit: (scope, changes, options) => oneByOne(inner, scope, changes, options),
  })),
  fault('a conflict keeps the changes before it', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'conflict') await oneByOne(inner, scope, changes.slice(0, answer.change))
      return answer
    },
  })),
  fault('an append overwrites', (inner) => ({
    commit: changedAsync(inner, async (scope, change) => {
      if (change.do !== 'append') return change
      const found = await one(inner, scope, change)
      return found === null ? { ...change, do: 'insert' } : { ...change, do: 'put', version: found.version }
    }),
    migrate: (collections) => inner.migrate(collections.map((collection) => ({ ...collection, appendOnly: false }))),
  })),
  fault('an append-only collection takes puts and removes', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'append' ? { ...change, do: 'insert' } : change)),
    migrate: (collections) => inner.migrate(collections.map((collection) => ({ ...collection, appendOnly: false }))),
  })),
  fault('operators share what they store', (inner) => inScope(inner, (scope) => ({ ...scope, operator: 'all' }))),
  fault('sites share what they store', (inner) =>
    inScope(inner, (scope) => (scope.site === undefined ? scope : { ...scope, site: 'all' })),
  ),
  fault('a missing site is another site', (inner) => inScope(inner, (scope) => ({ site: 'none', ...scope }))),
  fault('the id of a commit is ignored', (inner) => ({ commit: (scope, changes) => inner.commit(scope, changes) })),
  fault('the id of a commit counts for all operators', (inner, { notes }) => ({
    commit: async (scope, changes, options) => {
      const id = options?.commitId
      if (id !== undefined && notes.has(id)) return inner.commit({ ...scope, operator: 'op' }, changes, options)
      if (id !== undefined) notes.set(id, 1)
      return inner.commit(scope, changes, options)
    },
  })),
  fault('a conflict is remembered under the id of its commit', (inner) => {
    const conflicts = new Map<string, Conflict>()
    return {
      commit: async (scope, changes, options) => {
        const before = conflicts.get(options?.commitId ?? '')
        if (before !== undefined) return before
        const answer = await inner.commit(scope, changes, options)
        if (answer.outcome === 'conflict' && options?.commitId !== undefined) conflicts.set(options.commitId, answer)
        return answer
      },
    }
  }),
  fault('a commit is answered before it is stored', (inner) => ({
    commit: async (scope, changes, options) => {
      const later = pause().then(() => inner.commit(scope, changes, options))
      later.catch(() => undefined)
      const isPlain = changes.every((change) => change.do === 'insert')
      if (!isPlain) return later
      const versions = changes.flatMap((change) => (change.do === 'insert' ? [[`${change.in}/${change.id}`, 1]] : []))
      return { outcome: 'committed', versions: Object.fromEntries(versions), numbers: {} }
    },
  })),
  fault('a refused commit takes its neighbours with it', (inner, state) => {
    let failedInTurn = false
    return {
      commit: (scope, changes, options) => {
        const answer = state.tail.then(async (): Promise<Committed | Conflict> => {
          if (failedInTurn) return { outcome: 'conflict', change: 0, why: 'version' }
          const own = await inner.commit(scope, changes, options)
          if (own.outcome === 'conflict') {
            failedInTurn = true
            setTimeout(() => {
              failedInTurn = false
            }, 0)
          }
          return own
        })
        state.tail = answer.catch(() => null)
        return answer
      },
    }
  }),
  fault('each ref of a read is read at its own moment', (inner) => ({
    read: async (scope, refs) => {
      const found: Awaited<ReturnType<Storage['read']>> = []
      for (const ref of refs) {
        found.push(...(await inner.read(scope, [ref])))
        await pause()
      }
      return found
    },
  })),
  fault('a read leaves out what is not there', (inner) => ({
    read: async (scope, refs) => (await inner.read(scope, refs)).filter((found) => found !== null),
  })),
  fault('a cursor skips equal keys', (inner) => ({
    list: async (scope, query) => {
      const page = await inner.list(scope, query)
      if (query.cursor === undefined || query.index !== 'rank') return page
      const before = JSON.parse(atob(query.cursor.replaceAll('-', '+').replaceAll('_', '/')))[0]
      const rankOf = ({ body }: Stored) => (body as { rank: number }).rank // a Cart
      return { ...page, items: page.items.filter((item) => rankOf(item) !== before) }
    },
  })),
  fault('a range takes its end in', (inner) => ({
    list: (scope, query) => {
      const until = query.range?.until
      if (until === undefined) return inner.list(scope, query)
      const after = typeof until === 'number' ? until + 1 : `${until}\u0000`
      return inner.list(scope, { ...query, range: { ...query.range, until: after } })
    },
  })),
  fault('a descending list ascends', (inner) => ({
    list: (scope, query) => inner.list(scope, { ...query, order: 'asc' }),
  })),
  fault('a list counts past its cap', (inner) => ({
    list: (scope, query) =>
      inner.list(scope, { ...query, countUpTo: query.countUpTo === undefined ? undefined : 1_000_000 }),
  })),
  fault('a list keeps documents under their old columns', (inner) => ({
    commit: (scope, changes, options) => {
      const kept = changes.map((change) =>
        change.do === 'put' && change.in === 'carts' ? withOldRank(change) : change,
      )
      return inner.commit(scope, kept, options)
    },
  })),
  fault('a search takes any of its tokens for all', (inner) => ({
    search: async (scope, query) => {
      const [word = ''] = query.text.split(' ')
      return inner.search(scope, { ...query, text: word })
    },
  })),
  fault('a search counts the facets of its page only', (inner) => ({
    search: async (scope, query) => {
      const page = await inner.search(scope, query)
      const cut = Object.entries(page.facets).map(([facet, values]) => [facet, values.slice(0, query.limit)])
      return { ...page, facets: Object.fromEntries(cut) }
    },
  })),
  fault('a search takes the first of a common word by id, whatever they weigh', (inner) => ({
    search: async (scope, query) => {
      const page = await inner.search(scope, query)
      const first = (await idsFound(inner, scope, { ...query, text: '', filters: {} })).slice(0, SEARCH_REACH)
      return onlyOf(page, new Set(first))
    },
  })),
  fault('a search begins with the first word, however common it is', (inner) => ({
    search: async (scope, query) => {
      const page = await inner.search(scope, query)
      const [word = ''] = query.text.split(' ')
      return onlyOf(page, new Set(await idsFound(inner, scope, { ...query, text: word })))
    },
  })),
  fault('a search filters what it has reached already', (inner) => ({
    search: async (scope, query) => {
      const page = await inner.search(scope, query)
      return onlyOf(page, new Set(await idsFound(inner, scope, { ...query, filters: {} })))
    },
  })),
  fault('a search without a text ends where one with a text does', (inner) => ({
    search: async (scope, query) => {
      const page = await inner.search(scope, query)
      const first = (await idsFound(inner, scope, query)).slice(0, SEARCH_REACH)
      return onlyOf(page, new Set(first))
    },
  })),
  fault('a migration leaves old documents out of new indexes', (inner, { collections }) => ({
    migrate: (wanted) =>
      inner.migrate(
        wanted.map((collection) => {
          const before = collections.get(collection.name)
          if (before === undefined) collections.set(collection.name, collection)
          const isWider =
            before !== undefined && Object.keys(collection.columns).length > Object.keys(before.columns).length
          return isWider ? emptied(collection, before) : collection
        }),
      ),
  })),
  fault('nothing is kept when it is closed', (inner) => {
    let isClosed = false
    return {
      read: (scope, refs) => (isClosed ? Promise.resolve(refs.map(() => null)) : inner.read(scope, refs)),
      close: async () => {
        isClosed = true
      },
    }
  }),
  ...counterFaults,
  ...jobCommitFaults,
  ...jobFaults,
]
