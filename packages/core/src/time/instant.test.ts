import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMilliseconds, fromInstant, isInstant, toInstant } from './instant.ts'

describe('instants', () => {
  it('say milliseconds since 1970 as text and back', () => {
    expect(toInstant(0)).toBe('1970-01-01T00:00:00.000Z')
    expect(toInstant(1_774_746_000_001)).toBe('2026-03-29T01:00:00.001Z')
    expect(fromInstant('2026-03-29T01:00:00.001Z')).toBe(1_774_746_000_001)
    expect(addMilliseconds('2026-12-31T23:59:59.999Z', 1)).toBe('2027-01-01T00:00:00.000Z')
    expect(addMilliseconds('2028-03-01T00:00:00.000Z', -1)).toBe('2028-02-29T23:59:59.999Z')
  })

  it.each([
    '2026-03-29',
    '2026-03-29T01:00:00Z',
    '2026-03-29T01:00:00.0Z',
    '2026-03-29T01:00:00.000+00:00',
    '2026-03-29T01:00:00.000z',
    '2026-03-29 01:00:00.000Z',
    '+002026-03-29T01:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-01-01T25:00:00.000Z',
    '',
  ])('are not %j', (text) => {
    expect(isInstant(text)).toBe(false)
    expect(() => fromInstant(text)).toThrow(RangeError)
  })

  it.each([
    '2026-02-30T00:00:00.000Z',
    '2026-02-29T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-06-30T23:59:60.000Z',
  ])('are not dates or times that do not exist: %s', (text) => {
    expect(isInstant(text)).toBe(false)
  })

  it('lie within the years of four digits', () => {
    expect(toInstant(fromInstant('0000-01-01T00:00:00.000Z'))).toBe('0000-01-01T00:00:00.000Z')
    expect(() => addMilliseconds('0000-01-01T00:00:00.000Z', -1)).toThrow(RangeError)
    expect(() => addMilliseconds('9999-12-31T23:59:59.999Z', 1)).toThrow(RangeError)
    expect(() => toInstant(Number.NaN)).toThrow(RangeError)
    expect(() => toInstant(0.5)).toThrow(RangeError)
  })

  it('sort as text as they do in time', () => {
    const milliseconds = fc.integer({
      min: fromInstant('0000-01-01T00:00:00.000Z'),
      max: fromInstant('9999-12-31T23:59:59.999Z'),
    })
    fc.assert(
      fc.property(milliseconds, milliseconds, (left, right) => {
        expect(toInstant(left) < toInstant(right)).toBe(left < right)
        expect(fromInstant(toInstant(left))).toBe(left)
        expect(isInstant(toInstant(left))).toBe(true)
      }),
    )
  })
})
