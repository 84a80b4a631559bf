import type { Json } from '../json/index.ts'
import type { JobQueue } from './job-queue.ts'

export type { Json }

import type { Scope } from './scope.ts'

export type { Scope } from './scope.ts'

/**
 * Where everything is kept. There are no interactive transactions: a use case reads, decides, and hands one list of
 * changes to `commit`, which does all of them or none.
 *
 * For every method: the scope is a wall. What one operator wrote is never seen, met or refused because of another;
 * likewise between two sites in collections `of: 'site'`. A caller's mistake (an unknown collection or index, a site
 * collection without a site, one document or hold changed twice in a commit) rejects with a `TypeError` and writes nothing.
 * A storage that cannot answer rejects with `StorageUnavailableError`.
 */
export interface Storage {
  /** The worker's side of the jobs that commits have enqueued. */
  readonly jobs: JobQueue

  /**
   * Reads documents and counters: the answers stand in the order of the refs, `null` for a document that is not there.
   * All of them are of one moment: no commit is seen in one answer and missed in another. A commit that was answered
   * before the call is seen. Answers are the caller's to read, not to change.
   */
  read(scope: Scope, refs: readonly Ref[]): Promise<(Stored | CounterState | null)[]>

  /**
   * Lists documents by a declared index, one page at a time: ordered by the index's columns after `equals`, then by id
   * (both reversed for `desc`). Texts are compared by code point. A document of which a
   * column of the index is null is not in that index. A page is of one moment; over several pages no document that
   * keeps its place is skipped or shown twice, equal keys included. A cursor that is none of this query's rejects with
   * a `RangeError`; so in `search`.
   * The built-in, read-only collection `holds` (see `HoldRecord`) can be listed as well.
   */
  list(scope: Scope, query: Query): Promise<Page>

  /**
   * Finds documents of a collection that declares `search`: each token of the text must begin a token of the document.
   * Ordered by score (greatest first), then id. The score is the sum, over the tokens of the text, of the greatest
   * weight of a field in which that token matched; without text all documents match with score 0.
   *
   * What a search costs is bounded. An _entry_ is a token of a document that begins with a token of the text. A search goes
   * by its narrowest part: of the tokens of the text, then of the filters, the one with the fewest entries (documents, for
   * a filter), counted to 2,001; the first of equals. Of a token with more than 2,000 entries only the first 2,000 are
   * looked at: by token, so that the word itself comes before longer words, then by weight (greatest first), then by id.
   * Documents that no such entry leads to are not found, nor counted by `facets`, and the score takes of that token these
   * entries only. So a shop of up to 2,000 products leaves nothing out, and a rare word or facet beside a common one finds
   * all that it would alone. Over several pages documents that come or go may move this border. Without text nothing is
   * left out; only to count `facets` costs more then, the more documents there are.
   */
  search(scope: Scope, query: SearchQuery): Promise<SearchPage>

  /**
   * Does all changes or none, as if alone. A `conflict` has written nothing, not even a number of a series.
   * Unique keys are judged by the state after the whole commit, so that two documents may swap theirs.
   * The order of the array means nothing; the adapter writes documents by collection and id, then logs, jobs,
   * counters by name (in each: releases, holds, commits, checks), and number series last.
   *
   * With `commitId` (unique within the operator) a repeat of a commit that succeeded changes nothing and gives the
   * first answer, whatever its changes are; a conflict leaves the id unused.
   *
   * @throws StorageUnavailableError when the outcome is unknown (`outcome: 'unknown'`: it may or may not be stored,
   * never by half) or the storage is down (`outcome: 'nothing'`).
   */
  commit(scope: Scope, changes: readonly Change[], options?: CommitOptions): Promise<Committed | Conflict>

  /**
   * Makes room for these collections, or proves that there is room. Additive, atomic and repeatable: adds collections,
   * columns (computed for the documents that are there), unique keys, indexes and search. Must be called before a
   * collection is used in this process; a collection that is not named stays as it is.
   *
   * @throws TypeError for what cannot be done, in words: a collection that changes `of`, `appendOnly` or `number`; a key
   * or index that changes its columns; a column, key, index or search that was declared before and is missing; a
   * unique key that documents already break. Nothing is changed then.
   */
  migrate(collections: readonly AnyCollection[]): Promise<void>

  /** Ends it: waits for the commits under way; later calls reject with `StorageUnavailableError`. Repeatable. */
  close(): Promise<void>
}

/** What to read: a document by its id, by a declared unique key (values in the key's order), or a counter. */
export type Ref =
  | { in: string; id: string }
  | { in: string; unique: string; key: readonly (string | number)[] }
  | { counter: string }

/** A document as it is stored. `version` is 1 after the insert and grows by 1 with each put. */
export type Stored<T = Json> = { in: string; id: string; version: number; body: T }

