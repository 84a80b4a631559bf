import type { JobQueue, LeasedJob } from '../ports/job-queue.ts'
import type {
  AnyCollection,
  Change,
  Committed,
  Conflict,
  EnqueueChange,
  HoldChange,
  Scope,
  SearchPage,
  SearchQuery,
  Storage,
  Stored,
} from '../ports/storage.ts'
import { memoryData } from '../storage/memory-data.ts'
import { memoryStorage } from '../storage/memory-storage.ts'
import { SEARCH_REACH } from '../storage/search-reach.ts'
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
  fault('counters are shared by operators', (inner) => ({
    read: async (scope, refs) =>
      Promise.all(
        refs.map(async (ref) => {
          const [found = null] = await inner.read('counter' in ref ? { operator: 'all' } : scope, [ref])
          return found
        }),
      ),
    commit: async (scope, changes, options) => {
      const [counters, rest] = split(changes, (change) => 'counter' in change)
      const answer = await inner.commit(scope, rest, options)
      if (answer.outcome === 'conflict' || counters.length === 0) return answer
      const counted = await inner.commit({ operator: 'all' }, counters)
      return counted.outcome === 'conflict' ? counted : answer
    },
  })),
  fault('a hold goes one past its limit', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'hold' ? { ...change, limit: change.limit + 1 } : change)),
  })),
  fault('a check of a limit says nothing', (inner) => ({
    commit: changed(inner, (change) =>
      change.do === 'checkLimit' ? { ...change, limit: Number.MAX_SAFE_INTEGER } : change,
    ),
  })),
  fault('a check of a limit goes one past it', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'checkLimit' ? { ...change, limit: change.limit + 1 } : change)),
  })),
  fault('a check of a limit takes what it checks', (inner) => ({
    commit: changed(inner, (change) =>
      change.do === 'checkLimit' ? { ...change, do: 'hold', hold: 'checked', due: '2999-01-01T00:00:00.000Z' } : change,
    ),
  })),
  fault('a check of a limit does not see what its own commit takes', (inner) => ({
    commit: async (scope, changes, options) => {
      const [checks, rest] = split(changes, (change) => change.do === 'checkLimit')
      if (checks.length === 0 || rest.length === 0) return inner.commit(scope, changes, options)
      const answer = await inner.commit(scope, checks)
      return answer.outcome === 'conflict' ? answer : inner.commit(scope, rest, options)
    },
  })),
  fault('a pause between the check of a limit and the hold', (inner) => ({
    commit: async (scope, changes, options) => {
      for (const [change, wanted] of changes.entries()) {
        if (wanted.do === 'hold' && (await isFull(inner, scope, wanted))) {
          return { outcome: 'conflict', change, why: 'limit', counter: wanted.counter }
        }
      }
      await pause()
      return inner.commit(scope, changes.map(withoutLimit), options)
    },
  })),
  fault('a hold repeated holds again', (inner, { notes }) => ({
    commit: changed(inner, (change) => {
      if (change.do !== 'hold') return change
      const key = `${change.counter}/${change.hold}`
      notes.set(key, (notes.get(key) ?? 0) + 1)
      return notes.get(key) === 1 ? change : { ...change, hold: `${change.hold}+${notes.get(key)}` }
    }),
  })),
  fault('a hold given back twice gives back twice', (inner, { notes }) => ({
    commit: async (scope, changes, options) => {
      const more = changes.map((change) =>
        change.do === 'hold' ? { ...change, limit: change.limit + (notes.get(change.counter) ?? 0) } : change,
      )
      const answer = await inner.commit(scope, more, options)
      const failed = answer.outcome === 'conflict' && answer.why === 'hold_gone' ? changes[answer.change] : undefined
      if (failed?.do !== 'releaseHold') return answer
      notes.set(failed.counter, (notes.get(failed.counter) ?? 0) + 1)
      return { outcome: 'committed', versions: {}, numbers: {} }
    },
  })),
  fault('a hold that is gone can be committed', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      const failed = answer.outcome === 'conflict' && answer.why === 'hold_gone' ? changes[answer.change] : undefined
      if (failed?.do !== 'commitHold') return answer
      return inner.commit(
        scope,
        changes.filter((change) => change !== failed),
        options,
      )
    },
  })),
  fault('a committed hold cannot be given back', (inner, { notes }) => ({
    commit: async (scope, changes, options) => {
      const gone = changes.findIndex((change) => change.do === 'releaseHold' && notes.has(change.hold))
      if (gone >= 0) return { outcome: 'conflict', change: gone, why: 'hold_gone' }
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'conflict') return answer
      for (const change of changes) if (change.do === 'commitHold') notes.set(change.hold, 1)
      return answer
    },
  })),
  fault('a hold that falls due is let go', (inner) => ({
    commit: async (scope, changes, options) => {
      const range = { until: '2025-01-01T00:00:00.000Z' }
      const { items } = await inner.list(scope, { in: 'holds', index: 'due', equals: [], range, limit: 1000 })
      for (const { body } of items) {
        const { counter, hold } = body as { counter: string; hold: string } // a HoldRecord
        await inner.commit(scope, [{ do: 'releaseHold', counter, hold }])
      }
      return inner.commit(scope, changes, options)
    },
  })),
  fault('counters are taken in the order of the array, each awaited', (inner, state) => {
    const held = new Set<string>()
    return {
      commit: async (scope, changes, options) => {
        const mine: string[] = []
        for (const change of changes) {
          if (change.do !== 'hold' || mine.includes(change.counter)) continue
          while (held.has(change.counter) || state.notes.has(change.counter)) await pause()
          held.add(change.counter)
          state.notes.set(change.counter, 1)
          mine.push(change.counter)
          await pause()
        }
        try {
          return await inner.commit(scope, changes, options)
        } finally {
          for (const counter of mine) {
            held.delete(counter)
            state.notes.delete(counter)
          }
        }
      },
    }
  }),
  fault('releases come after holds', (inner) => ({
    commit: async (scope, changes, options) => {
      const [releases, rest] = split(changes, (change) => change.do === 'releaseHold')
      if (releases.length === 0 || rest.length === 0) return inner.commit(scope, changes, options)
      const answer = await inner.commit(scope, rest, options)
      return answer.outcome === 'conflict' ? answer : inner.commit(scope, releases)
    },
  })),
  fault('a refused commit leaves a gap in a number series', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'committed') return answer
      for (const change of changes) {
        if (change.do !== 'number') continue
        const id = `gap-${Math.random()}`
        const insert = { do: 'insert', in: change.in, id, body: { seller: 'gap' } } as const
        await inner.commit(scope, [insert, { ...change, id }])
      }
      return answer
    },
  })),
  fault('a number is written into the body of the caller', (inner) => ({
    commit: async (scope, changes, options) => {
      for (const change of changes) {
        if (change.do === 'insert' && change.in === 'invoices') Object.assign(change.body as object, { number: 1 })
      }
      return inner.commit(scope, changes, options)
    },
  })),
  fault('number series are shared by operators', (inner, { notes }) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'conflict') return answer
      for (const name of Object.keys(answer.numbers)) {
        notes.set('last', (notes.get('last') ?? 0) + 1)
        answer.numbers[name] = notes.get('last') ?? 0
      }
      return answer
    },
  })),
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
  fault('a job joins one that is leased, and is lost', (inner, { notes }) => ({
    commit: (scope, changes, options) => {
      const kept = changes.filter((change) => change.do !== 'enqueue' || !notes.has(change.key ?? ''))
      return inner.commit(scope, kept, options)
    },
    jobs: jobsOf(inner, {
      lease: async (request) => {
        const leased = await inner.jobs.lease(request)
        for (const { key } of leased) if (key !== null) notes.set(key, 1)
        return leased
      },
    }),
  })),
  fault('a job that joins keeps the old data', (inner) => {
    const data = new Map<string, EnqueueChange['data']>()
    return {
      commit: changed(inner, (change) => {
        if (change.do !== 'enqueue' || change.key === undefined) return change
        if (!data.has(change.key)) data.set(change.key, change.data)
        return { ...change, data: data.get(change.key) ?? null }
      }),
    }
  }),
  fault('a job with a key joins none', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'enqueue' ? { ...change, key: undefined } : change)),
  })),
  fault('jobs are enqueued though their commit is refused', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      const jobs = changes.filter((change) => change.do === 'enqueue')
      if (answer.outcome === 'conflict' && jobs.length > 0) await inner.commit(scope, jobs)
      return answer
    },
  })),
  fault('a lease has no fencing', (inner) => {
    const newest = new Map<string, LeasedJob>()
    const current = (job: { id: string; token: number }) => newest.get(job.id) ?? job
    return {
      jobs: jobsOf(inner, {
        lease: async (request) => {
          const leased = await inner.jobs.lease(request)
          for (const job of leased) newest.set(job.id, job)
          return leased
        },
        complete: (job) => inner.jobs.complete(current(job)),
        retry: (job, change) => inner.jobs.retry(current(job), change),
        park: (job, change) => inner.jobs.park(current(job), change),
        heartbeat: (job, change) => inner.jobs.heartbeat(current(job), change),
      }),
    }
  }),
  fault('a heartbeat moves nothing', (inner) => ({ jobs: jobsOf(inner, { heartbeat: async () => true }) })),
  fault('a lease never ends', (inner) => ({
    jobs: jobsOf(inner, { lease: (request) => inner.jobs.lease({ ...request, leaseMs: 1e12 }) }),
  })),
  fault('a lease takes seconds for milliseconds', (inner) => ({
    jobs: jobsOf(inner, { lease: (request) => inner.jobs.lease({ ...request, leaseMs: request.leaseMs * 1000 }) }),
  })),
  fault('a lease is not exclusive', (inner) => ({
    jobs: jobsOf(inner, { lease: (request) => inner.jobs.lease({ ...request, leaseMs: 0 }) }),
  })),
  fault('a job runs before its time', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'enqueue' ? { ...change, runAt: undefined } : change)),
  })),
  fault('a retry does not wait', (inner) => ({
    jobs: jobsOf(inner, {
      retry: (job, { error }) => inner.jobs.retry(job, { error, runAt: '1970-01-01T00:00:00.000Z' }),
    }),
  })),
  fault('a parked job is thrown away', (inner) => ({
    jobs: jobsOf(inner, { park: (job) => inner.jobs.complete(job) }),
  })),
  fault('a parked job comes back by itself', (inner) => ({
    jobs: jobsOf(inner, {
      park: (job, { error }) => inner.jobs.retry(job, { error, runAt: '2100-01-01T00:00:00.000Z' }),
    }),
  })),
  fault('a completed job comes again', (inner) => ({
    jobs: jobsOf(inner, {
      complete: (job) => inner.jobs.retry(job, { error: '', runAt: '2026-01-01T00:00:30.000Z' }),
    }),
  })),
  fault('one operator’s jobs go before all others', (inner) => ({
    jobs: jobsOf(inner, {
      lease: async (request) => {
        const all = await inner.jobs.list({ state: 'waiting', limit: 1000 })
        const big = all.items.filter(({ scope }) => scope.operator === 'big').length
        const leased = await inner.jobs.lease({ ...request, limit: big > 0 ? 1 : request.limit })
        for (let left = request.limit - leased.length; big > 0 && left > 0; left -= 1) {
          const next = await inner.jobs.lease({ ...request, limit: 1 })
          leased.push(...next)
          if (next.length === 0) break
        }
        return leased
      },
    }),
  })),
  fault('jobs have no priority', (inner) => ({
    commit: changed(inner, withoutPriority),
  })),
  fault('a job that joins makes the priority its own', (inner) => ({
    commit: changed(inner, lowestWhenJoining),
  })),
  fault('the sites of an operator are not told apart', (inner) => ({
    jobs: jobsOf(inner, {
      lease: async (request) => {
        const leased = await inner.jobs.lease({ ...request, limit: 1000 })
        const left = leased.sort((a, b) => ((a.scope.site ?? '') < (b.scope.site ?? '') ? -1 : 1)).splice(request.limit)
        for (const job of left) await inner.jobs.retry(job, { runAt: request.now, error: '' })
        return leased
      },
    }),
  })),
  fault('what other operators have in their queues is counted too', (inner) => ({
    jobs: jobsOf(inner, { depth: ({ now }) => inner.jobs.depth({ now }) }),
  })),
  fault('jobs for later are counted as due', (inner) => ({
    jobs: jobsOf(inner, { depth: (query) => inner.jobs.depth({ ...query, now: '9999-01-01T00:00:00.000Z' }) }),
  })),
  fault('jobs that are to run at once are due since the epoch', (inner) => ({
    jobs: jobsOf(inner, {
      depth: async (query) => {
        const queues = await inner.jobs.depth(query)
        const [first] = (await inner.jobs.list({ state: 'waiting', limit: 1 })).items
        return queues.map((each) => (each.dueSince === null ? each : { ...each, dueSince: first?.runAt ?? null }))
      },
    }),
  })),
  fault('nobody is told of a new job', (inner) => ({ jobs: jobsOf(inner, { subscribe: () => () => undefined }) })),
  fault('nothing is kept when it is closed', (inner) => {
    let isClosed = false
    return {
      read: (scope, refs) => (isClosed ? Promise.resolve(refs.map(() => null)) : inner.read(scope, refs)),
      close: async () => {
        isClosed = true
      },
    }
  }),
]

