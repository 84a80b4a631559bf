import { expect, test } from 'vitest'
import { holdsCardNumber } from './card-number.ts'

test.each([
  '4242424242424242',
  '4242 4242 4242 4242',
  '3782-822463-10005',
  'tok_5555555555554444_x',
  '6304000000000000000',
  '501800000009',
])('%j holds a card number', (text) => expect(holdsCardNumber(text)).toBe(true))

test.each([
  '',
  'tok_approve',
  '4242424242424241',
  '42424242424',
  '42424242424242424242424',
  'pm_1N4242x42424242424',
  '2026-01-01T00:00:00.000Z',
])('%j holds none', (text) => expect(holdsCardNumber(text)).toBe(false))