/** What a counter stands at: sums of its committed and of its open holds. Both are zero when nobody held yet. */
export type CounterState = { counter: string; used: number; held: number }

/**
 * The body of a document in the built-in collection `holds` of each operator. It can be listed by the index `counter`
 * (columns counter, hold) and by the index `due` (column due), which holds the open ones only (`state: 'held'`).
 */
export type HoldRecord = {
  /** The counter's name. */
  counter: string
  /** The hold's id, unique within its counter. */
  hold: string
  /** How much it takes: a positive integer. */
  n: number
  /** `held` counts as held, `committed` as used. */
  state: 'held' | 'committed'
  /** Instant after which somebody should look; its passing alone frees nothing. */
  due: string
}

/** One page of a declared index. */
export type Query = {
  in: string
  /** Name of the index. */
  index: string
  /** Values of the first columns of the index; may be empty. */
  equals: readonly (string | number)[]
  /** On the column after those of `equals`: from (inclusive) until (exclusive). */
  range?: { from?: string | number | undefined; until?: string | number | undefined } | undefined
  /** @default 'asc' */
  order?: 'asc' | 'desc' | undefined
  /** `nextCursor` of the page before; good for the same query only. */
  cursor?: string | undefined
  /** Items per page: 1 to 1,000. */
  limit: number
  /** Asks for the number of all documents that match, counted no further than this. */
  countUpTo?: number | undefined
  /**
   * May the answer be a little behind? Then a storage that keeps copies may answer from one: what was committed a moment ago
   * may be missing, and a later page may come from another copy. For lists that people look at; never where a decision,
   * a price that is charged or a caller's own write rests on it. A storage without copies takes no notice. @default false
   */
  mayLag?: boolean | undefined
}

/** A page of a list; `nextCursor` is null on the last. `count` is `'more'` when there are more than `countUpTo`. */
export type Page = { items: Stored[]; nextCursor: string | null; count?: number | 'more' | undefined }

/** A search in one collection. */
export type SearchQuery = {
  in: string
  /** What a person typed; at most the first 12 tokens count. Empty: everything matches. */
  text: string
  /** For each facet named: the document has one of these values. */
  filters?: { readonly [facet: string]: readonly string[] } | undefined
  /** Facets whose values are to be counted over all that is found; see `Storage.search`. */
  facets?: readonly string[] | undefined
  /** `nextCursor` of the page before; good for the same query only. */
  cursor?: string | undefined
  /** Items per page: 1 to 1,000. */
  limit: number
  /** May the answer be a little behind? As in `Query`. @default false */
  mayLag?: boolean | undefined
}

/** A page of a search. Facet values come by count (greatest first), then value. */
export type SearchPage = {
  items: Stored[]
  nextCursor: string | null
  facets: { [facet: string]: { value: string; count: number }[] }
}

/** One change of a commit. A document is named by one change at most (`number` beside it). */
export type Change =
  | InsertChange
  | PutChange
  | RemoveChange
  | HoldChange
  | SettleHoldChange
  | CheckLimitChange
  | NumberChange
  | EnqueueChange
  | DequeueChange

/** A new document: `insert`, or `append` in a collection declared append-only. An id that exists: `unique`, key `id`. */
export type InsertChange = { do: 'insert' | 'append'; in: string; id: string; body: Json }

/** A new body for the document of this version; `version` conflict when it is another's, or gone. */
export type PutChange = { do: 'put'; in: string; id: string; version: number; body: Json }

/** Takes the document of this version away, or (`check`) proves and locks that it is still of this version. */
export type RemoveChange = { do: 'remove' | 'check'; in: string; id: string; version: number }

/**
 * Takes `n` of a counter for a hold, unless used + held + n would pass `limit`: then `limit`. The counter is made by its
 * first hold, and belongs to the operator. Repeated with the same `n` it changes nothing, whatever the hold's state;
 * with another `n` it is refused: `unique`, key `hold`.
 */
export type HoldChange = {
  do: 'hold'
  counter: string
  /** Id of the hold, unique within its counter. */
  hold: string
  /** A positive integer. */
  n: number
  /** The most that used and held may be together; zero or more. */
  limit: number
  /** Instant after which somebody should look. Storage itself never lets a hold go. */
  due: string
}

/**
 * `commitHold` turns held into used (nothing changes when it already is); `releaseHold` gives back what is held or used
 * and forgets the hold. A hold that is not there: `hold_gone`.
 */
export type SettleHoldChange = { do: 'commitHold' | 'releaseHold'; counter: string; hold: string }

/**
 * Proves that `n` more of a counter would not pass `limit`, and takes nothing: `limit` where used + held + n is more. What is
 * taken by commits that are under way beside this one does not count yet.
 */
export type CheckLimitChange = {
  do: 'checkLimit'
  counter: string
  /** A positive integer. */
  n: number
  /** The most that used and held may be together; zero or more. */
  limit: number
}

