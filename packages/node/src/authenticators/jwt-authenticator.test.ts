import type { AuthenticationAnswer, Authenticator } from '@bursar/core'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { jwtAuthenticator } from './jwt-authenticator.ts'
import type { JwtKeys } from './jwt-options.ts'

const ISSUER = 'https://id.test'
const AUDIENCE = 'bursar'
const JWKS = 'https://id.test/keys'
const SECRET = 'a-secret-of-the-tests-with-32-bytes-or-more'
const NOW = Date.parse('2026-11-24T12:00:00.000Z')

const peer = setupServer()
beforeAll(() => peer.listen({ onUnhandledFrame: 'error' }))
afterEach(() => peer.resetHandlers())
afterAll(() => peer.close())

type Claims = Readonly<Record<string, unknown>>

interface Key {
  kid: string
  sign(payload?: Claims): Promise<string>
  jwk: Record<string, unknown>
}

async function makeKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const sign = (payload: Claims = {}): Promise<string> =>
    new SignJWT(claims(payload)).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey)
  return { kid, sign, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}

const claims = (payload: Claims): JWTPayload => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'learner-1',
  exp: NOW / 1000 + 3600,
  ...payload,
})

const signedBySecret = (payload: Claims = {}, secret = SECRET): Promise<string> =>
  new SignJWT(claims(payload)).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))

const ask = (authenticator: Authenticator, header: string | null, operator = 'opr_a'): Promise<AuthenticationAnswer> =>
  authenticator.authenticate({
    header: (name) => (name === 'authorization' ? header : null),
    site: { operator, site: 'main' },
  })

/** An authenticator with a clock that a test can move. */
function authenticatorAt(keys: JwtKeys, more: object = {}): { authenticator: Authenticator; clock: { now: number } } {
  const clock = { now: NOW }
  const options = { issuer: ISSUER, audience: AUDIENCE, now: () => clock.now, ...keys, ...more }
  return { authenticator: jwtAuthenticator(options), clock }
}

/** Publishes these keys and counts how often they are fetched. */
function publish(...keys: Key[]): { fetched: number } {
  const count = { fetched: 0 }
  peer.use(
    http.get(JWKS, () => {
      count.fetched++
      return HttpResponse.json({ keys: keys.map(({ jwk }) => jwk) })
    }),
  )
  return count
}

describe('what a token says', () => {
  const { authenticator } = authenticatorAt({ secret: SECRET })
  const said = async (payload: Claims): Promise<AuthenticationAnswer> =>
    ask(authenticator, `Bearer ${await signedBySecret(payload)}`)

  test('sub is the customer', async () => {
    expect(await said({})).toEqual({
      outcome: 'principal',
      principal: { type: 'customer', site: 'main', customerId: 'learner-1' },
    })
  })

  test('organisations are the customer’s', async () => {
    expect(await said({ bursar_organisations: ['org_1'] })).toMatchObject({ principal: { organisations: ['org_1'] } })
  })

  test('who has roles is staff, at all sites or at one', async () => {
    expect(await said({ bursar_roles: ['support', 'catalog@main'] })).toEqual({
      outcome: 'principal',
      principal: {
        type: 'staff',
        site: 'main',
        staffId: 'learner-1',
        roles: [{ role: 'support' }, { role: 'catalog', site: 'main' }],
      },
    })
  })

  test('who has an empty list of roles is a customer', async () => {
    expect(await said({ bursar_roles: [], bursar_organisations: ['org_1'] })).toEqual({
      outcome: 'principal',
      principal: { type: 'customer', site: 'main', customerId: 'learner-1', organisations: ['org_1'] },
    })
  })

  test.each([
    ['a role that there is not', { bursar_roles: ['support', 'owner'] }],
    ['a role at two sites', { bursar_roles: ['admin@main@second'] }],
    ['a role at none', { bursar_roles: ['admin@'] }],
    ['roles that are no list', { bursar_roles: 'admin' }],
    ['organisations that are no texts', { bursar_organisations: [1] }],
    ['nobody', { sub: '' }],
    ['a blank', { sub: ' \u00a0' }],
    ['an id that PostgreSQL does not keep', { sub: 'a\0b' }],
    ['half a character', { sub: 'a\ud800b' }],
    ['staff who are nobody', { sub: ' ', bursar_roles: ['admin'] }],
    ['too long an id', { sub: 'x'.repeat(201) }],
  ])('%s is refused', async (_name, payload: Claims) => {
    expect(await said(payload)).toMatchObject({ outcome: 'refused' })
  })

  test('the claims can have other names', async () => {
    const own = authenticatorAt({ secret: SECRET }, { claims: { id: 'user', roles: 'shop_roles' } }).authenticator
    const token = await signedBySecret({ user: 'u1', shop_roles: ['admin'], bursar_roles: ['nonsense'] })
    expect(await ask(own, `Bearer ${token}`)).toMatchObject({
      principal: { type: 'staff', staffId: 'u1', roles: [{ role: 'admin' }] },
    })
  })
})

