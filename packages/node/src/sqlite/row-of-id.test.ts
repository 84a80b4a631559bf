import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowOfId } from './row-of-id.ts'

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const FIRST = Date.parse('2020-01-01T00:00:00.000Z')
const LAST = FIRST + 2 ** 41 - 1

const chance = fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 16, maxLength: 16 })
const time = fc.integer({ min: FIRST, max: LAST })

function idOf(milliseconds: number, rest: string): string {
  let [text, left] = ['', milliseconds]
  for (let place = 0; place < 10; place += 1) {
    text = `${DIGITS[left % 32]}${text}`
    left = Math.floor(left / 32)
  }
  return `crt_${text}${rest}`
}

describe('the row of an id', () => {
  it('is a whole number that JavaScript and SQLite hold, later for a later millisecond', () => {
    fc.assert(
      fc.property(time, time, chance, chance, (early, late, one, other) => {
        fc.pre(early < late)
        const [left, right] = [rowOfId('op', '', idOf(early, one)), rowOfId('op', 'main', idOf(late, other))]
        expect(Number.isSafeInteger(left)).toBe(true)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThan(right ?? 0)
      }),
    )
  })

  it('differs, of one millisecond, for nearly all ids, sites and operators', () => {
    const rows = (of: (index: number) => number | null) => new Set(Array.from({ length: 200 }, (_, index) => of(index)))
    const one = '0123456789abcdef'
    const numbered = (index: number) => one.slice(0, -3) + String(index).padStart(3, '0')
    // Of 200 among 4,096 some five meet.
    expect(rows((index) => rowOfId('op', '', idOf(FIRST, numbered(index)))).size).toBeGreaterThan(180)
    expect(rows((index) => rowOfId('op', `site${index}`, idOf(FIRST, one))).size).toBeGreaterThan(180)
    expect(rows((index) => rowOfId(`op${index}`, '', idOf(FIRST, one))).size).toBeGreaterThan(180)
  })

  it.each([
    ['a word', 'welcome'],
    ['no text', ''],
    ['a time before', idOf(FIRST - 1, '0'.repeat(16))],
    ['a time after', idOf(LAST + 1, '0'.repeat(16))],
    ['no digit of ids', 'crt_01kq5w8v3uze2ftc9b0p4nxm6h'],
    ['a character beyond all', 'crt_01kq5w8v3\u{ffff}ze2ftc9b0p4nxm6h'],
    ['another form', 'crt-01kq5w8v3ze2ftc9b0p4nxm6ha'],
    ['a compound', 'crt_01kq5w8v3ze2ftc9b0p4nxm6ha:2'],
  ])('is none for %s', (_name, id) => {
    expect(rowOfId('op', '', id)).toBeNull()
  })
})
