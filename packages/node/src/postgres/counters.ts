import {
  type CheckLimitChange,
  type ConflictReason,
  type CounterChange,
  HOLDS,
  type HoldRecord,
  holdDocumentId,
  type Indexed,
} from '@bursar/core/storage-adapter'
import { compare } from './compare.ts'
import { isRefusal } from './postgres-error.ts'
import type { Statement } from './statement.ts'
import { qualified, refusing } from './table.ts'
import type { Step } from './write-documents.ts'

/** What changes counters. */
export interface Counters {
  /**
   * The steps of these changes, by counter: two commits of the same counters wait in one direction. `known` are holds that are there
   * already, with this n, by their {@link heldKey}, and those that may be committed already by their {@link settledKey}.
   */
  steps(operator: string, changes: readonly Indexed<CounterChange>[], known: ReadonlySet<string>): Step[]
  /** Asks for the n of a hold; no row when there is none. */
  find(operator: string, id: string): Statement
}

/** Names a hold in `known` that is there already. */
export const heldKey = (id: string): string => `held ${id}`
/** Names a hold in `known` that may be committed already. */
export const settledKey = (id: string): string => `settled ${id}`

/** A hold never passes its limit, for checking and taking are one statement; it locks one row of `_counters`. */
export function counterWriter(schema: string): Counters {
  const counters = qualified(schema, '_counters')
  const holds = qualified(schema, HOLDS.name)
  const mine = `_op = $1 and _site = '' and _id = $2`
  // $1 operator, $2 id, $3 counter, $4 hold, $5 n, $6 limit, $7 body, $8 due
  const take = `with held as (
      insert into ${holds} (_op, _site, _id, _v, _body, counter, hold, due, _n, _state)
      values ($1, '', $2, 1, $7, $3, $4, $8, $5, 'held')
    ), met as (
      insert into ${counters} as c (op, counter, used, held)
      select $1, $3, 0, $5::bigint where $5::bigint <= $6::bigint
      on conflict (op, counter) do update set held = c.held + $5::bigint
      where c.used + c.held + $5::bigint <= $6::bigint returning 1
    ) select 1 / count(*) from met`
  // $1 operator, $2 counter, $3 n, $4 limit. It waits for who takes of the counter at this moment.
  const fits = refusing(`select 1 where $3::bigint <= $4::bigint - coalesce(
    (select used + held from ${counters} where op = $1 and counter = $2 for share), 0)`)
  const has = refusing(`select 1 from ${holds} where ${mine} and _n = $3 for share`)
  const settle = `update ${holds} set _v = _v + 1, _state = 'committed', due = null,
        _body = jsonb_set(_body::jsonb, '{state}', '"committed"')::json`
  const commit = `with settled as (
      ${settle} where ${mine} and _state = 'held' returning _n
    ), moved as (
      update ${counters} as c set used = c.used + settled._n, held = c.held - settled._n
      from settled where c.op = $1 and c.counter = $3
    ) select 1 / count(*) from settled`
  // Does nothing where it was done before. To look first costs a third more.
  const commitAgain = `with met as (select _n, _state from ${holds} where ${mine} for update), settled as (
      ${settle} from met where ${mine} and met._state = 'held'
    ), moved as (
      update ${counters} as c set used = c.used + met._n, held = c.held - met._n
      from met where met._state = 'held' and c.op = $1 and c.counter = $3
    ) select 1 / count(*) from met`
  const release = `with met as (delete from ${holds} where ${mine} returning _n, _state), moved as (
      update ${counters} as c set
        used = c.used - case when met._state = 'committed' then met._n else 0 end,
        held = c.held - case when met._state = 'held' then met._n else 0 end
      from met where c.op = $1 and c.counter = $3
    ) select 1 / count(*) from met`

  function check(operator: string, { counter, n, limit }: CheckLimitChange, index: number): Step {
    const values = [operator, counter, n, limit]
    return { statement: { text: fits, values, turn: counter }, index, refusal: limitOf(counter) }
  }

  function step(operator: string, { change, index }: Indexed<CounterChange>, known: ReadonlySet<string>): Step {
    if (change.do === 'checkLimit') return check(operator, change, index)
    const { counter, hold } = change
    const id = holdDocumentId(counter, hold)
    if (change.do !== 'hold') {
      const text = change.do === 'releaseHold' ? release : known.has(settledKey(id)) ? commitAgain : commit
      return { statement: { text, values: [operator, id, counter], turn: counter }, index, refusal: gone }
    }
    const { n, limit, due } = change
    if (known.has(heldKey(id)))
      return { statement: { text: has, values: [operator, id, n] }, index, refusal: otherHold }
    const record: HoldRecord = { counter, hold, n, state: 'held', due }
    const values = [operator, id, counter, hold, n, limit, JSON.stringify(record), due]
    return { statement: { text: take, values, turn: counter }, index, refusal: limitOf(counter) }
  }

  return {
    steps: (operator, changes, known) =>
      changes
        .toSorted(({ change: a }, { change: b }) => compare(a.counter, b.counter))
        .map((indexed) => step(operator, indexed, known)),
    find: (operator, id) => ({ text: `select _n from ${holds} where ${mine}`, values: [operator, id] }),
  }
}

function gone(error: unknown): ConflictReason | null {
  return isRefusal(error) ? { why: 'hold_gone' } : null
}

function otherHold(error: unknown): ConflictReason | null {
  return isRefusal(error) ? { why: 'unique', key: 'hold' } : null
}

function limitOf(counter: string): (error: unknown) => ConflictReason | null {
  return (error) => (isRefusal(error) ? { why: 'limit', counter } : null)
}