describe('what is wrong with a token', () => {
  const { authenticator } = authenticatorAt({ secret: SECRET })

  test.each([
    ['another issuer', { iss: 'https://evil.test' }],
    ['another audience', { aud: 'other' }],
    ['it has expired', { exp: NOW / 1000 - 60 }],
    ['it is not yet valid', { nbf: NOW / 1000 + 60 }],
    ['it never expires', { exp: undefined }],
  ])('%s', async (_name, payload: Claims) => {
    const [claim] = Object.keys(payload)
    expect(await ask(authenticator, `Bearer ${await signedBySecret(payload)}`)).toEqual({
      outcome: 'refused',
      reason: expect.stringMatching(new RegExp(`^ERR_JWT_[A-Z_]+: ${claim}$`)),
    })
  })

  test('what nobody signed is not repeated in the reason, which is logged and answered', async () => {
    const key = await makeKey('k1')
    const { authenticator: byKeys } = authenticatorAt({ jwks: { keys: [key.jwk] } })
    const header = btoa(JSON.stringify({ alg: 'ES256', kid: 'k1', crit: ['4 1 1 1'], '4 1 1 1': 1 })).replace(/=+$/, '')
    const [, body, signature] = (await key.sign()).split('.')
    expect(await ask(byKeys, `Bearer ${header}.${body}.${signature}`)).toEqual({
      outcome: 'refused',
      reason: 'ERR_JOSE_NOT_SUPPORTED',
    })
  })

  test('another secret', async () => {
    const token = await signedBySecret({}, 'another-secret-of-the-tests-with-32-bytes')
    expect(await ask(authenticator, `Bearer ${token}`)).toMatchObject({ outcome: 'refused' })
  })

  test('no signature', async () => {
    const token = new UnsecuredJWT(claims({})).encode()
    expect(await ask(authenticator, `Bearer ${token}`)).toMatchObject({ outcome: 'refused' })
  })

  test('a public key taken for a secret', async () => {
    const key = await makeKey('k1')
    publish(key)
    const { authenticator: byKeys } = authenticatorAt({ jwksUrl: JWKS })
    const forged = await new SignJWT(claims({}))
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(new TextEncoder().encode(JSON.stringify(key.jwk)))
    expect(await ask(byKeys, `Bearer ${forged}`)).toMatchObject({ outcome: 'refused' })
  })

  test('a body changed after it was signed', async () => {
    const [header, , signature] = (await signedBySecret()).split('.')
    const body = btoa(JSON.stringify(claims({ sub: 'somebody-else' }))).replace(/=+$/, '')
    expect(await ask(authenticator, `Bearer ${header}.${body}.${signature}`)).toMatchObject({ outcome: 'refused' })
  })

  test.each([null, 'Basic dTpw', 'Bearer bursar_key_of_a_service', 'Bearer opaque'])(
    '%s is for somebody else',
    async (header) => {
      expect(await ask(authenticator, header)).toEqual({ outcome: 'none' })
    },
  )

  test('an issuer of one operator says nothing at another’s sites', async () => {
    const own = authenticatorAt({ secret: SECRET }, { operator: 'opr_a' }).authenticator
    const header = `Bearer ${await signedBySecret()}`
    expect(await ask(own, header)).toMatchObject({ outcome: 'principal' })
    expect(await ask(own, header, 'opr_b')).toEqual({ outcome: 'none' })
  })

  test('tokens of other issuers are left to the next where there is one', async () => {
    const first = authenticatorAt({ secret: SECRET }, { otherIssuers: 'pass' }).authenticator
    expect(await ask(first, `Bearer ${await signedBySecret({ iss: 'https://other.test' })}`)).toEqual({
      outcome: 'none',
    })
    expect(await ask(first, `Bearer ${await signedBySecret()}`)).toMatchObject({ outcome: 'principal' })
  })

  test('a secret that can be guessed is refused at once', () => {
    expect(() => authenticatorAt({ secret: 'short' })).toThrow(/32 bytes/)
  })
})

