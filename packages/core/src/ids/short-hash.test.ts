import { describe, expect, it } from 'vitest'
import { shortHash } from './short-hash.ts'

function bitsOf(text: string): bigint {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return [...shortHash(text)].reduce((sum, char) => sum * 64n + BigInt(alphabet.indexOf(char)), 0n) >> 2n
}

describe('shortHash', () => {
  it.each([
    ['', 'GA4Xi-OizT4'],
    ['a', 'yOri4IJQLks'],
    ['b', 'vLWObxpYQbk'],
    ['key-1', 'fkeLuyCkiwk'],
    ['ключ', 'MGKh_1TQmLk'],
    ['a'.repeat(100), 'JIVgGNHJK84'],
  ])('of %j stays %s, for it is stored', (text, expected) => {
    expect(shortHash(text)).toBe(expected)
  })

  it('has 11 characters and tells 200,000 near keys apart', () => {
    const hashes = new Set<string>()
    for (let index = 0; index < 100_000; index += 1) {
      hashes.add(shortHash(`key-${index}`))
      hashes.add(shortHash(`${index}`))
    }
    expect(hashes.size).toBe(200_000)
    expect([...hashes].every((hash) => /^[A-Za-z0-9_-]{11}$/.test(hash))).toBe(true)
  })

  it('moves half of its 64 bits when one bit of the text moves', () => {
    let moved = 0
    const rounds = 2000
    for (let index = 0; index < rounds; index += 1) {
      const text = `request-${index}-abc`
      const at = index % text.length
      const other =
        text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (index % 7))) + text.slice(at + 1)
      moved += (bitsOf(text) ^ bitsOf(other)).toString(2).replaceAll('0', '').length
    }
    expect(moved / rounds).toBeGreaterThan(31)
    expect(moved / rounds).toBeLessThan(33)
  })

  it('has no collision in either half beyond what chance gives', () => {
    // 50,000 values in 2^32 places: 0.3 pairs by chance.
    for (const shift of [0n, 32n]) {
      const halves = new Set<bigint>()
      for (let index = 0; index < 50_000; index += 1) halves.add((bitsOf(`cart/${index}`) >> shift) & 0xffffffffn)
      expect(halves.size).toBeGreaterThan(49_990)
    }
  })
})
