import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { errors, type JWTClaimVerificationOptions, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { verifierBySecret } from './verify-by-secret.ts'

const SECRET = 'a-secret-of-the-tests-with-32-bytes-or-more'
const OTHER = 'another-secret-of-the-tests-with-32-bytes'
const NOW = 1_800_000_000
const CLAIMS: JWTClaimVerificationOptions = {
  ...{ issuer: 'https://id.test', audience: 'bursar', requiredClaims: ['exp'], clockTolerance: 5 },
  currentDate: new Date(NOW * 1000),
}

const base64 = (text: string): string => Buffer.from(text).toString('base64url')

/** A token, whatever its parts say. */
function tokenOf(header: string, payload: string, { secret = SECRET, hash = 'sha256' } = {}): string {
  const signed = `${base64(header)}.${base64(payload)}`
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

const GOOD = { iss: 'https://id.test', aud: 'bursar', sub: 'ann', exp: NOW + 60 }
const good = tokenOf('{"alg":"HS256"}', JSON.stringify(GOOD))

type Verify = (token: string) => Promise<{ payload: unknown; protectedHeader: unknown }>
const ours: Verify = (token) => verifierBySecret(SECRET)(token, CLAIMS)
const joses: Verify = (token) =>
  jwtVerify(token, new TextEncoder().encode(SECRET), { ...CLAIMS, algorithms: ['HS256'] })

/** What a token says, or that it is refused as one that is wrong. */
const outcome = (verify: Verify, token: string): Promise<unknown> =>
  verify(token).then(
    ({ payload, protectedHeader }) => ({ payload, protectedHeader }),
    (error) => (error instanceof errors.JOSEError ? 'refused' : `failed: ${error}`),
  )

describe('a token by a secret', () => {
  it('is taken with what it says', async () => {
    expect(await ours(good)).toEqual({ payload: GOOD, protectedHeader: { alg: 'HS256' } })
  })

  const header = fc.oneof(
    { weight: 6, arbitrary: fc.constant<object>({ alg: 'HS256' }) },
    fc.record({ alg: fc.constantFrom('none', 'HS256', 'HS384', 'hs256', 'ES256', 1, null) }),
    fc.record({ alg: fc.constant('HS256'), typ: fc.constantFrom('JWT', 'at+jwt'), kid: fc.string() }),
    fc.record({
      alg: fc.constant('HS256'),
      crit: fc.constantFrom<unknown>(['b64'], ['x'], [], 'b64'),
      b64: fc.boolean(),
    }),
  )
  const at = fc.integer({ min: NOW - 20, max: NOW + 20 })
  const payload = fc.record(
    {
      iss: fc.constantFrom<unknown>('https://id.test', 'https://id.test', 'https://other.test', 1),
      aud: fc.constantFrom<unknown>('bursar', ['other', 'bursar'], 'other', []),
      sub: fc.string(),
      exp: fc.oneof<fc.Arbitrary<unknown>[]>(at, fc.constant(NOW + 60), fc.constant('soon')),
      nbf: at,
      iat: at,
    },
    { requiredKeys: ['iss', 'aud', 'exp'] },
  )
  const signing = fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    fc.constantFrom({ secret: OTHER }, { hash: 'sha384' }, { secret: OTHER, hash: 'sha512' }),
  )

  it('is judged as jose judges it', async () => {
    let taken = 0
    const compare = async (token: string) => {
      const [own, theirs] = await Promise.all([outcome(ours, token), outcome(joses, token)])
      expect(own).toEqual(theirs)
      if (own !== 'refused') taken += 1
    }
    await fc.assert(
      fc.asyncProperty(header, payload, signing, (head, body, how) =>
        compare(tokenOf(JSON.stringify(head), JSON.stringify(body), how)),
      ),
      { numRuns: 500 },
    )
    expect(taken).toBeGreaterThan(0)
  })

  it('is refused with anything of it changed', async () => {
    const change = fc.record({ at: fc.nat(good.length - 1), to: fc.constantFrom(...'AZaz09-_.=+ ') })
    await fc.assert(
      fc.asyncProperty(change, async ({ at: place, to }) => {
        const changed = good.slice(0, place) + to + good.slice(place + 1)
        expect(await outcome(ours, changed)).toEqual(changed === good ? expect.anything() : 'refused')
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['of two parts', 'a.b'],
    ['of four', `${good}.x`],
    ['of nothing', ''],
    ['without a signature', good.slice(0, good.lastIndexOf('.') + 1)],
    ['whose header is no JSON', tokenOf('not JSON', JSON.stringify(GOOD))],
    ['whose header is a list', tokenOf('[]', JSON.stringify(GOOD))],
    ['whose payload is no JSON', tokenOf('{"alg":"HS256"}', 'not JSON')],
    ['whose payload is a list', tokenOf('{"alg":"HS256"}', '[]')],
    ['that is not signed', `${base64('{"alg":"none"}')}.${base64(JSON.stringify(GOOD))}.`],
    ['with what it calls critical', tokenOf('{"alg":"HS256","crit":["x"],"x":1}', JSON.stringify(GOOD))],
    ['that ended', tokenOf('{"alg":"HS256"}', JSON.stringify({ ...GOOD, exp: NOW - 6 }))],
  ])('%s is refused', async (_, token) => {
    expect(await outcome(ours, token)).toBe('refused')
  })

  it('must be of a type that is asked for', async () => {
    const typed = (typ: string) => tokenOf(JSON.stringify({ alg: 'HS256', typ }), JSON.stringify(GOOD))
    const verify: Verify = (token) => verifierBySecret(SECRET)(token, { ...CLAIMS, typ: 'a+jwt' })
    expect(await outcome(verify, typed('a+jwt'))).toMatchObject({ protectedHeader: { typ: 'a+jwt' } })
    for (const token of [typed('b+jwt'), good]) expect(await outcome(verify, token)).toBe('refused')
  })

  it('needs a secret of the length of its hash, in bytes', () => {
    expect(() => verifierBySecret('x'.repeat(31))).toThrow('at least 32 bytes')
    expect(() => verifierBySecret('ä'.repeat(16))).not.toThrow()
  })
})
