import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareText, compareValues } from './compare-values.ts'

const text = fc.string({ unit: 'binary' })

test('texts are ordered as the code points are, which is how their UTF-8 bytes are ordered', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [left, right] = [Array.from(a, point), Array.from(b, point)]
      const at = left.findIndex((value, index) => value !== right[index])
      const expected = at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1)
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(expected))
    }),
  )
})

test('numbers stand before texts', () => {
  fc.assert(
    fc.property(fc.integer(), text, (number, string) => {
      expect(compareValues(number, string)).toBeLessThan(0)
      expect(compareValues(string, number)).toBeGreaterThan(0)
    }),
  )
  expect(compareValues(2, 10)).toBeLessThan(0)
  expect(compareText('\u{ffee}', '\u{1f600}')).toBeLessThan(0)
})

function point(character: string): number {
  return character.codePointAt(0) ?? 0
}
