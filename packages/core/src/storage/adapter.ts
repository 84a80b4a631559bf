/** What an adapter of `Storage` is made with: checks, order, cursors and tokens, so that all engines agree. */
export {
  type CollectionAdditions,
  type CollectionShape,
  type ColumnValue,
  type CompiledCollection,
  collectionAdditions,
  compileCollection,
  HOLDS,
  holdDocumentId,
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
  checkScope,
  type DocumentChange,
  type FindCollection,
  type Indexed,
  type PlannedNumber,
  planCommit,
  siteOf,
  withNumber,
} from './adapter-plan.ts'
export { compareText, compareValues } from './compare-values.ts'
export { AT_ONCE, takeInTurn } from './lease-in-turn.ts'
export { MAX_QUERY_TOKENS, queryTokens, type SearchEntries, searchEntries, searchTokens } from './search-tokens.ts'
