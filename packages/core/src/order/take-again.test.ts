import { describe, expect, it } from 'vitest'
import type { Hold } from '../pricing/index.ts'
import { givenBack } from './give-back.ts'
import { takenAgain } from './take-again.ts'

const now = '2026-01-01T00:00:00.000Z'
const BUDGET = { counter: 'budget:pro_a:EUR', n: 2000 }
const ALWAYS = { counter: 'code:cod_always', n: 1 }
const WHOLE = { counter: 'code:cod_whole:cus_ann', n: 1 }
const NEVER = { counter: 'promotion:pro_a', n: 1 }
const holds = [BUDGET, ALWAYS, WHOLE, NEVER]
const codes = [
  { id: 'cod_always', returnsUse: 'always' as const },
  { id: 'cod_whole', returnsUse: 'whole_order' as const },
]
const sorted = (list: readonly Hold[]) => [...list].sort((one, other) => (one.counter < other.counter ? -1 : 1))

/** An order of 80.00, of which so much was refunded. */
const refunded = (amount: number) => givenBack({ id: 'ord_1', holds }, { amount, left: 8000, codes, now })

describe('a refund that failed after all takes again what it gave back', () => {
  it.each([8000, 2000])('all of it, of %i', (amount) => {
    const again = takenAgain({ id: 'ord_1', ...refunded(amount) }, { amount, refunded: amount, codes, now })
    expect(sorted(again.holds)).toEqual(sorted(holds))
    expect(again.returned).toEqual([])
  })

  it('a share of it, where another refund stands, and no code that is given back with any', () => {
    const again = takenAgain({ id: 'ord_1', ...refunded(8000) }, { amount: 6000, refunded: 8000, codes, now })
    expect(sorted(again.holds)).toEqual(sorted([{ ...BUDGET, n: 1500 }, WHOLE, NEVER]))
    expect(sorted(again.returned)).toEqual(sorted([{ ...BUDGET, n: 500 }, ALWAYS]))
  })

  it('in one commit: what is held still is released first, and what is taken is used, past a limit too', () => {
    const again = takenAgain({ id: 'ord_1', ...refunded(2000) }, { amount: 2000, refunded: 2000, codes, now })
    const [named, code] = [BUDGET, ALWAYS].map(({ counter }) => ({ counter, hold: 'ord_1' }))
    const taken = { limit: Number.MAX_SAFE_INTEGER, due: now }
    expect(again.changes).toEqual([
      { do: 'releaseHold', ...named },
      { do: 'hold', ...named, n: 2000, ...taken },
      { do: 'commitHold', ...named },
      { do: 'hold', ...code, n: 1, ...taken },
      { do: 'commitHold', ...code },
    ])
  })

  it('nothing, of an order that does not say what was given back', () => {
    const again = takenAgain({ id: 'ord_1', holds: [NEVER] }, { amount: 8000, refunded: 8000, codes, now })
    expect(again).toEqual({ changes: [], holds: [NEVER], returned: [] })
  })
})
