import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, hashOf } from './canonical-json.ts'

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: [2, { d: null, c: true }] }, '{"a":[2,{"c":true,"d":null}],"b":1}'],
    [{ 10: 'x', 9: 'y', a: 'z' }, '{"10":"x","9":"y","a":"z"}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [[], '[]'],
    [{}, '{}'],
    ['é"\n\u2028\ud800', '"é\\"\\n\u2028\\ud800"'],
    [-0, '0'],
    [1e21, '1e+21'],
    [0.1, '0.1'],
    [null, 'null'],
    [false, 'false'],
    [Object.create(null), '{}'],
  ])('%j is %s', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected)
  })

  it('says every text as JSON does, controls and halves of pairs among them', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))
    const low = fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code))
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(unit, low), maxLength: 4 }), (text) => {
        expect(canonicalJson(text)).toBe(JSON.stringify(text))
        expect(canonicalJson({ [text]: text })).toBe(JSON.stringify({ [text]: text }))
      }),
      { numRuns: 2000 },
    )
  })

  it('sorts names by code units, as RFC 8785 §3.2.3 shows', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    const names = Object.values(JSON.parse(canonicalJson(value)) as Record<string, number>) // what the value held
    expect(canonicalJson(value).match(/:\d/g)).toEqual([':2', ':4', ':6', ':7', ':1', ':5', ':3'])
    expect(names).toHaveLength(7)
  })

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', [Number.POSITIVE_INFINITY]],
    ['undefined', undefined],
    ['undefined in a list', [1, undefined]],
    ['a hole in a list', new Array(1)],
    ['a bigint', { a: 1n }],
    ['a function', { a: () => 1 }],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a map', new Map()],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(RangeError)
  })

  it('of any JSON value says the same value, whatever order it was built in', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
      }),
    )
  })
})

describe('canonicalJson of few and of many names', () => {
  it('has them in the order of their code units', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 40, size: 'max' })
    fc.assert(
      fc.property(names, (given) => {
        const members = given.toSorted().map((name) => `${JSON.stringify(name)}:1`)
        expect(canonicalJson(Object.fromEntries(given.map((name) => [name, 1])))).toBe(`{${members.join()}}`)
      }),
    )
  })
})

describe('hashOf', () => {
  it('is the SHA-256 of the canonical form', () => {
    expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
    expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }))
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: '1' }))
    expect(hashOf([1, [2]])).not.toBe(hashOf([[1], 2]))
  })
})
