import type {
  Change,
  CheckLimitChange,
  CommitOptions,
  Committed,
  Conflict,
  ConflictReason,
  HoldChange,
  HoldRecord,
  Json,
  Scope,
  SettleHoldChange,
} from '../ports/storage.ts'
import { HOLDS, holdDocumentId } from './adapter-collection.ts'
import {
  answerKey,
  type CommitPlan,
  type CounterChange,
  type DocumentChange,
  planCommit,
  withNumber,
} from './adapter-plan.ts'
import {
  freeUnique,
  keyOf,
  type MemoryData,
  type MemoryPartition,
  type MemoryTable,
  partitionOf,
  rowOf,
  setRow,
  takeUnique,
  type Undo,
} from './memory-data.ts'
import { dequeueInMemory, enqueueInMemory } from './memory-jobs.ts'

/** One commit under way. */
interface Work {
  readonly data: MemoryData
  readonly scope: Scope
  readonly enqueuedAt: string
  readonly undo: Undo
  readonly versions: Record<string, number>
  readonly numbers: Record<string, number>
}

/** Does all changes or none. Nothing else runs meanwhile, so a step may check and write in one go. */
export function commitToMemory(
  data: MemoryData,
  scope: Scope,
  changes: readonly Change[],
  options: CommitOptions & { enqueuedAt: string },
): Committed | Conflict {
  const plan = planCommit((name) => tableOf(data, name).collection, scope, changes)
  const answered =
    options.commitId === undefined ? undefined : data.answers.get(keyOf(scope.operator, options.commitId))
  if (answered !== undefined) return answered
  const work: Work = { data, scope, enqueuedAt: options.enqueuedAt, undo: [], versions: {}, numbers: {} }
  const conflict = tryAll(work, plan)
  if (conflict !== null) return conflict
  const committed: Committed = { outcome: 'committed', versions: work.versions, numbers: work.numbers }
  if (options.commitId !== undefined) data.answers.set(keyOf(scope.operator, options.commitId), committed)
  return committed
}

function tryAll(work: Work, plan: CommitPlan): Conflict | null {
  let conflict: Conflict | null = null
  try {
    takeNumbers(work, plan)
    conflict = writeDocuments(work, plan) ?? writeJobs(work, plan) ?? writeCounters(work, plan)
  } catch (error) {
    undoAll(work)
    throw error
  }
  if (conflict !== null) undoAll(work)
  return conflict
}

function undoAll(work: Work): void {
  for (const step of work.undo.reverse()) step()
}

function takeNumbers({ data, scope, undo, numbers }: Work, plan: CommitPlan): void {
  for (const { change, document } of plan.numbers) {
    const key = keyOf(scope.operator, change.series)
    const last = data.series.get(key) ?? 0
    data.series.set(key, last + 1)
    undo.push(() => data.series.set(key, last))
    numbers[document] = last + 1
  }
}

/** First every document lets go of its unique keys, then each takes its new ones: so two may swap theirs. */
function writeDocuments(work: Work, plan: CommitPlan): Conflict | null {
  for (const document of plan.documents) {
    const why = leaveOld(work, document)
    if (why !== null) return { outcome: 'conflict', change: document.index, ...why }
  }
  for (const document of plan.documents) {
    const why = writeNew(work, document)
    if (why !== null) return { outcome: 'conflict', change: document.index, ...why }
  }
  return null
}

function leaveOld(work: Work, document: DocumentChange): ConflictReason | null {
  const { change } = document
  if (!('version' in change)) return null
  const [table, partition] = placeOf(work, document)
  const row = partition.rows.get(change.id)
  if (row === undefined || row.stored.version !== change.version) return { why: 'version' }
  if (change.do === 'check') return null
  freeUnique(table, partition, row, work.undo)
  if (change.do === 'remove') setRow(partition, change.id, null, work.undo)
  return null
}

function writeNew(work: Work, document: DocumentChange): ConflictReason | null {
  const { change, collection } = document
  if (!('body' in change)) return null
  const [table, partition] = placeOf(work, document)
  if (change.do !== 'put' && partition.rows.has(change.id)) return { why: 'unique', key: 'id' }
  const version = change.do === 'put' ? change.version + 1 : 1
  const row = rowOf(collection, change.id, version, numbered(work, document, change.body))
  const taken = takeUnique(table, partition, row, work.undo)
  if (taken !== null) return { why: 'unique', key: taken }
  setRow(partition, change.id, row, work.undo)
  work.versions[answerKey(change)] = version
  return null
}

