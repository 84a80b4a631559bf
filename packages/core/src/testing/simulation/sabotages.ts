import type { Json } from '../../json/index.ts'
import type {
  AnyCollection,
  Change,
  Committed,
  FulfilmentProvider,
  JobQueue,
  PaymentProcessor,
  Ref,
  Scope,
  Storage,
  Stored,
} from '../../ports/index.ts'
import type { Instant } from '../../time/index.ts'
import type { SeededRandom } from './seeded-random.ts'

/** What a sabotage may use. */
export interface SabotageTools {
  readonly random: SeededRandom
  readonly now: () => Instant
}

/** Something that is wrong on purpose, to prove that the simulation finds it. */
export interface Sabotage {
  /** What is wrong. */
  readonly name: string
  readonly storage?: ((inner: Storage, tools: SabotageTools) => Storage) | undefined
  readonly processor?: ((inner: PaymentProcessor, tools: SabotageTools) => PaymentProcessor) | undefined
  readonly platform?: ((inner: FulfilmentProvider, tools: SabotageTools) => FulfilmentProvider) | undefined
}

/** Shops, each wrong in one way: a simulation that finds nothing in one of them proves nothing. */
export const sabotages: readonly Sabotage[] = [
  storage('a limit is kept by nobody', (inner) => ({
    ...changed(inner, (change) => (change.do === 'hold' ? { ...change, limit: 1_000_000 } : change)),
    read: async (scope, refs) =>
      (await inner.read(scope, refs)).map((found) =>
        found !== null && 'counter' in found ? { ...found, used: 0, held: 0 } : found,
      ),
  })),
  storage('what an order held is never given back', (inner) =>
    without(inner, ({ do: what }) => what === 'releaseHold'),
  ),
  storage('what an order held is never counted as used', (inner) =>
    without(inner, ({ do: what }) => what === 'commitHold'),
  ),
  storage('the last writer wins, whatever version it saw', (inner) => forced(inner)),
  storage('orders may share a number and a cart', (inner) => withoutUnique(inner, 'orders')),
  storage('an event of a processor is stored as often as it comes', (inner) => withoutId(inner, 'paymentEvents')),
  storage('a commit is acknowledged and now and then not stored', (inner, { random }) => ({
    ...inner,
    commit: async (scope, changes, options) =>
      random.percent(2) ? pretended(changes) : inner.commit(scope, changes, options),
  })),
  storage('half of a commit is now and then lost', (inner, { random }) => without(inner, () => random.percent(1))),
  storage('entries of the journal are now and then lost', (inner, { random }) =>
    without(inner, (change) => change.do === 'append' && change.in === 'journal' && random.percent(10)),
  ),
  storage('entries of the journal are a cent too high', (inner) => changed(inner, dearer)),
  storage('jobs of delivery are lost', (inner) => without(inner, (change) => isJob(change, 'grant.deliver'))),
  storage('jobs of withdrawal are lost', (inner) => without(inner, (change) => isJob(change, 'grant.withdraw'))),
  storage('nobody asks about payments in doubt', (inner) =>
    without(inner, (change) => isJob(change, 'payment.reconcile')),
  ),
  storage('whoever stores a payment takes its reconciler away', (inner) => ({
    ...inner,
    commit: (scope, changes, options) => inner.commit(scope, withoutReconcilers(changes), options),
  })),
  storage('sites share their carts and orders', (inner) => ({
    ...inner,
    read: (scope, refs) => inner.read(oneSite(scope), refs),
    list: (scope, query) => inner.list(oneSite(scope), query),
    commit: (scope, changes, options) => inner.commit(oneSite(scope), changes, options),
  })),
  storage('a job is done with before it is done', (inner) => ({ ...inner, jobs: hastyJobs(inner.jobs) })),
  storage('a job that fails is thrown away', (inner) => ({
    ...inner,
    jobs: { ...inner.jobs, retry: (job) => inner.jobs.complete(job) },
  })),
  processor('each call to the processor has a new key', (inner, { random }) => ({
    ...inner,
    open: (account, request) => inner.open(account, { ...request, key: `${request.key}-${random.below(1e9)}` }),
  })),
  processor('what is not known is called failed', (inner) => ({
    ...inner,
    async open(account, request) {
      const answer = await inner.open(account, request)
      return answer.outcome === 'unknown' ? { outcome: 'failed', reason: answer.reason } : answer
    },
  })),
  processor('what is not known is called paid', (inner) => ({
    ...inner,
    async open(account, request) {
      const answer = await inner.open(account, request)
      if (answer.outcome !== 'unknown') return answer
      const { amount } = request
      const paid = {
        reference: `guess-${request.key}`,
        state: 'captured',
        amount,
        captured: amount.amount,
        refunded: 0,
      } as const
      return { outcome: 'succeeded', payment: paid }
    },
  })),
  processor('a declined payment is called paid', (inner) => ({
    ...inner,
    async open(account, request) {
      const answer = await inner.open(account, request)
      if (answer.outcome !== 'declined' || answer.payment === undefined) return answer
      const { amount } = request
      return { outcome: 'succeeded', payment: { ...answer.payment, state: 'captured', captured: amount.amount } }
    },
    // One wrong answer alone does no lasting harm: the events of the processor tell, and what was given is taken back.
    async lookup(account, request) {
      const answer = await inner.lookup(account, request)
      if (answer.outcome !== 'found' || answer.payment.state !== 'failed') return answer
      const { payment } = answer
      return { outcome: 'found', payment: { ...payment, state: 'captured', captured: payment.amount.amount } }
    },
  })),
  processor('a look-up finds nothing', (inner) => ({ ...inner, lookup: async () => ({ outcome: 'not_found' }) })),
  processor('the processor is asked for a cent too much', (inner) => ({
    ...inner,
    open: (account, request) =>
      inner.open(account, { ...request, amount: { ...request.amount, amount: request.amount.amount + 1 } }),
  })),
  {
    name: 'the platform says done and does nothing',
    platform: (inner, { random }) => ({
      ...inner,
      deliver: async (grant) => (random.percent(20) ? { outcome: 'done' } : inner.deliver(grant)),
    }),
  },
]

