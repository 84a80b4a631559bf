import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLuhnValid, redactCards, redactText } from './redact-text.ts'

describe('is redacted as by the plain way, which takes the longest card from each group on', () => {
  test('digits in groups', () => {
    const card = fc.constantFrom('4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005', '6304 0000 0000 0000')
    const groups = fc.array(fc.oneof(fc.stringMatching(/^\d{1,6}$/), card), { maxLength: 12 })
    const separators = fc.array(fc.constantFrom(' ', '-', '', '.', '  '), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(groups, separators, (some, between) => {
        const text = some.map((group, at) => group + between[at]).join('')
        expect(redactCards(text)).toBe(plainCards(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('tokens and e-mail addresses', () => {
    const piece = fc.constantFrom('eyJ', 'eyJa', 'a', '-', '.', '_', '@', ' ', 'b.c', 'a@b.c', 'é', 'eyJa.b.', '4', '+')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('')
        expect(redactText(text)).toBe(plainText(text))
      }),
      { numRuns: 5000 },
    )
  })
})

test('an e-mail address within a URL is taken out', () => {
  expect(redactText('Timed out: GET https://lms.example/users/maria%40example.org, once')).toBe(
    'Timed out: GET https:[e-mail], once',
  )
  expect(redactText('a%40b and 5%40')).toBe('a%40b and 5%40')
})

describe('takes no longer than the text is long', () => {
  const length = 200_000
  test.each([
    ['groups of digits', '1 '],
    ['cards', '4111-1111-1111-1111 '],
    ['cards beside each other', '4111111111111111-'],
    ['digits', '1'],
    ['what begins like a token', '-eyJ'],
    ['halves of tokens', '-eyJa.'],
    ['what could stand before an @', 'a'],
    ['what could stand after one', 'a@a.'],
    ['what could be a domain', '@a'],
    ['encoded addresses', 'a%40a'],
    ['what could be an encoded domain', '%40'],
    ['schemes', 'bearer '],
    ['spaces', ' '],
    ['digits of UUIDs', '12345678-1234-1234-1234-'],
  ])('%s', (_name, piece) => {
    const text = piece.repeat(length / piece.length)
    for (const evil of [text, `eyJ.@bearer${text}`, `${text} @`, `eyJa.${text}!`, `basic ${text}!`, `a@${text}!`])
      redactText(evil)
  })
})

/** As it was first written: slow, and easy to see that it is right. */
function plainCards(text: string): string {
  return text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<!\d|\d\.)\d+(?:[ -]\d+)*/gi, (run) => {
    if (/[a-f]/i.test(run)) return run
    const parts = run.split(/([ -])/)
    for (let first = 0; first < parts.length; first += 2) {
      const end = longestEnd(parts, first)
      if (end > first) parts.splice(first, end - first, '[card]')
    }
    return parts.join('')
  })
}

function longestEnd(parts: readonly string[], first: number): number {
  for (let end = parts.length; end > first; end -= 2) {
    const digits = parts.slice(first, end).join('').replace(/[ -]/g, '')
    if (digits.length >= 13 && digits.length <= 19 && isLuhnValid(digits)) return end
  }
  return first
}

const plainText = (text: string): string =>
  plainCards(
    text
      .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
      .replace(/[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi, '[e-mail]'),
  )