function numbered(work: Work, { change, collection }: DocumentChange, body: Json): Json {
  const value = work.numbers[answerKey(change)]
  return value === undefined || collection.number === null ? body : withNumber(body, collection.number, value)
}

function placeOf({ data, scope }: Work, { change, site }: DocumentChange): [MemoryTable, MemoryPartition] {
  const table = tableOf(data, change.in)
  return [table, partitionOf(table, scope, site)]
}

/** The table of a collection that is known to be there. */
export function tableOf(data: MemoryData, name: string): MemoryTable {
  const table = data.tables.get(name)
  if (table === undefined) throw new TypeError(`Collection "${name}" is unknown: was it given to migrate?`)
  return table
}

function writeJobs({ data, scope, enqueuedAt, undo }: Work, plan: CommitPlan): Conflict | null {
  for (const { index, change } of plan.jobs) {
    if (change.do === 'dequeue') dequeueInMemory(data, scope, change, undo)
    else if (!enqueueInMemory(data, scope, change, { enqueuedAt, undo })) {
      return { outcome: 'conflict', change: index, why: 'unique', key: 'job' }
    }
  }
  return null
}

function writeCounters(work: Work, plan: CommitPlan): Conflict | null {
  const holds = partitionOf(tableOf(work.data, HOLDS.name), work.scope, '')
  for (const { index, change } of plan.counters) {
    const why = changeCounter(work, holds, change)
    if (why !== null) return { outcome: 'conflict', change: index, ...why }
  }
  return null
}

function changeCounter(work: Work, holds: MemoryPartition, change: CounterChange): ConflictReason | null {
  switch (change.do) {
    case 'hold':
      return takeHold(work, holds, change)
    case 'checkLimit':
      return checkLimit(work, change)
    default:
      return settleHold(work, holds, change)
  }
}

function checkLimit(work: Work, { counter, n, limit }: CheckLimitChange): ConflictReason | null {
  const { used, held } = counterOf(work, counter)
  return used + held + n > limit ? { why: 'limit', counter } : null
}

function takeHold(work: Work, holds: MemoryPartition, change: HoldChange): ConflictReason | null {
  const { counter, hold, n, limit, due } = change
  const id = holdDocumentId(counter, hold)
  const existing = holdRecord(holds, id)
  if (existing !== null) return existing.n === n ? null : { why: 'unique', key: 'hold' }
  const { used, held } = counterOf(work, counter)
  if (used + held + n > limit) return { why: 'limit', counter }
  count(work, counter, { used, held: held + n })
  setHold(work, holds, id, { counter, hold, n, state: 'held', due }, 1)
  return null
}

function settleHold(work: Work, holds: MemoryPartition, change: SettleHoldChange): ConflictReason | null {
  const id = holdDocumentId(change.counter, change.hold)
  const record = holdRecord(holds, id)
  if (record === null) return { why: 'hold_gone' }
  const { used, held } = counterOf(work, change.counter)
  const isHeld = record.state === 'held'
  if (change.do === 'releaseHold') {
    count(work, change.counter, isHeld ? { used, held: held - record.n } : { used: used - record.n, held })
    setRow(holds, id, null, work.undo)
  } else if (isHeld) {
    count(work, change.counter, { used: used + record.n, held: held - record.n })
    setHold(work, holds, id, { ...record, state: 'committed' }, 2)
  }
  return null
}

function holdRecord(holds: MemoryPartition, id: string): HoldRecord | null {
  // Only setHold writes here.
  return (holds.rows.get(id)?.stored.body as HoldRecord | undefined) ?? null
}

function setHold(work: Work, holds: MemoryPartition, id: string, record: HoldRecord, version: number): void {
  setRow(holds, id, rowOf(HOLDS, id, version, record), work.undo)
}

function counterOf({ data, scope }: Work, counter: string): { used: number; held: number } {
  return data.counters.get(keyOf(scope.operator, counter)) ?? { used: 0, held: 0 }
}

function count({ data, scope, undo }: Work, counter: string, state: { used: number; held: number }): void {
  const key = keyOf(scope.operator, counter)
  const before = data.counters.get(key) ?? { counter, used: 0, held: 0 }
  data.counters.set(key, { counter, ...state })
  undo.push(() => data.counters.set(key, before))
}
