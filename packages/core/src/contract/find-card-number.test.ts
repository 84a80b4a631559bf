import { describe, expect, test } from 'vitest'
import { findCardNumber, textHoldsCard } from './find-card-number.ts'

describe('a card number is found', () => {
  test.each([
    ['Visa', '4242424242424242'],
    ['Visa of 13 digits, long gone', '4222222222222'],
    ['Visa of 19 digits', '4000000000000000006'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard of the 2 series', '2223003122003222'],
    ['American Express', '378282246310005'],
    ['American Express in its groups', '3782 822463 10005'],
    ['Discover', '6011111111111117'],
    ['Diners Club', '30569309025904'],
    ['Diners Club in its groups', '3056 930902 5904'],
    ['JCB', '3566002020360505'],
    ['UnionPay', '6200000000000005'],
    ['Maestro', '6759649826438453'],
    ['in groups', '4242 4242 4242 4242'],
    ['with hyphens', '4242-4242-4242-4242'],
    ['with hard spaces', '4242\u00a04242\u00a04242\u00a04242'],
    ['with two spaces', '4242  4242  4242  4242'],
    ['with tabs', '4242\t4242\t4242\t4242'],
    ['with figure spaces', '4242\u20074242\u20074242\u20074242'],
    ['with narrow hard spaces', '4242\u202f4242\u202f4242\u202f4242'],
    ['with expiry and code after it', '4242 4242 4242 4242 12/27 123'],
    ['with the code right after it', '4242 4242 4242 4242 123'],
    ['with a number before it', '1 4242424242424242'],
    ['with punctuation', 'card:4242424242424242.'],
    ['in a URL', 'https://a.example/?card=4242424242424242&x=1'],
    ['beside a UUID', '550e8400-e29b-41d4-a716-446655440000 4242424242424242'],
  ])('%s', (_, text) => {
    expect(textHoldsCard(text)).toBe(true)
  })

  test('in any field, by its path', () => {
    const card = '4242 4242 4242 4242'
    expect(findCardNumber(card)).toBe('')
    expect(findCardNumber({ lines: [{ id: 'a' }, { recipient: { email: card } }] })).toBe('lines.1.recipient.email')
    expect(findCardNumber({ metadata: { a: { [card]: 1 } } })).toBe('metadata.a')
    expect(findCardNumber({ metadata: { card: 4242424242424242 } })).toBe('metadata.card')
  })
})

describe('no card number is seen in', () => {
  test.each([
    ['a wrong Luhn digit', '4242424242424243'],
    ['first digits of no network', '9242424242424249'],
    ['a UUID', '44444444-4444-4444-8444-444444444448'],
    ['the nil UUID', '00000000-0000-0000-0000-000000000000'],
    ['an id', 'ord_01kq5w8v3ze2ftc9b0p4nxm6ha'],
    ['an id of digits after a prefix', 'ord_4242424242424242'],
    ['a hash', 'a4242424242424242f'],
    ['an instant', '2026-03-29T01:00:00.000Z'],
    ['two dates', '2026-03-29 2026-04-30'],
    ['an EAN-13 of a Japanese product whose last digit is also Luhn’s', '4901234560048'],
    ['an ISBN', '9783161484100'],
    ['an ISBN with hyphens', '978-3-16-148410-0'],
    ['milliseconds since 1970', '1764000000000'],
    ['a phone number', '+49 170 1234567'],
    ['an IBAN', 'DE89 3704 0044 0532 0130 00'],
    ['small numbers in a row', '4 8 15 16 23 42 4 8 15 16 23 42'],
    ['a decimal', '0.4242424242424242x'],
  ])('%s', (_, text) => {
    expect(textHoldsCard(text)).toBe(false)
  })

  test.each([0, -1, 4999, 1764000000000, Number.MAX_SAFE_INTEGER, 4242424242424243, 0.5, Number.NaN])(
    '%s',
    (number) => {
      expect(findCardNumber({ amount: number })).toBeNull()
    },
  )
})
