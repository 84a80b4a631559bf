import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMilliseconds, toInstant } from './instant.ts'
import { isWithin } from './window.ts'

const instant = fc.integer({ min: 1, max: 4_000_000_000_000 }).map(toInstant)

describe('windows, for all instants', () => {
  it('that touch share no instant and leave none out', () => {
    fc.assert(
      fc.property(instant, instant, instant, instant, (...four) => {
        const [a = '', b = '', c = ''] = four.slice(0, 3).sort()
        const at = four[3]
        const isInWhole = isWithin({ from: a, until: c }, at)
        const parts = [isWithin({ from: a, until: b }, at), isWithin({ from: b, until: c }, at)]
        expect(parts.filter(Boolean)).toHaveLength(isInWhole ? 1 : 0)
      }),
    )
  })

  it('hold exactly their length', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 10 ** 10 }), (from, length) => {
        const until = addMilliseconds(from, length)
        const edges = [addMilliseconds(from, -1), from, addMilliseconds(until, -1), until]
        expect(edges.map((edge) => isWithin({ from, until }, edge))).toEqual([false, true, true, false])
      }),
    )
  })
})
