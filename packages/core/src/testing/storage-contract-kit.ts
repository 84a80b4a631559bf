import type { JobQueue, LeasedJob, LeaseRequest } from '../ports/job-queue.ts'
import type { Change, Collection, Committed, Conflict, Json, Query, Scope, Storage, Stored } from '../ports/storage.ts'

/** A storage with nothing in it, made for one case. */
export interface StorageUnderTest {
  /** The storage, not yet migrated. */
  readonly storage: Storage
  /** Another handle on the same data, as a second process would have; the first stays open. */
  reopen(): Promise<Storage>
  /** Closes all handles and removes the data. */
  end?: (() => Promise<void>) | undefined
}

/** Makes a fresh storage. */
export type MakeStorage = () => Promise<StorageUnderTest>

/** One guarantee of the port. It rejects, with a sentence, when the storage does not keep it. */
export interface StorageContractCase {
  /** What is guaranteed. */
  readonly name: string
  /** Runs the case on a storage of its own. `timeoutMs`: no case may take longer. @default 20 s */
  run(makeStorage: MakeStorage, options?: { timeoutMs?: number | undefined }): Promise<void>
}

/** What a case is given. */
export interface CaseTools {
  readonly storage: Storage
  readonly jobs: JobQueue
  /** Another handle on the same data, migrated. */
  readonly reopen: () => Promise<Storage>
}

const DEFAULT_TIMEOUT_MS = 20_000

/** Makes a case of a test that takes a storage migrated to the collections below. */
export function storageCase(name: string, test: (tools: CaseTools) => Promise<void>): StorageContractCase {
  return {
    name,
    async run(makeStorage, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) {
      const made = await makeStorage()
      try {
        await made.storage.migrate(contractCollections)
        const reopen = async () => {
          const other = await made.reopen()
          await other.migrate(contractCollections)
          return other
        }
        await inTime(test({ storage: made.storage, jobs: made.storage.jobs, reopen }), timeoutMs)
      } finally {
        await made.end?.()
      }
    },
  }
}

