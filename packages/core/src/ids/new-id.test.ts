import { describe, expect, it } from 'vitest'
import { ID_PREFIXES } from './id-prefixes.ts'
import { isId, newId } from './new-id.ts'

const source = (now: string, fill: number) => ({
  now: () => now,
  randomBytes: (count: number) => new Uint8Array(count).fill(fill),
})

/** Reads an id back, by arithmetic that shares nothing with how it is written. */
function uuidOf(id: string): string {
  const value = [...id.slice(4)].reduce(
    (sum, char) => sum * 32n + BigInt('0123456789abcdefghjkmnpqrstvwxyz'.indexOf(char)),
    0n,
  )
  return value.toString(16).padStart(32, '0')
}

describe('newId', () => {
  it.each([
    [0x00, '017f22e2-79b0-7000-8000-000000000000'],
    [0xff, '017f22e2-79b0-7fff-bfff-ffffffffffff'],
  ])('is a UUIDv7 of the instant of RFC 9562, A.6, with random bytes %i', (fill, expected) => {
    const id = newId('crt', source('2022-02-22T19:22:22.000Z', fill))
    expect(uuidOf(id)).toBe(expected.replaceAll('-', ''))
  })

  it('has 26 characters after its prefix', () => {
    expect(newId('ord', source('2026-01-01T00:00:00.000Z', 0))).toMatch(/^ord_[0-9a-hjkmnp-tv-z]{26}$/)
    expect(newId('ord', source('9999-12-31T23:59:59.999Z', 255))).toSatisfy((id: string) => isId('ord', id))
  })

  it('refuses a clock before 1970', () => {
    expect(() => newId('ord', source('1969-12-31T23:59:59.999Z', 0))).toThrow(RangeError)
  })
})

describe('isId', () => {
  const id = newId('crt', source('2026-01-01T00:00:00.000Z', 7))

  it('knows an id by its prefix', () => {
    expect(isId('crt', id)).toBe(true)
    expect(isId('ord', id)).toBe(false)
  })

  it.each([
    '',
    'crt_',
    id.slice(0, -1),
    `${id}0`,
    `${id}\n`,
    ` ${id}`,
    id.toUpperCase(),
    id.replace('_', '-'),
    `crt_8${id.slice(5)}`,
    `${id.slice(0, -1)}u`,
    `${id.slice(0, -1)}l`,
  ])('does not take %j', (text) => {
    expect(isId('crt', text)).toBe(false)
  })
})

describe('ID_PREFIXES', () => {
  it('are three lower-case letters, and no two kinds share them', () => {
    const prefixes = Object.values(ID_PREFIXES)
    expect(prefixes.every((prefix) => /^[a-z]{3}$/.test(prefix))).toBe(true)
    expect(new Set(prefixes).size).toBe(prefixes.length)
  })
})
