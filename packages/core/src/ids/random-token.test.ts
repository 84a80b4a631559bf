import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../ports/system-runtime.ts'
import { randomToken } from './random-token.ts'

/** The platform's own base 64, to compare with. */
const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

describe('randomToken', () => {
  it('carries all the bytes it is given', () => {
    const randomBytes = (count: number) => Uint8Array.from({ length: count }, (_, index) => index + 200)
    expect(randomToken({ randomBytes })).toBe(base64Url(randomBytes(32)))
    expect(randomToken({ randomBytes }, 16)).toBe(base64Url(randomBytes(16)))
  })

  it('makes 43 characters that need no escaping, another each time', () => {
    const runtime = systemRuntime()
    const tokens = Array.from({ length: 100 }, () => randomToken(runtime))
    expect(tokens.every((token) => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true)
    expect(new Set(tokens).size).toBe(100)
  })
})
