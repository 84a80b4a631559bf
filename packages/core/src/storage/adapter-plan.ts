import type {
  Change,
  CheckLimitChange,
  DequeueChange,
  EnqueueChange,
  HoldChange,
  InsertChange,
  Json,
  NumberChange,
  PutChange,
  RemoveChange,
  Scope,
  SettleHoldChange,
} from '../ports/storage.ts'
import { type CompiledCollection, HOLDS } from './adapter-collection.ts'
import { compareText } from './compare-values.ts'

/** A change with its place in the caller's array. */
export interface Indexed<T> {
  readonly index: number
  readonly change: T
}

/** A change of one document, with what the adapter needs to know of its collection. */
export interface DocumentChange extends Indexed<InsertChange | PutChange | RemoveChange> {
  readonly collection: CompiledCollection
  /** The site that leads the document's key; empty in an operator's collection. */
  readonly site: string
}

/** A number, with the document that takes it. */
export interface PlannedNumber extends Indexed<NumberChange> {
  readonly field: string
  /** `collection/id`, as in the answer of a commit. */
  readonly document: string
}

/** A job that comes, or one that is no longer needed. */
export type JobChange = EnqueueChange | DequeueChange

/** A change of a counter, or a look at it. */
export type CounterChange = HoldChange | SettleHoldChange | CheckLimitChange

/** A commit, checked and in the order in which every adapter writes. */
export interface CommitPlan {
  /** By collection, then id; logs last. */
  readonly documents: readonly DocumentChange[]
  readonly jobs: readonly Indexed<JobChange>[]
  /** By counter; in each: releases, holds, commits, checks; then by hold. */
  readonly counters: readonly Indexed<CounterChange>[]
  /** By series, then document. */
  readonly numbers: readonly PlannedNumber[]
}

/** Finds a declared collection by its name. */
export type FindCollection = (name: string) => CompiledCollection

/**
 * The site that leads the keys of a collection in a scope: empty for an operator's collection.
 *
 * @throws TypeError for a site collection without a site, or a scope without an operator.
 */
export function siteOf(collection: CompiledCollection, scope: Scope): string {
  checkScope(scope)
  if (collection.of === 'operator') return ''
  if (scope.site) return scope.site
  throw new TypeError(`Collection "${collection.name}" is a site's: its scope needs a site.`)
}

/** @throws TypeError for a scope without an operator. */
export function checkScope(scope: Scope): void {
  if (!scope.operator) throw new TypeError('A scope needs an operator.')
}

/**
 * Checks the changes of a commit for a caller's mistakes and puts them in order.
 *
 * @throws TypeError for a mistake, in words.
 */
export function planCommit(find: FindCollection, scope: Scope, changes: readonly Change[]): CommitPlan {
  checkScope(scope)
  const documents: DocumentChange[] = []
  const jobs: Indexed<JobChange>[] = []
  const counters: Indexed<CounterChange>[] = []
  const numbers: Indexed<NumberChange>[] = []
  changes.forEach((change, index) => {
    switch (change.do) {
      case 'enqueue':
      case 'dequeue':
        jobs.push({ index, change })
        return
      case 'number':
        numbers.push({ index, change })
        return
      case 'hold':
      case 'checkLimit':
        checkAmount(change)
        counters.push({ index, change })
        return
      case 'commitHold':
      case 'releaseHold':
        counters.push({ index, change })
        return
      default:
        documents.push(documentChange(find, scope, change, index))
    }
  })
  if (documents.length > 1) checkOnce(documents.sort(byDocument), documentKey)
  if (jobs.length > 1) checkDequeues(jobs)
  if (counters.length > 1) checkOnce(counters.sort(byCounter), counterKey)
  return { documents, jobs, counters, numbers: planNumbers(numbers, documents) }
}

/** The key of a document in the answer of a commit. */
export function answerKey(change: { in: string; id: string }): string {
  return `${change.in}/${change.id}`
}

/** The body with the number of a series in its place; the caller's stays as it is. */
export function withNumber(body: Json, field: string, value: number): Json {
  return { ...(body as object), [field]: value } // planCommit has seen that it is an object
}