describe('keys of an issuer', () => {
  test('are fetched once for many tokens', async () => {
    const key = await makeKey('k1')
    const count = publish(key)
    const { authenticator } = authenticatorAt({ jwksUrl: JWKS })
    for (const sub of ['a', 'b', 'c']) {
      expect(await ask(authenticator, `Bearer ${await key.sign({ sub })}`)).toMatchObject({ outcome: 'principal' })
    }
    expect(count.fetched).toBe(1)
  })

  test('given as a set need no peer', async () => {
    const key = await makeKey('k1')
    const { authenticator } = authenticatorAt({ jwks: { keys: [key.jwk] } })
    expect(await ask(authenticator, `Bearer ${await key.sign()}`)).toMatchObject({ outcome: 'principal' })
    const stranger = await makeKey('k1')
    expect(await ask(authenticator, `Bearer ${await stranger.sign()}`)).toMatchObject({ outcome: 'refused' })
  })

  test('count on while the issuer is down; what needs a new one is nobody’s fault', async () => {
    const key = await makeKey('k1')
    publish(key)
    const { authenticator, clock } = authenticatorAt({ jwksUrl: JWKS })
    await ask(authenticator, `Bearer ${await key.sign()}`)
    peer.resetHandlers(http.get(JWKS, () => new HttpResponse(null, { status: 503 })))
    clock.now += 24 * 60 * 60_000
    const later = { exp: clock.now / 1000 + 60, sub: 'later' }
    expect(await ask(authenticator, `Bearer ${await key.sign(later)}`)).toMatchObject({ outcome: 'principal' })
  })

  test('count on while the issuer hangs: what needs a new one waits once, until it answers', async () => {
    const [old, next] = [await makeKey('k1'), await makeKey('k2')]
    let hangs = false
    let published = [old.jwk]
    const fetch = (_url: unknown, init?: RequestInit): Promise<Response> => {
      const { promise, reject } = Promise.withResolvers<Response>()
      if (!hangs) return Promise.resolve(Response.json({ keys: published }))
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      return promise
    }
    const { authenticator, clock } = authenticatorAt({ jwksUrl: JWKS, fetch })
    const asked = async (key: Key) => {
      const began = performance.now()
      const answer = await ask(authenticator, `Bearer ${await key.sign({ sub: crypto.randomUUID() })}`).catch(
        ({ code }) => ({ outcome: code as string }),
      )
      return { outcome: answer.outcome, isQuick: performance.now() - began < 1000 }
    }
    expect(await asked(old)).toEqual({ outcome: 'principal', isQuick: true })
    hangs = true
    clock.now += 40_000
    const invented = await Promise.all(Array.from({ length: 50 }, () => asked(next)))
    expect(new Set(invented.map(({ outcome }) => outcome))).toEqual(new Set(['unavailable']))
    for (let times = 0; times < 3; times += 1) {
      expect(await asked(next)).toEqual({ outcome: 'unavailable', isQuick: true })
      expect(await asked(old)).toEqual({ outcome: 'principal', isQuick: true })
      clock.now += 3000
    }
    hangs = false
    published = [old.jwk, next.jwk]
    const again = async () => {
      clock.now += 3000
      return (await asked(next)).outcome
    }
    await expect.poll(again, { timeout: 8000, interval: 200 }).toBe('principal')
    expect(await asked(await makeKey('k3'))).toEqual({ outcome: 'refused', isQuick: true })
  }, 20_000)

  test('that could not be fetched are waited for by who asks for them again, and long after by all', async () => {
    const [old, next] = [await makeKey('k1'), await makeKey('k2')]
    let published: object[] | null = null
    const fetch = async () =>
      published === null ? new Response(null, { status: 503 }) : Response.json({ keys: published })
    const { authenticator, clock } = authenticatorAt({ jwksUrl: JWKS, fetch })
    const asked = async (key: Key) => {
      const { outcome } = await ask(authenticator, `Bearer ${await key.sign({ sub: crypto.randomUUID() })}`).catch(
        ({ code }) => ({ outcome: code as string }),
      )
      return outcome
    }
    expect(await asked(old)).toBe('unavailable')
    published = [old.jwk]
    clock.now += 3000
    expect(await asked(old)).toBe('principal')
    // Fetched in the background and in vain, before the issuer has another key.
    published = null
    clock.now += 11 * 60_000
    const later = { exp: clock.now / 1000 + 3600 }
    expect(await ask(authenticator, `Bearer ${await old.sign(later)}`)).toMatchObject({ outcome: 'principal' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    published = [old.jwk, next.jwk]
    clock.now += 60_000
    const sub = () => ({ ...later, sub: crypto.randomUUID() })
    const both = [sub(), sub()].map(async (claims) => ask(authenticator, `Bearer ${await next.sign(claims)}`))
    expect(await Promise.all(both)).toMatchObject([{ outcome: 'principal' }, { outcome: 'principal' }])
  })

  test.each([
    ['is down', () => HttpResponse.error()],
    ['answers 500', () => new HttpResponse(null, { status: 500 })],
    ['answers a page', () => HttpResponse.html('<p>sign in</p>')],
    ['answers no keys', () => HttpResponse.json({ hello: 'world' })],
  ])('were never fetched and the issuer %s: unavailable', async (_name, answer) => {
    peer.use(http.get(JWKS, answer))
    const key = await makeKey('k1')
    const { authenticator } = authenticatorAt({ jwksUrl: JWKS })
    await expect(ask(authenticator, `Bearer ${await key.sign()}`)).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('are fetched anew after ten minutes, so a key that was withdrawn goes', async () => {
    const [old, next] = [await makeKey('k1'), await makeKey('k2')]
    publish(old)
    const { authenticator, clock } = authenticatorAt({ jwksUrl: JWKS })
    await ask(authenticator, `Bearer ${await old.sign()}`)
    peer.resetHandlers()
    const count = publish(next)
    clock.now += 11 * 60_000
    await ask(authenticator, `Bearer ${await old.sign({ sub: 'starts the fetch' })}`)
    await expect.poll(() => count.fetched).toBe(1)
    await expect
      .poll(async () => (await ask(authenticator, `Bearer ${await old.sign({ sub: crypto.randomUUID() })}`)).outcome)
      .toBe('refused')
    expect(await ask(authenticator, `Bearer ${await next.sign()}`)).toMatchObject({ outcome: 'principal' })
  })
})

describe('a verified token', () => {
  test('is remembered for 60 s, and then verified again', async () => {
    const key = await makeKey('k1')
    let fetched = 0
    const keys = {
      jwksUrl: JWKS,
      fetch: async () => {
        fetched++
        return Response.json({ keys: [key.jwk] })
      },
    }
    const { authenticator, clock } = authenticatorAt(keys)
    const header = `Bearer ${await key.sign()}`
    await ask(authenticator, header)
    Object.assign(key.jwk, (await makeKey('k1')).jwk)
    clock.now += 11 * 60_000
    await ask(authenticator, header)
    await expect.poll(() => fetched).toBe(2)
    clock.now += 59_000
    expect(await ask(authenticator, header)).toMatchObject({ outcome: 'principal' })
    clock.now += 2_000
    expect(await ask(authenticator, header)).toMatchObject({ outcome: 'refused' })
  })

  test('is not remembered beyond its expiry', async () => {
    const { authenticator, clock } = authenticatorAt({ secret: SECRET })
    const header = `Bearer ${await signedBySecret({ exp: NOW / 1000 + 10 })}`
    expect(await ask(authenticator, header)).toMatchObject({ outcome: 'principal' })
    clock.now += 16_000
    expect(await ask(authenticator, header)).toMatchObject({ outcome: 'refused' })
  })

  test('says who it is at the site that is asked', async () => {
    const { authenticator } = authenticatorAt({ secret: SECRET })
    const header = `Bearer ${await signedBySecret()}`
    await ask(authenticator, header)
    const answer = await authenticator.authenticate({
      header: () => header,
      site: { operator: 'opr_a', site: 'second' },
    })
    expect(answer).toMatchObject({ principal: { site: 'second' } })
  })
})