/** For each payment that is put, that nobody asks about it any more, and no longer that somebody does. */
function withoutReconcilers(changes: readonly Change[]): Change[] {
  const away = (key: string): Change => ({ do: 'dequeue', queue: 'payment.reconcile', key })
  const stored = changes.flatMap((change) => (change.do === 'put' && change.in === 'payments' ? change.id : []))
  const mended = changes.map((change) =>
    change.do === 'enqueue' && change.queue === 'payment.reconcile' && stored.includes(change.key ?? '')
      ? away(change.key ?? '')
      : change,
  )
  const gone = mended.flatMap((change) => (change.do === 'dequeue' ? change.key : []))
  return [...mended, ...stored.filter((id) => !gone.includes(id)).map(away)]
}

function storage(name: string, make: NonNullable<Sabotage['storage']>): Sabotage {
  return { name, storage: make }
}

function processor(name: string, make: NonNullable<Sabotage['processor']>): Sabotage {
  return { name, processor: make }
}

function changed(inner: Storage, change: (change: Change) => Change): Storage {
  return { ...inner, commit: (scope, changes, options) => inner.commit(scope, changes.map(change), options) }
}

function without(inner: Storage, isLost: (change: Change) => boolean): Storage {
  return {
    ...inner,
    async commit(scope, changes, options) {
      const kept = changes.filter((change) => !isLost(change))
      const answer = await inner.commit(scope, kept, options)
      if (answer.outcome === 'conflict') {
        const failed = kept[answer.change]
        return { ...answer, change: failed === undefined ? 0 : changes.indexOf(failed) }
      }
      return { ...answer, versions: { ...pretended(changes).versions, ...answer.versions } }
    },
  }
}

/** Finds records by their unique keys as before, and stores two with one. */
function withoutUnique(inner: Storage, name: string): Storage {
  const open = (collection: AnyCollection): AnyCollection =>
    collection.name === name
      ? { ...collection, unique: {}, indexes: { ...collection.indexes, ...collection.unique } }
      : collection
  return {
    ...inner,
    migrate: (collections) => inner.migrate(collections.map(open)),
    async read(scope, refs) {
      const plain = refs.map(async (ref): Promise<Ref> => {
        if (!('unique' in ref) || ref.in !== name) return ref
        const query = { in: name, index: ref.unique, equals: ref.key, limit: 1 }
        const { items } = await inner.list(scope, query)
        return { in: name, id: items[0]?.id ?? 'none' }
      })
      return inner.read(scope, await Promise.all(plain))
    },
  }
}

/** Stores a record of a log beside the one that has its id. */
function withoutId(inner: Storage, name: string): Storage {
  const aside = (change: Change): Change =>
    change.do === 'append' && change.in === name ? { ...change, id: `${change.id}-again` } : change
  return {
    ...inner,
    async commit(scope, changes, options) {
      const answer = await inner.commit(scope, changes, options)
      const refused = answer.outcome === 'conflict' ? changes[answer.change] : undefined
      return refused?.do === 'append' && refused.in === name ? inner.commit(scope, changes.map(aside), options) : answer
    },
  }
}

/** What a commit answers when all goes well. */
function pretended(changes: readonly Change[]): Committed {
  const versions: Record<string, number> = {}
  for (const change of changes) {
    if (change.do === 'insert' || change.do === 'append') versions[`${change.in}/${change.id}`] = 1
    if (change.do === 'put') versions[`${change.in}/${change.id}`] = change.version + 1
  }
  return { outcome: 'committed', versions, numbers: {} }
}

function forced(inner: Storage): Storage {
  return {
    ...inner,
    async commit(scope, changes, options) {
      const current = async (change: Change): Promise<Change> => {
        if (change.do !== 'put' && change.do !== 'check') return change
        const [found] = (await inner.read(scope, [{ in: change.in, id: change.id }])) as (Stored | null)[] // by id
        return { ...change, version: found?.version ?? change.version }
      }
      return inner.commit(scope, await Promise.all(changes.map(current)), options)
    },
  }
}

function dearer(change: Change): Change {
  if (change.do !== 'append' || change.in !== 'journal') return change
  const body = change.body as { entries?: { amount: number }[] } // a journal transaction
  const entries = (body.entries ?? []).map((entry, index) =>
    index === 0 ? { ...entry, amount: entry.amount + 1 } : entry,
  )
  return { ...change, body: { ...body, entries } as Json }
}

function isJob(change: Change, queue: string): boolean {
  return change.do === 'enqueue' && change.queue === queue
}

const oneSite = (scope: Scope): Scope => (scope.site === undefined ? scope : { ...scope, site: 'main' })

function hastyJobs(inner: JobQueue): JobQueue {
  return {
    ...inner,
    async lease(request) {
      const jobs = await inner.lease(request)
      for (const job of jobs) await inner.complete(job)
      return jobs
    },
    complete: async () => true,
    retry: async () => true,
  }
}
