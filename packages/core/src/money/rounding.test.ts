import { describe, expect, it } from 'vitest'
import { divideRounded, divideRoundedSafe, type RoundingMode } from './rounding.ts'

const cases: [numerator: number, denominator: number, halfUp: number, halfEven: number, down: number][] = [
  [5, 10, 1, 0, 0],
  [15, 10, 2, 2, 1],
  [25, 10, 3, 2, 2],
  [-5, 10, -1, 0, 0],
  [-15, 10, -2, -2, -1],
  [-25, 10, -3, -2, -2],
  [24, 10, 2, 2, 2],
  [26, 10, 3, 3, 2],
  [-24, 10, -2, -2, -2],
  [-26, 10, -3, -3, -2],
  [1, 3, 0, 0, 0],
  [2, 3, 1, 1, 0],
  [9, 3, 3, 3, 3],
  [0, 7, 0, 0, 0],
  // The largest safe integer: half of it still has its half.
  [9_007_199_254_740_991, 2, 4_503_599_627_370_496, 4_503_599_627_370_496, 4_503_599_627_370_495],
]
const byMode = cases.flatMap(([numerator, denominator, halfUp, halfEven, down]) => [
  { numerator, denominator, mode: 'half_up' as const, expected: halfUp },
  { numerator, denominator, mode: 'half_even' as const, expected: halfEven },
  { numerator, denominator, mode: 'down' as const, expected: down },
])

describe('rounding', () => {
  it.each(byMode)('$numerator / $denominator, $mode, is $expected', ({ numerator, denominator, mode, expected }) => {
    expect(divideRounded(BigInt(numerator), BigInt(denominator), mode)).toBe(BigInt(expected))
    expect(divideRoundedSafe(numerator, denominator, mode)).toBe(expected)
  })

  it('has one zero only', () => {
    for (const numerator of [-1, -0, 0]) expect(Object.is(divideRoundedSafe(numerator, 3), 0)).toBe(true)
  })

  it('rounds halves away from zero unless told otherwise', () => {
    expect(divideRounded(-5n, 2n)).toBe(-3n)
    expect(divideRoundedSafe(-5, 2)).toBe(-3)
  })

  it.each([0, -1])('refuses the denominator %i', (denominator) => {
    const message = `A denominator is greater than zero, not ${denominator}.`
    expect(() => divideRounded(1n, BigInt(denominator))).toThrow(message)
    expect(() => divideRoundedSafe(1, denominator)).toThrow(message)
  })

  it('refuses a mode that does not exist', () => {
    const mode = 'up' as RoundingMode // what stored settings of another version may hold
    expect(() => divideRounded(1n, 2n, mode)).toThrow('up is not a rounding mode')
    expect(() => divideRoundedSafe(1, 2, mode)).toThrow(RangeError)
  })
})
