/** What an adapter of `Storage` is made with: the port, and the checks, order, cursors and tokens engines share. */
export type {
  Enqueued,
  JobChoice,
  JobDelay,
  JobListQuery,
  JobPage,
  JobQueue,
  JobRecord,
  JobState,
  LeasedJob,
  LeaseRef,
  LeaseRequest,
  QueueDepth,
} from '../ports/job-queue.ts'
export {
  type AnyCollection,
  type Change,
  type CheckLimitChange,
  type Collection,
  type CollectionSearch,
  type CommitOptions,
  type Committed,
  type Conflict,
  type ConflictReason,
  type CounterState,
  type DequeueChange,
  type EnqueueChange,
  type HoldChange,
  type HoldRecord,
  type InsertChange,
  isStorageUnavailable,
  type Json,
  type NumberChange,
  type Page,
  type PutChange,
  type Query,
  type Ref,
  type RemoveChange,
  type Scope,
  type SearchPage,
  type SearchQuery,
  type SettleHoldChange,
  type Storage,
  StorageUnavailableError,
  type Stored,
} from '../ports/storage.ts'
export {
  type CollectionAdditions,
  type CollectionShape,
  type ColumnValue,
  type CompiledCollection,
  collectionAdditions,
  compileCollection,
  HOLDS,
  holdDocumentId,
  NewerStorageError,
} from './adapter-collection.ts'
export {
  checkLimit,
  decodeCursor,
  encodeCursor,
  type ListPlan,
  planList,
  planSearch,
  type SearchPosition,
} from './adapter-list.ts'
export {
  answerKey,
  type CommitPlan,
  type CounterChange,
  checkScope,
  type DocumentChange,
  type FindCollection,
  type Indexed,
  type JobChange,
  type PlannedNumber,
  planCommit,
  siteOf,
  withNumber,
} from './adapter-plan.ts'
export { BoundedMap } from './bounded-map.ts'
export { compareText, compareValues } from './compare-values.ts'
export { AT_ONCE, takeInTurn } from './lease-in-turn.ts'
export { SEARCH_REACH } from './search-reach.ts'
export {
  MAX_QUERY_TOKENS,
  queryTokens,
  SEARCH_WORDS,
  type SearchEntries,
  searchEntries,
  searchTokens,
} from './search-tokens.ts'
export { type ThingsUnderWay, thingsUnderWay } from './things-under-way.ts'
