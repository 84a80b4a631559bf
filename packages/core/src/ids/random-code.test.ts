import { describe, expect, it } from 'vitest'
import { testRuntime } from '../testing/test-runtime.ts'
import { CODE_ALPHABET, errorReference, randomCode } from './random-code.ts'

describe('randomCode', () => {
  it('has no look-alikes and each character once', () => {
    expect(CODE_ALPHABET).not.toMatch(/[01OILU]|[^0-9A-Z]/)
    expect(new Set(CODE_ALPHABET).size).toBe(CODE_ALPHABET.length)
    expect(CODE_ALPHABET).toHaveLength(30)
  })

  it('throws bytes away that would favour a character', () => {
    const bytes = [255, 240, 239, 250, 0, 30, 29]
    const randomBytes = (count: number) => Uint8Array.from(bytes.splice(0, count))
    expect(randomCode({ randomBytes }, 4)).toBe('Z22Z')
    expect(bytes).toEqual([])
  })

  it('draws each character equally often', () => {
    const runtime = testRuntime({ seed: 20_260_329 })
    const draws = 60_000
    const counts = new Map<string, number>()
    for (const char of randomCode(runtime, draws)) counts.set(char, (counts.get(char) ?? 0) + 1)
    const expected = draws / CODE_ALPHABET.length
    const chiSquared = [...CODE_ALPHABET].reduce(
      (sum, char) => sum + ((counts.get(char) ?? 0) - expected) ** 2 / expected,
      0,
    )
    // 29 degrees of freedom: a fair source stays below in 999 of 1000 runs. Taking all bytes would give some 900.
    expect(chiSquared).toBeLessThan(58.3)
  })

  it.each([1, 8, 10, 200])('has %i places when told', (length) => {
    expect(randomCode(testRuntime(), length)).toMatch(new RegExp(`^[${CODE_ALPHABET}]{${length}}$`))
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses %d places', (length) => {
    expect(() => randomCode(testRuntime(), length)).toThrow(RangeError)
  })
})

describe('errorReference', () => {
  it('has eight characters', () => {
    expect(errorReference(testRuntime())).toMatch(new RegExp(`^[${CODE_ALPHABET}]{8}$`))
  })
})
