import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../ids/index.ts'
import { findCardNumber, textHoldsCard } from './find-card-number.ts'

const withLuhnDigit = (digits: string): string => {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = place % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const digits = (count: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count })
const visa = digits(14).map((rest) => withLuhnDigit(`4${rest}`))

test('every Visa number of 16 digits is found, plain, in groups, and in a sentence', () => {
  fc.assert(
    fc.property(visa, fc.constantFrom('', ' ', '-'), (card, separator) => {
      const written = card.match(/\d{4}/g)?.join(separator)
      return textHoldsCard(`my card is ${written}, thanks`) && findCardNumber({ a: [{ b: written }] }) === 'a.0.b'
    }),
  )
})

test('a card whose last digit is wrong is none', () => {
  fc.assert(
    fc.property(visa, fc.integer({ min: 1, max: 9 }), (card, more) => {
      const last = (Number(card.at(-1)) + more) % 10
      return !textHoldsCard(`${card.slice(0, -1)}${last}`)
    }),
  )
})

test('UUIDs, ids, instants and EAN-13 codes are left alone', () => {
  const withEanDigit = (code: string): string => {
    const sum = [...code].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
    return `${code}${(10 - (sum % 10)) % 10}`
  }
  const source = (bytes: Uint8Array) => ({ now: () => '2026-05-05T05:55:55.555Z', randomBytes: () => bytes })
  fc.assert(
    fc.property(fc.uuid(), (uuid) => !textHoldsCard(uuid)),
    { numRuns: 2000 },
  )
  fc.assert(
    fc.property(digits(12), (code) => !textHoldsCard(withEanDigit(code))),
    { numRuns: 2000 },
  )
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('9999-01-01') }), (date) => {
      return !textHoldsCard(date.toISOString())
    }),
  )
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 10, maxLength: 10 }),
      (bytes) => !textHoldsCard(newId('ord', source(bytes))),
    ),
  )
})

test('it always ends, and says a path that leads to the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const path = findCardNumber(value)
      expect(path === null || typeof path === 'string').toBe(true)
    }),
  )
})
