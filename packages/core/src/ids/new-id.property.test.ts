import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromInstant, toInstant } from '../time/index.ts'
import { isId, newId } from './new-id.ts'

const moment = fc.integer({ min: 0, max: fromInstant('9999-12-31T23:59:59.999Z') })
const chance = fc.uint8Array({ minLength: 10, maxLength: 10 })
const id = (milliseconds: number, bytes: Uint8Array) =>
  newId('ord', { now: () => toInstant(milliseconds), randomBytes: () => bytes })

describe('ids, for all instants and all chance', () => {
  it('sort by time', () => {
    fc.assert(
      fc.property(moment, moment, chance, chance, (left, right, a, b) => {
        fc.pre(left !== right)
        expect(id(left, a) < id(right, b)).toBe(left < right)
      }),
    )
    fc.assert(
      fc.property(moment, chance, chance, (milliseconds, a, b) => {
        expect(id(milliseconds, a) < id(milliseconds + (milliseconds < 1 ? 1 : -1), b)).toBe(milliseconds < 1)
      }),
    )
  })

  it('have the form of ids, and keep 74 bits of chance', () => {
    fc.assert(
      fc.property(moment, chance, fc.nat(9), fc.nat(7), (milliseconds, bytes, index, bit) => {
        const one = id(milliseconds, bytes)
        expect(isId('ord', one)).toBe(true)
        const other = Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ (1 << bit) : byte))
        const isOverwritten = (index === 0 && bit >= 4) || (index === 2 && bit >= 6)
        expect(id(milliseconds, other) === one).toBe(isOverwritten)
      }),
    )
  })
})
