export { BoundedMap } from './bounded-map.ts'
export { changedFields, isSame } from './changed-fields.ts'
export { type DecidePorts, type Decision, decide } from './decide.ts'
export { forgetKeysJob } from './forget-keys.ts'
export {
  type IdempotencyRecord,
  idempotencyRecords,
  idempotencyRef,
  rememberResult,
  resultOfRepeat,
} from './idempotency.ts'
export { isOutage } from './is-outage.ts'
export { dequeue, enqueue, type JobData, type JobHandler, type JobOutcome, type QueueName } from './jobs.ts'
export { KeyedQueue } from './keyed-queue.ts'
export { listPage, PAGE_SIZE, type PageAnswer, type PageAsked, refuseBadCursor } from './list-page.ts'
export { memoryData } from './memory-data.ts'
export { type MemoryStorageOptions, memoryStorage } from './memory-storage.ts'
export { LAST, nextRound } from './next-round.ts'
export { type ReadAhead, readAhead } from './read-ahead.ts'
export {
  type NamedRecord,
  type NewRecord,
  present,
  type RecordKind,
  type RecordUpdate,
  type VersionedRecord,
} from './record-kind.ts'
export {
  byId,
  byKey,
  check,
  counter,
  type Found,
  insert,
  listAll,
  listBy,
  put,
  type RecordPage,
  type RecordRef,
  readAll,
  readLists,
  remove,
  storedBy,
} from './records.ts'
export { thingsUnderWay } from './things-under-way.ts'