async function inTime(test: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeoutMs} ms: does it wait in a circle?`)), timeoutMs)
  })
  try {
    await Promise.race([test, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A document of a site. */
export type Cart = {
  readonly customer: string
  readonly rank: number
  readonly slug?: string | null
  readonly note?: string
}

const carts: Collection<Cart> = {
  name: 'carts',
  of: 'site',
  columns: {
    customer: (cart) => cart.customer,
    rank: (cart) => cart.rank,
    slug: (cart) => cart.slug ?? null,
  },
  numbers: ['rank'],
  unique: { slug: ['slug'], customer_slug: ['customer', 'slug'] },
  indexes: { customer: ['customer', 'rank'], rank: ['rank'], slug: ['slug'] },
}

const people: Collection<{ readonly email: string }> = {
  name: 'people',
  of: 'operator',
  columns: { email: (person) => person.email },
  unique: { email: ['email'] },
  indexes: { email: ['email'] },
}

const events: Collection<{ readonly stream: string; readonly seq: number }> = {
  name: 'events',
  of: 'operator',
  appendOnly: true,
  columns: { stream: (event) => event.stream, seq: (event) => event.seq },
  numbers: ['seq'],
  unique: { position: ['stream', 'seq'] },
  indexes: { stream: ['stream', 'seq'] },
}

const invoices: Collection<{ readonly number?: number; readonly seller: string }> = {
  name: 'invoices',
  of: 'operator',
  columns: { number: (invoice) => invoice.number ?? null, seller: (invoice) => invoice.seller },
  numbers: ['number'],
  unique: { number: ['seller', 'number'] },
  indexes: { seller: ['seller', 'number'] },
  number: 'number',
}

/** A searchable document. */
export type Title = { readonly title: string; readonly about?: string; readonly subjects?: readonly string[] }

const titles: Collection<Title> = {
  name: 'titles',
  of: 'site',
  columns: {},
  unique: {},
  indexes: {},
  search: {
    fields: ({ title, about = '' }) => [
      { text: title, weight: 10 },
      { text: about, weight: 1 },
    ],
    facets: ({ subjects = [] }) => ({ subject: subjects }),
  },
}

/** The collections of the cases. */
export const contractCollections = [carts, people, events, invoices, titles]

/** The scope of most cases. */
export const scope: Scope = { operator: 'op', site: 'main' }

/** An instant that has long passed. */
export const LONG_AGO = '2020-01-01T00:00:00.000Z'

/** An instant far ahead. */
const FAR_AHEAD = '2999-01-01T00:00:00.000Z'

/** A cart. */
export function cart(customer: string, rank: number, slug: string | null = null): Cart {
  return { customer, rank, slug }
}

export const insert = (id: string, body: Json, into = 'carts'): Change => ({ do: 'insert', in: into, id, body })
export const append = (id: string, stream: string, seq: number): Change => ({
  do: 'append',
  in: 'events',
  id,
  body: { stream, seq },
})
export const put = (id: string, version: number, body: Json, into = 'carts'): Change => ({
  do: 'put',
  in: into,
  id,
  version,
  body,
})
export const remove = (id: string, version: number, from = 'carts'): Change => ({ do: 'remove', in: from, id, version })
export const check = (id: string, version: number, from = 'carts'): Change => ({ do: 'check', in: from, id, version })
export const hold = (counter: string, id: string, limit: number, n = 1, due = FAR_AHEAD): Change => ({
  do: 'hold',
  counter,
  hold: id,
  n,
  limit,
  due,
})
export const checkLimit = (counter: string, limit: number, n = 1): Change => ({ do: 'checkLimit', counter, n, limit })
export const commitHold = (counter: string, id: string): Change => ({ do: 'commitHold', counter, hold: id })
export const releaseHold = (counter: string, id: string): Change => ({ do: 'releaseHold', counter, hold: id })
export const number = (series: string, id: string): Change => ({ do: 'number', series, in: 'invoices', id })
export const enqueue = (
  id: string,
  more: { queue?: string; key?: string; runAt?: string; priority?: number; data?: Json } = {},
): Change => ({
  do: 'enqueue',
  queue: 'work',
  data: null,
  ...more,
  id,
})
export const dequeue = (key: string, queue = 'work'): Change => ({ do: 'dequeue', queue, key })

/** Commits, and demands that it was done. */
export async function done(storage: Storage, changes: readonly Change[], where: Scope = scope): Promise<Committed> {
  const answer = await storage.commit(where, changes)
  if (answer.outcome === 'conflict') fail(`refused: ${JSON.stringify(changes[answer.change])}: ${answer.why}`)
  return answer
}

/** Commits, and demands that it was refused for this reason at this change. */
export async function refused(
  storage: Storage,
  changes: readonly Change[],
  expected: { change?: number; why: Conflict['why']; key?: string; counter?: string },
  where: Scope = scope,
): Promise<void> {
  const answer = await storage.commit(where, changes)
  equal(answer, { outcome: 'conflict', change: 0, ...expected }, 'the answer')
}

/** Reads one document. */
export async function readOne(
  storage: Storage,
  id: string,
  from = 'carts',
  where: Scope = scope,
): Promise<Stored | null> {
  const [found] = await storage.read(where, [{ in: from, id }])
  return found === undefined || found === null || 'counter' in found ? null : found
}

/** What a counter stands at. */
export async function counted(storage: Storage, counter: string, where: Scope = scope): Promise<Json> {
  const [found] = await storage.read(where, [{ counter }])
  return found !== undefined && found !== null && 'counter' in found ? { used: found.used, held: found.held } : null
}

/** Ids of one page. */
export async function idsOf(storage: Storage, query: Partial<Query>, where: Scope = scope): Promise<string[]> {
  const page = await storage.list(where, { in: 'carts', index: 'rank', equals: [], limit: 100, ...query })
  return page.items.map(({ id }) => id)
}

/** Ids of all pages of so many items, joined. */
export async function idsOfAllPages(storage: Storage, query: Partial<Query> & { limit: number }): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  for (let page = 0; page < 100; page += 1) {
    const answer = await storage.list(scope, { in: 'carts', index: 'rank', equals: [], ...query, cursor })
    ids.push(...answer.items.map(({ id }) => id))
    if (answer.nextCursor === null) return ids
    cursor = answer.nextCursor
  }
  return fail('a list ends, but this one gave a hundred pages')
}

/** An instant of the cases' day. */
export function at(minute: number): string {
  return `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`
}

/** Leases for a minute. */
export function lease(jobs: JobQueue, now: string, more: Partial<LeaseRequest> = {}): Promise<LeasedJob[]> {
  return jobs.lease({ worker: 'w1', limit: 10, leaseMs: 60_000, now, ...more })
}

/** Leases one job and demands that there is one. */
export async function leaseOne(jobs: JobQueue, now: string, more: Partial<LeaseRequest> = {}): Promise<LeasedJob> {
  const [job] = await lease(jobs, now, { limit: 1, ...more })
  return job ?? fail(`a job should be due at ${now}`)
}

/** Calls it again and again, as a use case would, until it is done. */
export async function until(attempt: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await attempt()) return
  }
  fail('never done in a thousand attempts')
}

/** Numbers from 1. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

/** Demands that two values are the same JSON. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [stable(actual), stable(expected)]
  if (left !== right) fail(`${what}: expected ${right}, got ${left}`)
}

/** Demands that something holds. */
export function ok(condition: boolean, what: string): asserts condition {
  if (!condition) fail(what)
}

/** Demands that a promise rejects with an error of this kind. */
export async function rejects(promise: Promise<unknown>, name: string, what: string): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  ok(error instanceof Error && error.name === name, `${what}: expected a ${name}, got ${String(error)}`)
}

/** Ends the case. */
function fail(what: string): never {
  throw new Error(what)
}

function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_name, member: unknown) => {
      if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
      return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
    }) ?? 'undefined'
  )
}
