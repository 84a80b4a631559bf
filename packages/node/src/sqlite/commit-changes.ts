import type { DatabaseSync } from 'node:sqlite'
import type {
  CommitOptions,
  CommitPlan,
  Committed,
  Conflict,
  ConflictReason,
  Scope,
} from '@bursar/core/storage-adapter'
import { type CounterWriter, counterWriter } from './counters.ts'
import type { Table } from './table.ts'
import { writeDocuments } from './write-documents.ts'
import type { JobWriter } from './write-job.ts'

/** Writes commits; each call must run in a savepoint that is rolled back when it answers a conflict. */
export type CommitWriter = (scope: Scope, plan: CommitPlan, options: CommitOptions) => Committed | Conflict

/** What commits write to. */
export interface CommitWriterOptions {
  readonly database: DatabaseSync
  readonly tableOf: (name: string) => Table
  readonly writeJob: JobWriter
}

/** Prepares the statements of commits. */
export function commitWriter({ database, tableOf, writeJob }: CommitWriterOptions): CommitWriter {
  const counters: CounterWriter = counterWriter(database, tableOf)
  const findAnswer = database.prepare('select answer from _commits where op = ? and id = ?')
  const keepAnswer = database.prepare('insert into _commits values (?, ?, ?)')
  const nextNumber = database.prepare(
    'insert into _series values (?, ?, 1) on conflict (op, series) do update set last = last + 1 returning last',
  )

  function takeNumbers({ operator }: Scope, plan: CommitPlan): Record<string, number> {
    const numbers: Record<string, number> = {}
    for (const { change, document } of plan.numbers) {
      numbers[document] = Number(nextNumber.get(operator, change.series)?.last)
    }
    return numbers
  }

  function write(scope: Scope, plan: CommitPlan): Committed | Conflict {
    const numbers = takeNumbers(scope, plan)
    const versions: Record<string, number> = {}
    const refusal = writeDocuments({ operator: scope.operator, tableOf, versions, numbers }, plan.documents)
    if (refusal !== null) return conflict(refusal.index, refusal.why)
    for (const { change, index } of plan.jobs) {
      if (!writeJob(scope, change)) return conflict(index, { why: 'unique', key: 'job' })
    }
    for (const { change, index } of plan.counters) {
      const why = counters(scope, change)
      if (why !== null) return conflict(index, why)
    }
    return { outcome: 'committed', versions, numbers }
  }

  return (scope, plan, { commitId }) => {
    if (commitId === undefined) return write(scope, plan)
    const answered = findAnswer.get(scope.operator, commitId)
    if (answered !== undefined) return JSON.parse(String(answered.answer)) as Committed // written just below
    const answer = write(scope, plan)
    if (answer.outcome === 'committed') keepAnswer.run(scope.operator, commitId, JSON.stringify(answer))
    return answer
  }
}

function conflict(change: number, why: ConflictReason): Conflict {
  return { outcome: 'conflict', change, ...why }
}
