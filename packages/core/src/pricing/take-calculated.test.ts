import { describe, expect, it } from 'vitest'
import { takeCalculated } from './take-calculated.ts'
import type { TaxedLine } from './tax-lines.ts'

const tax = (amount: number) => ({ name: 'Sales tax', rate: '10', jurisdiction: 'US-NY', amount })
const said = (items: readonly (readonly [line: string, part: string, amount: number, tax: number])[]) => ({
  ...{ type: 'calculated' as const, calculator: 'counter', reference: null },
  items: items.map(([line, part, amount, due]) => ({ line, part, amount, taxes: [tax(due)] })),
})
const linesOf = (...lines: readonly (readonly [id: string, ...parts: (readonly [string, number])[]])[]): TaxedLine[] =>
  lines.map(([id, ...parts]) => ({
    ...{ id, quantity: 1 },
    parts: parts.map(([part, weight]) => ({ id: part, weight, taxCategory: 'recorded', taxes: [] })),
  }))

describe('what a calculator said', () => {
  it('is the tax of each part, whatever its order, and names who said it', () => {
    const lines = linesOf(['a', ['x', 100], ['y', 200]], ['b', ['x', 300]])
    takeCalculated(
      said([
        ['b', 'x', 300, 30],
        ['a', 'y', 200, 20],
        ['a', 'x', 100, 10],
      ]),
      lines,
    )
    expect(lines.map(({ parts }) => parts.map(({ taxes }) => taxes))).toEqual([
      [[{ ...tax(10), taxRate: 'counter' }], [{ ...tax(20), taxRate: 'counter' }]],
      [[{ ...tax(30), taxRate: 'counter' }]],
    ])
  })

  it('is not taken for another part whose names read alike', () => {
    const lines = linesOf(['a', ['b:c', 100]], ['a:b', ['c', 100]])
    takeCalculated(
      said([
        ['a', 'b:c', 100, 1],
        ['a:b', 'c', 100, 2],
      ]),
      lines,
    )
    expect(lines.map(({ parts }) => parts[0]?.taxes[0]?.amount)).toEqual([1, 2])
  })

  it.each([
    ['another amount', said([['a', 'x', 99, 9]])],
    ['another part', said([['a', 'y', 100, 9]])],
    ['another line', said([['b', 'x', 100, 9]])],
    ['nothing', said([])],
  ])('is refused where it was asked for %s', (_what, answer) => {
    expect(() => takeCalculated(answer, linesOf(['a', ['x', 100]]))).toThrow(
      new RangeError('The taxes of line a were calculated for another amount than 100.'),
    )
  })
})
