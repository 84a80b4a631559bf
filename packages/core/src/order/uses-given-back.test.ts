import { describe, expect, it } from 'vitest'
import { type UsedCode, usesGivenBack } from './uses-given-back.ts'

const HOLDS = [
  { counter: 'code:cod_a', n: 1 },
  { counter: 'code:cod_a:cus_ann', n: 1 },
  { counter: 'code:cod_ab', n: 1 },
  { counter: 'orders:cus_ann', n: 1 },
  { counter: 'promotion:cod_a', n: 1 },
]
const BOTH = ['code:cod_a', 'code:cod_a:cus_ann']

describe('a refund gives back the use of a code', () => {
  it.each([
    [undefined, 'whole_order', []],
    ['never', 'whole_order', []],
    ['never', 'a_part', []],
    ['always', 'nothing', []],
    ['always', 'a_part', BOTH],
    ['always', 'whole_order', BOTH],
    ['whole_order', 'a_part', []],
    ['whole_order', 'whole_order', BOTH],
  ] as const)('%s, %s refunded', (returnsUse, refunded, expected) => {
    const back = usesGivenBack(HOLDS, [{ id: 'cod_a', returnsUse }, { id: 'cod_ab' }], refunded)
    expect(back.map(({ counter }) => counter)).toEqual(expected)
  })

  it('once: what the order holds no longer is not given back again', () => {
    const codes: UsedCode[] = [{ id: 'cod_a', returnsUse: 'always' }]
    const back = usesGivenBack(HOLDS, codes, 'a_part')
    const left = HOLDS.filter((hold) => !back.includes(hold))
    expect(usesGivenBack(left, codes, 'whole_order')).toEqual([])
  })
})
