import { describe, expect, it } from 'vitest'
import { BASE64_URL, CROCKFORD_LOWER, encodeBits } from './encode-bits.ts'

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

describe('encodeBits', () => {
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
    ['\u00ff\u00ef\u00ff', '_-__'],
  ])('writes %j as RFC 4648 does: %s', (text, expected) => {
    expect(encodeBits(ascii(text), { bits: 6, alphabet: BASE64_URL })).toBe(expected)
  })

  it.each([
    [[0], '00'],
    [[255], 'zw'],
    [[0b00001_000, 0b10_00011_0], '1230'],
  ])('writes %j in base 32 as %s', (bytes, expected) => {
    expect(encodeBits(Uint8Array.from(bytes), { bits: 5, alphabet: CROCKFORD_LOWER })).toBe(expected)
  })

  it('puts zero bits before', () => {
    expect(encodeBits(Uint8Array.of(0xff), { bits: 5, alphabet: CROCKFORD_LOWER, leadingZeros: 2 })).toBe('7z')
  })
})