/**
 * The next number of a series of the operator, from 1 and without gaps, written into the top-level field that the
 * collection's `number` names of a document which this commit inserts, appends or puts. Columns see it.
 */
export type NumberChange = { do: 'number'; series: string; in: string; id: string }

/**
 * A job, in the scope of the commit. While a job of the same operator, site, queue and key waits (is not leased or
 * parked), it is joined: the waiting job stays, with the earlier `runAt` and the newer `data`.
 */
export type EnqueueChange = {
  do: 'enqueue'
  /** Unique over all operators among the jobs that are there, else `unique`, key `job`. Not needed again when joined. */
  id: string
  queue: string
  key?: string | undefined
  /** Not before this instant. Absent: at once, before all jobs that wait for an instant. */
  runAt?: string | undefined
  /** A whole number of 32 bits; of jobs that are due the greater goes first. A join keeps the greater. @default 0 */
  priority?: number | undefined
  data: Json
}

/**
 * Takes away the waiting job of this queue and key that an `enqueue` in the same scope would join: it has nothing left to do.
 * Without one nothing happens: a job that is leased or parked stays. No commit dequeues a job twice, or enqueues it as well.
 */
export type DequeueChange = { do: 'dequeue'; queue: string; key: string }

/** Options of a commit. */
export type CommitOptions = {
  /** Makes a repeat after a lost reply safe; see `Storage.commit`. Kept for ever, in the same transaction. */
  commitId?: string | undefined
}

/** Done, and durable. Both records are keyed by `collection/id`. */
export type Committed = {
  outcome: 'committed'
  /** The new version of each document that was inserted, appended or put. */
  versions: Record<string, number>
  /** The number that each document got from a series. */
  numbers: Record<string, number>
}

/** Nothing was done. `change` is the index, in the caller's array, of a change that failed. */
export type Conflict = { outcome: 'conflict'; change: number } & ConflictReason

/** Why a change failed: `key` is the name of the unique key, or `id`, `hold`, `job`. */
export type ConflictReason =
  | { why: 'version' }
  | { why: 'unique'; key: string }
  | { why: 'limit'; counter: string }
  | { why: 'hold_gone' }

/**
 * A declared set of documents. Names of collections, columns, keys and indexes match `[a-zA-Z][a-zA-Z0-9_]*`;
 * `holds` is taken.
 */
export type Collection<T = Json> = {
  name: string
  /** Whose documents: ids and unique keys are counted within one operator, or within one site. */
  of: 'operator' | 'site'
  /** Only `append`, never `put` or `remove`: journal, audit, events. @default false */
  appendOnly?: boolean | undefined
  /** Holds personal data: erased and exported per person, and named in the docs of retention. @default false */
  personal?: boolean | undefined
  /**
   * Values by which documents are found; computed by core from the body, so that all engines agree. Pure functions of
   * the body. A value of the wrong kind (see `numbers`) rejects the commit with a `TypeError`. A column whose meaning
   * changes takes a new name.
   */
  columns: Record<string, (body: T) => string | number | null>
  /** The columns that hold numbers; all others hold texts. @default none */
  numbers?: readonly string[] | undefined
  /** Unique keys, by their columns. Not enforced where one of the columns is null. */
  unique: Record<string, readonly string[]>
  /** What `list` can go by. */
  indexes: Record<string, readonly string[]>
  /** The top-level field of the body that `number` changes fill. */
  number?: string | undefined
  /** Makes the collection searchable. */
  search?: CollectionSearch<T> | undefined
}

/** A collection of whatever documents: what a `Collection<Cart>` can be given as. */
export type AnyCollection = Collection<never>

/** What `search` finds a document by. Pure functions of the body. */
export type CollectionSearch<T = Json> = {
  /** The texts to be found, each with a weight: an integer from 1 to 1,000. */
  fields: (body: T) => readonly { text: string; weight: number }[]
  /** The values to filter and count by, by name of the facet. */
  facets?: ((body: T) => { readonly [facet: string]: readonly string[] }) | undefined
}

const mark = Symbol.for('bursar.StorageUnavailableError')

/** The storage did not answer as promised: it is down, closed, or lost its connection while it wrote. */
export class StorageUnavailableError extends Error {
  /** `nothing`: surely nothing was written. `unknown`: a commit may be stored or not, never by half; read, or repeat it. */
  readonly outcome: 'nothing' | 'unknown'
  readonly [mark] = true

  constructor(message: string, options: { outcome: 'nothing' | 'unknown'; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StorageUnavailableError'
    this.outcome = options.outcome
  }
}

/** Whether an error is a `StorageUnavailableError`, of whichever copy of this package. */
export function isStorageUnavailable(error: unknown): error is StorageUnavailableError {
  return typeof error === 'object' && error !== null && mark in error
}
