export { decide, type DecidePorts, type Decision } from './decide.ts'
export { KeyedQueue } from './keyed-queue.ts'
export { memoryStorage } from './memory-storage.ts'
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
  readAll,
  type RecordPage,
  type RecordRef,
  remove,
} from './records.ts'
export {
  type IdempotencyRecord,
  idempotencyRecords,
  idempotencyRef,
  rememberResult,
  resultOfRepeat,
} from './idempotency.ts'
export { enqueue, type JobData, type JobHandler, type JobOutcome, type QueueName } from './jobs.ts'
export { changedFields, isSame } from './changed-fields.ts'
export { listPage, PAGE_SIZE, type PageAnswer, type PageAsked, refuseBadCursor } from './list-page.ts'
export {
  type NamedRecord,
  type NewRecord,
  present,
  type RecordKind,
  type RecordUpdate,
  type VersionedRecord,
} from './record-kind.ts'
