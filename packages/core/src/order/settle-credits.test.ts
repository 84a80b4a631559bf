import { expect, it } from 'vitest'
import { settledCredits } from './settle-credits.ts'
import { takenAgain } from './take-again.ts'

const CREDIT = { counter: 'credited:ord_0:l1:0:all', n: 6000 }
const BUDGET = { counter: 'budget:pro_1:EUR', n: 500 }
const now = '2026-06-15T12:00:00.000Z'
const order = (money: { captured?: number; refunded?: number; authorized?: number }, total = 4000) => ({
  ...{ id: 'ord_1', total, onAccount: false, holds: [BUDGET, CREDIT] },
  money: { due: 0, authorized: 0, captured: 0, refunded: 0, disputed: 0, writtenOff: 0, ...money },
})

it.each<[what: string, money: Parameters<typeof order>[0], total: number]>([
  ['one that is paid', { captured: 4000 }, 4000],
  ['one that is authorised', { authorized: 4000 }, 4000],
  ['one that is refunded in part', { captured: 4000, refunded: 3999 }, 4000],
  ['one that costs nothing', {}, 0],
])('%s keeps what it credits', (_, money, total) => {
  expect(settledCredits(order(money, total), now)).toEqual({ changes: [], holds: [BUDGET, CREDIT], returned: [] })
})

it.each<[what: string, money: Parameters<typeof order>[0]]>([
  ['one that is refunded in full', { captured: 4000, refunded: 4000 }],
  ['one whose authorisation lapsed', {}],
])('%s gives it back, and nothing else', (_, money) => {
  expect(settledCredits(order(money), now)).toEqual({
    changes: [{ do: 'releaseHold', counter: CREDIT.counter, hold: 'ord_1' }],
    ...{ holds: [BUDGET], returned: [CREDIT] },
  })
})

it('a refund that failed after all takes it again, whatever was credited meanwhile, and once', () => {
  const gone = { ...order({ captured: 4000, refunded: 1000 }), holds: [BUDGET], returned: [CREDIT] }
  const uses = takenAgain(gone, { amount: 3000, refunded: 4000, codes: [], now })
  expect(uses).toEqual({ changes: [], holds: [BUDGET], returned: [CREDIT] })
  const { changes, holds, returned } = settledCredits(gone, now)
  expect([holds, returned]).toEqual([[BUDGET, CREDIT], []])
  const named = { counter: CREDIT.counter, hold: 'ord_1' }
  expect(changes).toEqual([
    { do: 'hold', ...named, n: 6000, limit: Number.MAX_SAFE_INTEGER, due: now },
    { do: 'commitHold', ...named },
  ])
})
