import { expect, test } from 'vitest'
import { type MoneyState, moneyState } from './money-state.ts'

const NOTHING = { due: 0, authorized: 0, captured: 0, refunded: 0, disputed: 0, writtenOff: 0 }
const order = { total: 10_000, onAccount: false }

test.each<[captured: number, refunded: number, state: MoneyState]>([
  [0, 0, 'unpaid'],
  [4000, 0, 'partly_paid'],
  [4000, 1000, 'partly_refunded'],
  [4000, 4000, 'refunded'],
  [10_000, 0, 'paid'],
  [10_000, 1, 'partly_refunded'],
  [10_000, 10_000, 'refunded'],
  [20_000, 0, 'paid'],
  // What was paid twice and went back never was the order's.
  [20_000, 9999, 'paid'],
  [20_000, 10_000, 'paid'],
  [20_000, 10_001, 'partly_refunded'],
  [20_000, 20_000, 'refunded'],
  // A payment that failed after a refund.
  [0, 4000, 'unpaid'],
])('of 100.00, %i captured and %i given back are %s', (captured, refunded, state) => {
  expect(moneyState({ ...NOTHING, captured, refunded }, order)).toBe(state)
})
