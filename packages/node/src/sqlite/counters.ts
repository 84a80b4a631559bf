import type { DatabaseSync } from 'node:sqlite'
import {
  type CheckLimitChange,
  type ConflictReason,
  type CounterChange,
  HOLDS,
  type HoldChange,
  type HoldRecord,
  holdDocumentId,
  type Scope,
  type SettleHoldChange,
} from '@bursar/core/storage-adapter'
import type { Table } from './table.ts'

/** Does one change of a counter, or says why not. */
export type CounterWriter = (scope: Scope, change: CounterChange) => ConflictReason | null

/** Prepares the statements of counters. A hold never passes its limit, for checking and taking are one statement. */
export function counterWriter(database: DatabaseSync, tableOf: (name: string) => Table): CounterWriter {
  const take = database.prepare(`
    insert into _counters values (?, ?, 0, ?)
    on conflict (op, counter) do update set held = held + excluded.held where used + held + excluded.held <= ?`)
  const isFull = database.prepare('select 1 from _counters where op = ? and counter = ? and used + held + ? > ?')
  const settle = database.prepare('update _counters set used = used + ?, held = held + ? where op = ? and counter = ?')
  const holds = () => tableOf(HOLDS.name)

  function find({ operator }: Scope, id: string): HoldRecord | null {
    const row = holds().read().get(operator, '', id)
    return row === undefined ? null : (JSON.parse(String(row.body)) as HoldRecord) // written by this file only
  }

  function hold(scope: Scope, change: HoldChange): ConflictReason | null {
    const { counter, hold, n, limit, due } = change
    const id = holdDocumentId(counter, hold)
    const existing = find(scope, id)
    if (existing !== null) return existing.n === n ? null : { why: 'unique', key: 'hold' }
    if (n > limit || take.run(scope.operator, counter, n, limit).changes === 0) return { why: 'limit', counter }
    const record: HoldRecord = { counter, hold, n, state: 'held', due }
    holds()
      .insert()
      .run(null, null, scope.operator, '', id, 1, JSON.stringify(record), ...HOLDS.columnValues(record), null)
    return null
  }

  function settleHold(scope: Scope, change: SettleHoldChange): ConflictReason | null {
    const { operator } = scope
    const id = holdDocumentId(change.counter, change.hold)
    const record = find(scope, id)
    if (record === null) return { why: 'hold_gone' }
    const isHeld = record.state === 'held'
    if (change.do === 'releaseHold') {
      settle.run(isHeld ? 0 : -record.n, isHeld ? -record.n : 0, operator, change.counter)
      holds()
        .remove()
        .run(operator, '', id, isHeld ? 1 : 2)
    } else if (isHeld) {
      const committed: HoldRecord = { ...record, state: 'committed' }
      settle.run(record.n, -record.n, operator, change.counter)
      holds()
        .put()
        .run(JSON.stringify(committed), ...HOLDS.columnValues(committed), null, operator, '', id, 1)
    }
    return null
  }

  function checkLimit({ operator }: Scope, { counter, n, limit }: CheckLimitChange): ConflictReason | null {
    const isOver = n > limit || isFull.get(operator, counter, n, limit) !== undefined
    return isOver ? { why: 'limit', counter } : null
  }

  return (scope, change) => {
    switch (change.do) {
      case 'hold':
        return hold(scope, change)
      case 'checkLimit':
        return checkLimit(scope, change)
      default:
        return settleHold(scope, change)
    }
  }
}
