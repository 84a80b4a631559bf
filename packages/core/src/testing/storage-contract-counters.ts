import type { Storage } from '../ports/storage.ts'
import {
  cart,
  checkLimit,
  commitHold,
  counted,
  done,
  equal,
  hold,
  idsOf,
  insert,
  LONG_AGO,
  number,
  ok,
  put,
  readOne,
  refused,
  rejects,
  releaseHold,
  type StorageContractCase,
  scope,
  storageCase,
  upTo,
} from './storage-contract-kit.ts'

/** Counters, holds and number series. */
export const counterCases: readonly StorageContractCase[] = [
  storageCase('the last seat is sold once, however many want it', async ({ storage, reopen }) => {
    const handles = [storage, await reopen()] as const
    await done(storage, [hold('seats', 'h0', 10, 9)])
    const answers = await Promise.all(
      upTo(20).map((n) =>
        handles[n % 2 ? 0 : 1].commit(scope, [insert(`c${n}`, cart('ann', n)), hold('seats', `h${n}`, 10)]),
      ),
    )
    const lost = answers.flatMap((answer) => (answer.outcome === 'conflict' ? [answer] : []))
    equal(lost.length, 19, 'buyers that were refused')
    for (const { why } of lost) equal(why, 'limit', 'the reason')
    equal((await idsOf(storage, {})).length, 1, 'orders')
    equal(await counted(storage, 'seats'), { used: 0, held: 10 }, 'the counter')
  }),

  storageCase('the last use of a code stays used after its hold is committed', async ({ storage }) => {
    await done(storage, [hold('code', 'h1', 1)])
    await refused(storage, [hold('code', 'h2', 1)], { why: 'limit', counter: 'code' })
    await done(storage, [commitHold('code', 'h1')])
    equal(await counted(storage, 'code'), { used: 1, held: 0 }, 'the counter')
    await refused(storage, [hold('code', 'h2', 1)], { why: 'limit', counter: 'code' })
    await done(storage, [hold('code', 'h2', 2)])
    equal(await counted(storage, 'code'), { used: 1, held: 1 }, 'the counter after its limit was raised')
    await refused(storage, [hold('code', 'h3', 1)], { why: 'limit', counter: 'code' })
  }),

  storageCase(
    'of what a hold has used, a part is given back in one commit, whatever the limit',
    async ({ storage }) => {
      await done(storage, [hold('budget', 'h1', 100, 100), commitHold('budget', 'h1')])
      await done(storage, [releaseHold('budget', 'h1'), hold('budget', 'h1', 1000, 60), commitHold('budget', 'h1')])
      equal(await counted(storage, 'budget'), { used: 60, held: 0 }, 'the counter')
      await done(storage, [releaseHold('budget', 'h1')])
      equal(await counted(storage, 'budget'), { used: 0, held: 0 }, 'the counter after the rest')
    },
  ),

  storageCase('a hold never passes the limit that it names', async ({ storage }) => {
    await refused(storage, [hold('seats', 'h1', 2, 3)], { why: 'limit', counter: 'seats' })
    await refused(storage, [hold('seats', 'h1', 0)], { why: 'limit', counter: 'seats' })
    equal(await counted(storage, 'seats'), { used: 0, held: 0 }, 'the counter')
    await done(storage, [hold('seats', 'h1', 5, 3)])
    await refused(storage, [hold('seats', 'h2', 5, 3)], { why: 'limit', counter: 'seats' })
    await done(storage, [hold('seats', 'h2', 5, 2)])
    equal(await counted(storage, 'seats'), { used: 0, held: 5 }, 'the counter when full')
    await rejects(storage.commit(scope, [hold('seats', 'h3', 9, 0)]), 'TypeError', 'nothing held')
    await rejects(storage.commit(scope, [hold('seats', 'h3', 9, -1)]), 'TypeError', 'less than nothing held')
  }),

  storageCase('a limit is checked without taking anything', async ({ storage }) => {
    await done(storage, [checkLimit('seats', 1)])
    await refused(storage, [checkLimit('seats', 1, 2)], { why: 'limit', counter: 'seats' })
    await refused(storage, [checkLimit('seats', 0)], { why: 'limit', counter: 'seats' })
    equal(await counted(storage, 'seats'), { used: 0, held: 0 }, 'the counter that nobody took of')
    await done(storage, [hold('seats', 'h1', 5, 2), hold('seats', 'h2', 5, 1), commitHold('seats', 'h2')])
    await done(storage, [checkLimit('seats', 5, 2)])
    await done(storage, [checkLimit('seats', 4)])
    equal(await counted(storage, 'seats'), { used: 1, held: 2 }, 'the counter after it was checked')
    await refused(storage, [checkLimit('seats', 3)], { why: 'limit', counter: 'seats' })
    await refused(storage, [checkLimit('seats', 4, 2)], { why: 'limit', counter: 'seats' })
    await done(storage, [checkLimit('seats', 1)], { operator: 'op2' })
    await rejects(storage.commit(scope, [checkLimit('seats', 9, 0)]), 'TypeError', 'a check for nothing')
    await rejects(storage.commit(scope, [checkLimit('seats', -1)]), 'TypeError', 'a limit below nothing')
    await rejects(storage.commit(scope, [checkLimit('seats', 9), checkLimit('seats', 8)]), 'TypeError', 'two checks')
  }),

  storageCase('a check that fails undoes its commit, and sees what that commit itself takes', async ({ storage }) => {
    await done(storage, [hold('seats', 'h1', 2)])
    await refused(storage, [checkLimit('seats', 2), insert('c1', cart('ann', 1)), hold('seats', 'h2', 2)], {
      why: 'limit',
      counter: 'seats',
    })
    await refused(storage, [checkLimit('seats', 1), insert('c1', cart('ann', 1))], { why: 'limit', counter: 'seats' })
    equal(await readOne(storage, 'c1'), null, 'the document')
    equal(await counted(storage, 'seats'), { used: 0, held: 1 }, 'the counter')
    await done(storage, [checkLimit('seats', 1), releaseHold('seats', 'h1'), insert('c1', cart('ann', 1))])
    equal(await counted(storage, 'seats'), { used: 0, held: 0 }, 'the counter after the release')
  }),

  storageCase('a hold repeated changes nothing; with another amount it is refused', async ({ storage }) => {
    await done(storage, [hold('seats', 'h1', 5, 2)])
    await done(storage, [hold('seats', 'h1', 5, 2)])
    await done(storage, [hold('seats', 'h1', 1, 2)])
    equal(await counted(storage, 'seats'), { used: 0, held: 2 }, 'the counter')
    await refused(storage, [hold('seats', 'h1', 5, 3)], { why: 'unique', key: 'hold' })
    await done(storage, [commitHold('seats', 'h1')])
    await done(storage, [hold('seats', 'h1', 5, 2)])
    equal(await counted(storage, 'seats'), { used: 2, held: 0 }, 'the counter after a repeat of what is committed')
    await done(storage, [hold('other', 'h1', 5, 1)])
    equal(await counted(storage, 'other'), { used: 0, held: 1 }, 'the same hold of another counter')
  }),

  storageCase('a hold is committed once', async ({ storage }) => {
    await done(storage, [hold('seats', 'h1', 5, 2), hold('seats', 'h2', 5)])
    await done(storage, [commitHold('seats', 'h1')])
    await done(storage, [commitHold('seats', 'h1')])
    equal(await counted(storage, 'seats'), { used: 2, held: 1 }, 'the counter')
    await refused(storage, [commitHold('seats', 'none')], { why: 'hold_gone' })
    await refused(storage, [commitHold('none', 'h1')], { why: 'hold_gone' })
  }),

  storageCase('a hold is given back once, held or committed', async ({ storage }) => {
    await done(storage, [hold('seats', 'h1', 5, 2), hold('seats', 'h2', 5, 3), commitHold('seats', 'h2')])
    await done(storage, [releaseHold('seats', 'h1')])
    equal(await counted(storage, 'seats'), { used: 3, held: 0 }, 'after the held one')
    await refused(storage, [releaseHold('seats', 'h1')], { why: 'hold_gone' })
    await refused(storage, [commitHold('seats', 'h1')], { why: 'hold_gone' })
    await done(storage, [releaseHold('seats', 'h2')])
    equal(await counted(storage, 'seats'), { used: 0, held: 0 }, 'after the committed one')
    await refused(storage, [releaseHold('seats', 'h2')], { why: 'hold_gone' })
    await done(storage, [hold('seats', 'h3', 5, 5)])
    await refused(storage, [hold('seats', 'h4', 5)], { why: 'limit', counter: 'seats' })
  }),

  storageCase('a hold that falls due frees nothing by itself', async ({ storage }) => {
    await done(storage, [hold('seats', 'h1', 1, 1, LONG_AGO)])
    await refused(storage, [hold('seats', 'h2', 1)], { why: 'limit', counter: 'seats' })
    equal(await counted(storage, 'seats'), { used: 0, held: 1 }, 'the counter')
    await done(storage, [commitHold('seats', 'h1')])
    equal(await counted(storage, 'seats'), { used: 1, held: 0 }, 'the counter after it was committed late')
  }),

  storageCase(
    'a hold that expires while it is committed goes one way, and the counter with it',
    async ({ storage, reopen }) => {
      const other = await reopen()
      for (const n of upTo(10)) {
        await done(storage, [hold('seats', `h${n}`, 100, 1, LONG_AGO)])
        const sell = [commitHold('seats', `h${n}`), insert(`c${n}`, cart('ann', n))]
        const expire = [{ ...put('sweep', n, cart('sweep', n)) }, releaseHold('seats', `h${n}`)]
        if (n === 1) await done(storage, [insert('sweep', cart('sweep', 0))])
        const [sold, expired] = await Promise.all(
          n % 2
            ? [storage.commit(scope, sell), other.commit(scope, expire)]
            : [other.commit(scope, sell), storage.commit(scope, expire)],
        )
        equal(expired.outcome, 'committed', 'giving back works whether held or committed')
        const isSold = (await readOne(storage, `c${n}`)) !== null
        equal(isSold, sold.outcome === 'committed', 'the order is there exactly if it was answered so')
        if (sold.outcome === 'conflict') equal(sold.why, 'hold_gone', 'the reason')
        equal(await counted(storage, 'seats'), { used: 0, held: 0 }, 'the counter')
      }
    },
  ),

  storageCase('in one commit releases come before holds, and holds before their commits', async ({ storage }) => {
    await done(storage, [hold('seats', 'old', 1)])
    await done(storage, [hold('seats', 'new', 1), releaseHold('seats', 'old')])
    equal(await counted(storage, 'seats'), { used: 0, held: 1 }, 'after the move')
    await done(storage, [commitHold('free', 'h1'), hold('free', 'h1', 1)])
    equal(await counted(storage, 'free'), { used: 1, held: 0 }, 'held and committed at once')
    await done(storage, [hold('seats', 'new', 1), releaseHold('seats', 'new')])
    equal(await counted(storage, 'seats'), { used: 0, held: 1 }, 'released and held anew')
  }),

  storageCase(
    'two counters taken in opposite order never wait for each other in a circle',
    async ({ storage, reopen }) => {
      const handles = [storage, await reopen()] as const
      const take = (n: number) => {
        const changes = [hold('a', `h${n}`, 1000), hold('b', `h${n}`, 1000), hold('c', `h${n}`, 1000)]
        return handles[n % 2 ? 0 : 1].commit(scope, n % 3 ? changes : changes.toReversed())
      }
      const answers = await Promise.all(upTo(60).map(take))
      equal(answers.filter(({ outcome }) => outcome === 'committed').length, 60, 'commits that were done')
      for (const counter of ['a', 'b', 'c']) equal(await counted(storage, counter), { used: 0, held: 60 }, counter)
    },
  ),

  storageCase('holds can be listed by counter, and the open ones by when they are due', async ({ storage }) => {
    await done(storage, [
      hold('seats', 'h2', 9, 2, '2026-01-02T00:00:00.000Z'),
      hold('seats', 'h1', 9, 1, '2026-01-03T00:00:00.000Z'),
      hold('uses', 'h3', 9, 1, '2026-01-01T00:00:00.000Z'),
      commitHold('uses', 'h3'),
    ])
    const bodies = async (index: string, equals: string[], until?: string) => {
      const range = until === undefined ? undefined : { until }
      const page = await storage.list(scope, { in: 'holds', index, equals, range, limit: 10 })
      return page.items.map(({ body }) => body)
    }
    const h1 = { counter: 'seats', hold: 'h1', n: 1, state: 'held', due: '2026-01-03T00:00:00.000Z' }
    const h2 = { counter: 'seats', hold: 'h2', n: 2, state: 'held', due: '2026-01-02T00:00:00.000Z' }
    const h3 = { counter: 'uses', hold: 'h3', n: 1, state: 'committed', due: '2026-01-01T00:00:00.000Z' }
    equal(await bodies('counter', ['seats']), [h1, h2], 'of one counter')
    equal(await bodies('counter', []), [h1, h2, h3], 'of all counters')
    equal(await bodies('due', []), [h2, h1], 'the open ones')
    equal(await bodies('due', [], '2026-01-03T00:00:00.000Z'), [h2], 'those due before')
    await done(storage, [releaseHold('seats', 'h2')])
    equal(await bodies('counter', ['seats']), [h1], 'after one was given back')
    equal(
      (await storage.list({ operator: 'op2' }, { in: 'holds', index: 'due', equals: [], limit: 9 })).items,
      [],
      'of another',
    )
    await rejects(storage.commit(scope, [insert('x', h1, 'holds')]), 'TypeError', 'a hold written as a document')
  }),

  storageCase('counters are exact after a storm of takes, commits and releases', async ({ storage, reopen }) => {
    const handles = [storage, await reopen()] as const
    const live = async (n: number) => {
      const handle = handles[n % 2 ? 0 : 1]
      const taken = await handle.commit(scope, [hold('seats', `h${n}`, 12, 1 + (n % 3))])
      if (taken.outcome === 'conflict') return
      if (n % 4 !== 0) await done(handle, [commitHold('seats', `h${n}`)])
      if (n % 5 === 0) await done(handle, [releaseHold('seats', `h${n}`)])
    }
    await Promise.all(upTo(60).map(live))
    const { items } = await storage.list(scope, { in: 'holds', index: 'counter', equals: ['seats'], limit: 1000 })
    const records = items.map(({ body }) => body as { n: number; state: string }) // a HoldRecord
    const sum = (state: string) => records.filter((one) => one.state === state).reduce((total, { n }) => total + n, 0)
    const state = { used: sum('committed'), held: sum('held') }
    equal(await counted(storage, 'seats'), state, 'the counter, against its holds')
    ok(state.used + state.held <= 12, 'the limit is kept')
    ok(items.length > 0, 'something was held')
  }),

  storageCase(
    'a number series has no gaps and no repeats, whatever is refused meanwhile',
    async ({ storage, reopen }) => {
      const handles: readonly Storage[] = [storage, await reopen()]
      await done(storage, [insert('c0', cart('ann', 0))])
      const answers = await Promise.all(
        upTo(30).map((n) => {
          const changes = [number('a', `i${n}`), insert(`i${n}`, { seller: 's' }, 'invoices')]
          const handle = handles[n % 2] ?? storage
          return handle.commit(scope, n % 3 ? changes : [...changes, put('c0', 99, cart('x', 1))])
        }),
      )
      const given = answers.flatMap((answer) => (answer.outcome === 'committed' ? Object.values(answer.numbers) : []))
      equal(
        given.sort((a, b) => a - b),
        upTo(20),
        'the numbers that were given',
      )
      const page = await storage.list(scope, { in: 'invoices', index: 'seller', equals: ['s'], limit: 100 })
      equal(
        page.items.map(({ body }) => (body as { number: number }).number), // an invoice
        upTo(20),
        'the numbers in the documents',
      )
      const next = await done(storage, [insert('last', { seller: 's' }, 'invoices'), number('a', 'last')])
      equal(next.numbers, { 'invoices/last': 21 }, 'the next number')
    },
  ),

  storageCase(
    'as many commits with a number as come at once are answered, also where all are refused',
    async ({ storage }) => {
      const commitId = 'once'
      await done(storage, [insert('i0', { seller: 's' }, 'invoices'), number('a', 'i0'), hold('seats', 'h0', 1)])
      const numbered = (n: number) => [insert(`i${n}`, { seller: 's' }, 'invoices'), number('a', `i${n}`)]
      await storage.commit(scope, numbered(1), { commitId })
      const refused = await Promise.all(
        upTo(20).map((n) => storage.commit(scope, [...numbered(n + 1), hold('seats', `h${n}`, 1)])),
      )
      for (const answer of refused) equal(answer.outcome === 'conflict' && answer.why, 'limit', 'one hold too many')
      const repeated = await Promise.all(upTo(20).map((n) => storage.commit(scope, numbered(n + 1), { commitId })))
      for (const answer of repeated) {
        equal(
          answer,
          { outcome: 'committed', versions: { 'invoices/i1': 1 }, numbers: { 'invoices/i1': 2 } },
          'a repeat',
        )
      }
      const next = await done(storage, [insert('last', { seller: 's' }, 'invoices'), number('a', 'last')])
      equal(next.numbers, { 'invoices/last': 3 }, 'the next number')
    },
  ),

  storageCase('a number is written into its document and its columns, and stays', async ({ storage }) => {
    const answer = await done(storage, [insert('i1', { seller: 's', total: 5 }, 'invoices'), number('a', 'i1')])
    equal(answer, { outcome: 'committed', versions: { 'invoices/i1': 1 }, numbers: { 'invoices/i1': 1 } }, 'the answer')
    const body = { seller: 's', total: 5, number: 1 }
    equal((await readOne(storage, 'i1', 'invoices'))?.body, body, 'the document')
    const [found] = await storage.read(scope, [{ in: 'invoices', unique: 'number', key: ['s', 1] }])
    equal(found && 'id' in found && found.id, 'i1', 'found by its number')
    await done(storage, [insert('i2', { seller: 's' }, 'invoices')])
    const late = await done(storage, [put('i2', 1, { seller: 's' }, 'invoices'), number('a', 'i2')])
    equal(late.numbers, { 'invoices/i2': 2 }, 'a number for a document that is put')
  }),

  storageCase('number series are the operator’s, each counted by itself', async ({ storage }) => {
    const take = async (id: string, series: string, where = scope) => {
      const answer = await done(storage, [insert(id, { seller: id }, 'invoices'), number(series, id)], where)
      return answer.numbers[`invoices/${id}`] ?? 0
    }
    equal(await take('i1', 'a'), 1, 'the first')
    equal(await take('i2', 'a', { operator: 'op', site: 'second' }), 2, 'from another site')
    equal(await take('i3', 'b'), 1, 'of another series')
    equal(await take('i1', 'a', { operator: 'op2' }), 1, 'of another operator')
    const both = [insert('i4', { seller: 'x' }, 'invoices'), insert('i5', { seller: 'y' }, 'invoices')]
    const answer = await done(storage, [number('a', 'i5'), number('a', 'i4'), ...both])
    equal(answer.numbers, { 'invoices/i4': 3, 'invoices/i5': 4 }, 'two in one commit')
    await rejects(storage.commit(scope, [number('a', 'none')]), 'TypeError', 'a number for nothing')
  }),
]
