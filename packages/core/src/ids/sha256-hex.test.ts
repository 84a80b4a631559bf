import fc from 'fast-check'
import { digest } from 'ohash/crypto'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from './sha256-hex.ts'

const ofPlatform = async (text: string): Promise<string> => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

describe('sha256Hex', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('of %j is that of FIPS 180-4', (text, expected) => {
    expect(sha256Hex(text)).toBe(expected)
  })

  it('reads any text as UTF-8, halves of pairs too, and agrees with Web Crypto', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
    )
    const agrees = fc.asyncProperty(texts, async (text) => {
      expect(sha256Hex(text)).toBe(await ofPlatform(text))
    })
    await fc.assert(agrees)
    expect(sha256Hex('half \ud83c of one')).toBe(await ofPlatform('half \ufffd of one'))
  })
})

describe('what browsers and workers get of ohash', async () => {
  const file = new URL('../js/index.mjs', import.meta.resolve('ohash/crypto'))
  const anywhere: { readonly digest: typeof digest } = await import(file.href)

  it('is the same', () => {
    expect(anywhere.digest).not.toBe(digest)
    const texts = fc.string({ unit: 'grapheme', maxLength: 300 })
    const agrees = fc.property(texts, (text) => {
      expect(anywhere.digest(text)).toBe(digest(text))
    })
    fc.assert(agrees)
  })

  it('takes no halves of pairs, which is why they are replaced before', () => {
    expect(() => anywhere.digest('half \ud83c of one')).toThrow(URIError)
    expect(anywhere.digest('half \ud83c of one'.toWellFormed())).toBe(digest('half \ufffd of one'))
  })
})