function fault(name: string, breaks: Break): StorageFault {
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

function jobsOf(inner: Storage, broken: Partial<JobQueue>): JobQueue {
  return { ...inner.jobs, ...broken }
}

function changed(inner: Storage, change: (change: Change) => Change): Storage['commit'] {
  return async (scope, changes, options) => inner.commit(scope, changes.map(change), options)
}

function changedAsync(inner: Storage, change: (scope: Scope, change: Change) => Promise<Change>): Storage['commit'] {
  return async (scope, changes, options) =>
    inner.commit(scope, await Promise.all(changes.map((one) => change(scope, one))), options)
}

function inScope(inner: Storage, to: (scope: Scope) => Scope): Partial<Storage> {
  return {
    read: (scope, refs) => inner.read(to(scope), refs),
    list: (scope, query) => inner.list(to(scope), query),
    search: (scope, query) => inner.search(to(scope), query),
    commit: (scope, changes, options) => inner.commit(to(scope), changes, options),
  }
}

/** Does each change in a commit of its own. */
async function oneByOne(
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

async function keepOld(inner: Storage, scope: Scope, change: Change): Promise<Change> {
  if (change.do !== 'put') return change
  const found = await one(inner, scope, change)
  return found !== null && found.version > 1 ? { ...change, body: found.body } : change
}

async function withCurrentVersion(inner: Storage, scope: Scope, change: Change, only?: 'put'): Promise<Change> {
  if (!('version' in change) || (only !== undefined && change.do !== only)) return change
  const found = await one(inner, scope, change)
  return found === null || (only === undefined && change.version !== 1) ? change : { ...change, version: found.version }
}

async function one(inner: Storage, scope: Scope, { in: from, id }: { in: string; id: string }): Promise<Stored | null> {
  const [found = null] = await inner.read(scope, [{ in: from, id }])
  return isStored(found) ? found : null
}

function isStored(found: object | null): found is Stored {
  return found !== null && 'version' in found
}

function first(found: Stored): Stored {
  return { ...found, version: 1 }
}

async function isFull(inner: Storage, scope: Scope, { counter, n, limit }: HoldChange): Promise<boolean> {
  const [found] = await inner.read(scope, [{ counter }])
  return found !== null && found !== undefined && 'used' in found && found.used + found.held + n > limit
}

function withoutLimit(change: Change): Change {
  return change.do === 'hold' ? { ...change, limit: Number.MAX_SAFE_INTEGER } : change
}

function withOldRank(change: Extract<Change, { do: 'put' }>): Change {
  return { ...change, body: { ...(change.body as object), rank: 0 } } // a Cart
}

function nullsAsText(collection: AnyCollection): AnyCollection {
  const names = new Set(Object.values(collection.unique).flat())
  const columns = Object.entries(collection.columns).map(([name, column]) => {
    return [name, names.has(name) ? (body: never) => column(body) ?? '' : column] as const
  })
  return { ...collection, columns: Object.fromEntries(columns) }
}

/** The columns that are new are empty for what is there. */
function emptied(collection: AnyCollection, before: AnyCollection): AnyCollection {
  const columns = Object.entries(collection.columns).map(([name, column]) => {
    return [name, name in before.columns ? column : () => null] as const
  })
  return { ...collection, columns: Object.fromEntries(columns) }
}

function split(changes: readonly Change[], isFirst: (change: Change) => boolean): [Change[], Change[]] {
  return [changes.filter(isFirst), changes.filter((change) => !isFirst(change))]
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function withoutPriority(change: Change): Change {
  if (change.do !== 'enqueue') return change
  const { priority: _priority, ...rest } = change
  return rest
}

/** Jobs with an id `j…` are those that join, in the case that asks it. */
function lowestWhenJoining(change: Change): Change {
  if (change.do !== 'enqueue' || change.key === undefined || !change.id.startsWith('j')) return change
  return { ...change, priority: -1 }
}

/** The ids of all pages. */
async function idsFound(inner: Storage, scope: Scope, query: SearchQuery): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await inner.search(scope, { ...query, limit: 1000, facets: [], cursor })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return ids
}

function onlyOf(page: SearchPage, ids: ReadonlySet<string>): SearchPage {
  return { ...page, items: page.items.filter(({ id }) => ids.has(id)) }
}