function documentChange(
  find: FindCollection,
  scope: Scope,
  change: InsertChange | PutChange | RemoveChange,
  index: number,
): DocumentChange {
  if (change.in === HOLDS.name) throw new TypeError('Holds change by hold, commitHold and releaseHold only.')
  const collection = find(change.in)
  const isLog = collection.isAppendOnly
  if (isLog !== (change.do === 'append') && !(isLog && change.do === 'check')) {
    const kind = isLog ? 'append-only' : 'not append-only'
    throw new TypeError(`Collection "${collection.name}" is ${kind}: it takes no "${change.do}".`)
  }
  if (typeof change.id !== 'string' || change.id === '')
    throw new TypeError(`A document of "${change.in}" needs an id.`)
  if ('body' in change && change.body === undefined) throw new TypeError(`"${answerKey(change)}" needs a body.`)
  return { index, change, collection, site: siteOf(collection, scope) }
}

function checkAmount({ counter, n, limit }: HoldChange | CheckLimitChange): void {
  if (Number.isSafeInteger(n) && n > 0 && Number.isSafeInteger(limit) && limit >= 0) return
  throw new TypeError(`A hold or check of "${counter}" needs a positive integer n and a limit of 0 or more.`)
}

/** What comes and goes in one commit would depend on the order of the array. */
function checkDequeues(jobs: readonly Indexed<JobChange>[]): void {
  for (const { change } of jobs) {
    if (change.do !== 'dequeue') continue
    const same = jobs.filter(({ change: { queue, key } }) => queue === change.queue && key === change.key)
    if (same.length > 1) throw new TypeError(`One commit changes job "${change.key}" of "${change.queue}" twice.`)
  }
}

function planNumbers(numbers: readonly Indexed<NumberChange>[], documents: readonly DocumentChange[]): PlannedNumber[] {
  const planned = numbers.map(({ index, change }) => {
    const written = documents.find(
      (candidate) => candidate.change.in === change.in && candidate.change.id === change.id,
    )
    if (written === undefined || !('body' in written.change)) {
      throw new TypeError(`A number for "${answerKey(change)}" needs that document written in the same commit.`)
    }
    const { body } = written.change
    const field = written.collection.number
    if (field === null || typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new TypeError(`"${answerKey(change)}" has no field for a number: its collection declares none.`)
    }
    return { index, change, field, document: answerKey(change) }
  })
  planned.sort((a, b) => compareText(a.change.series, b.change.series) || compareText(a.document, b.document))
  checkOnce(planned, ({ document }) => document)
  return planned
}

function byDocument(a: DocumentChange, b: DocumentChange): number {
  return (
    Number(a.collection.isAppendOnly) - Number(b.collection.isAppendOnly) ||
    compareText(a.change.in, b.change.in) ||
    compareText(a.change.id, b.change.id)
  )
}

const counterOrder = { releaseHold: 0, hold: 1, commitHold: 2, checkLimit: 3 }

function byCounter(a: Indexed<CounterChange>, b: Indexed<CounterChange>): number {
  return (
    compareText(a.change.counter, b.change.counter) ||
    counterOrder[a.change.do] - counterOrder[b.change.do] ||
    compareText(holdOf(a.change), holdOf(b.change))
  )
}

function documentKey({ change }: DocumentChange): string {
  return answerKey(change)
}

function counterKey({ change }: Indexed<CounterChange>): string {
  return `${change.do} ${change.counter} ${holdOf(change)}`
}

function holdOf(change: CounterChange): string {
  return 'hold' in change ? change.hold : ''
}

/** Sorted, so that what is named twice stands together. */
function checkOnce<T>(sorted: readonly T[], key: (item: T) => string): void {
  for (let index = 1; index < sorted.length; index += 1) {
    const [previous, current] = [sorted[index - 1], sorted[index]]
    if (previous === undefined || current === undefined || key(previous) !== key(current)) continue
    throw new TypeError(`One commit changes "${key(current)}" twice.`)
  }
}
