import { describe, expect, it } from 'vitest'
import { sha256Hex } from './sha256-hex.ts'

describe('sha256Hex', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('of %j is that of FIPS 180-4', (text, expected) => {
    expect(sha256Hex(text)).toBe(expected)
    expect(sha256Hex(new TextEncoder().encode(text))).toBe(expected)
  })

  it('reads text as UTF-8, and agrees with the platform', async () => {
    const text = 'Grüße, 学习, 🎓'.repeat(50)
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    const expected = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(sha256Hex(text)).toBe(expected)
  })
})
