import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCommerce, type DiscountAnswer, type DiscountVerifier, type Logger, memoryStorage } from '@bursar/core'
import { createCommerceClient } from '@bursar/core/client'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHandler } from '../handler/index.ts'
import { toNodeListener } from '../server/index.ts'
import { jwtAuthenticator } from './jwt-authenticator.ts'
import { jwtDiscounts } from './jwt-discounts.ts'

const ISSUER = 'https://campus.test'
const SECRET = 'a-secret-of-the-tests-with-32-bytes-or-more'
const NOW = '2026-11-24T12:00:00.000Z'
const NOON = Date.parse(NOW) / 1000
const TYPE = { alg: 'HS256', typ: 'bursar-discount+jwt' }

type Claims = Readonly<Record<string, unknown>>

const claims = (more: Claims = {}): JWTPayload => ({
  ...{ iss: ISSUER, aud: 'main', sub: 'learner-1', jti: 'd1', exp: NOON + 3600 },
  bursar_discount: { promotion: 'pro_member', percent: '15' },
  ...more,
})

const signed = (more: Claims = {}, secret = SECRET, header: Claims = {}): Promise<string> =>
  new SignJWT(claims(more)).setProtectedHeader({ ...TYPE, ...header }).sign(new TextEncoder().encode(secret))

const ask = (verifier: DiscountVerifier, token: string, site = 'main', operator = 'opr_a'): Promise<DiscountAnswer> =>
  verifier.verify({ token, site: { operator, site }, now: NOW })

describe('what a token promises', () => {
  const verifier = jwtDiscounts({ issuer: ISSUER, secret: SECRET })

  test('percent, for whom, once, until when', async () => {
    expect(await ask(verifier, await signed())).toEqual({
      outcome: 'valid',
      discount: {
        ...{ issuer: ISSUER, id: 'd1', promotion: 'pro_member', percent: '15', amount: undefined, products: undefined },
        ...{ customer: 'learner-1', cart: null, until: '2026-11-24T13:00:00.000Z' },
      },
    })
  })

  test('an amount off some products, of one cart, as often as its promotion allows', async () => {
    const amount = { amount: 500, currency: 'EUR' }
    const said = { promotion: 'pro_x', amount, products: ['prd_a', 'prd_b'], cart: 'crt_1' }
    const token = await signed({ sub: undefined, jti: undefined, aud: ['other', 'main'], bursar_discount: said })
    expect(await ask(verifier, token)).toMatchObject({
      discount: { id: null, customer: null, cart: 'crt_1', amount, products: ['prd_a', 'prd_b'] },
    })
  })

  test.each([
    ['no promotion at all', { bursar_discount: undefined }],
    ['a list', { bursar_discount: [] }],
    ['a promotion that is no id', { bursar_discount: { promotion: '../x', percent: '5' } }],
    ['percent as a number', { bursar_discount: { promotion: 'pro_x', percent: 15 } }],
    ['an amount without a currency', { bursar_discount: { promotion: 'pro_x', amount: { amount: 5 } } }],
    ['products that are no list', { bursar_discount: { promotion: 'pro_x', percent: '5', products: 'prd_a' } }],
    ['a member that is not known', { bursar_discount: { promotion: 'pro_x', percent: '5', product: 'prd_a' } }],
    ['a customer that is no text', { sub: 5 }],
    ['an id that is too long', { jti: 'x'.repeat(201) }],
    ['an end beyond all calendars', { exp: 8.64e15 }],
  ])('%s is wrong', async (_name, more: Claims) => {
    expect(await ask(verifier, await signed(more))).toMatchObject({ outcome: 'wrong' })
  })
})

describe('what is wrong with a token', () => {
  const verifier = jwtDiscounts({ issuer: ISSUER, secret: SECRET })

  test.each([
    ['another site', { aud: 'second' }],
    ['no site', { aud: undefined }],
    ['it has expired', { exp: NOON - 60 }],
    ['it is not yet valid', { nbf: NOON + 60 }],
    ['it never ends', { exp: undefined }],
  ])('%s', async (_name, more: Claims) => {
    expect(await ask(verifier, await signed(more))).toMatchObject({ outcome: 'wrong' })
  })

  test('another secret', async () => {
    expect(await ask(verifier, await signed({}, 'another-secret-of-the-tests-of-32-bytes'))).toMatchObject({
      outcome: 'wrong',
    })
  })

  test('a body changed after it was signed', async () => {
    const [header, , signature] = (await signed()).split('.')
    const said = claims({ bursar_discount: { promotion: 'pro_member', percent: '30' } })
    const body = Buffer.from(JSON.stringify(said)).toString('base64url')
    expect(await ask(verifier, `${header}.${body}.${signature}`)).toMatchObject({ outcome: 'wrong' })
  })

  test('no signature', async () => {
    expect(await ask(verifier, new UnsecuredJWT(claims()).encode())).toMatchObject({ outcome: 'wrong' })
  })

  test('a sign-in is none, whatever it says', async () => {
    expect(await ask(verifier, await signed({}, SECRET, { typ: 'JWT' }))).toMatchObject({ outcome: 'wrong' })
  })

  test('a public key taken for a secret', async () => {
    const { publicKey } = await generateKeyPair('ES256')
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }
    const byKeys = jwtDiscounts({ issuer: ISSUER, jwks: { keys: [jwk] } })
    expect(await ask(byKeys, await signed({}, JSON.stringify(jwk), { kid: 'k1' }))).toMatchObject({ outcome: 'wrong' })
  })

  test.each(['', 'nonsense', 'a.b.c', '..'])('%j is nobody’s', async (token) => {
    expect(await ask(verifier, token)).toEqual({ outcome: 'none' })
  })

  test('tokens of another issuer, or of another operator’s, are left to the next', async () => {
    expect(await ask(verifier, await signed({ iss: 'https://other.test' }))).toEqual({ outcome: 'none' })
    const own = jwtDiscounts({ issuer: ISSUER, secret: SECRET, operator: 'opr_a' })
    expect(await ask(own, await signed())).toMatchObject({ outcome: 'valid' })
    expect(await ask(own, await signed(), 'main', 'opr_b')).toEqual({ outcome: 'none' })
  })

  test('keys that cannot be had are nobody’s fault', async () => {
    const down = jwtDiscounts({
      ...{ issuer: ISSUER, jwksUrl: 'https://campus.test/keys' },
      fetch: async () => new Response(null, { status: 503 }),
    })
    const { privateKey } = await generateKeyPair('ES256')
    const token = await new SignJWT(claims()).setProtectedHeader({ ...TYPE, alg: 'ES256', kid: 'k1' }).sign(privateKey)
    expect(await ask(down, token)).toMatchObject({ outcome: 'unavailable' })
  })

  test('a secret that can be guessed is refused at once', () => {
    expect(() => jwtDiscounts({ issuer: ISSUER, secret: 'short' })).toThrow(/32 bytes/)
  })
})

test('by public keys of the host, whose private one it alone has', async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }
  const verifier = jwtDiscounts({ issuer: ISSUER, jwks: { keys: [jwk] } })
  const token = await new SignJWT(claims()).setProtectedHeader({ ...TYPE, alg: 'EdDSA', kid: 'k1' }).sign(privateKey)
  expect(await ask(verifier, token)).toMatchObject({ outcome: 'valid', discount: { percent: '15' } })
  const [, ...rest] = token.split('.')
  const header = btoa(JSON.stringify({ ...TYPE, alg: 'EdDSA', kid: 'k1', crit: ['their text'], 'their text': 1 }))
  const unsigned = [header.replace(/=+$/, ''), ...rest].join('.')
  expect(await ask(verifier, unsigned)).toEqual({ outcome: 'wrong', reason: 'ERR_JOSE_NOT_SUPPORTED' })
})

test('a token that promises a discount signs nobody in', async () => {
  const authenticator = jwtAuthenticator({
    ...{ issuer: ISSUER, audience: 'main', secret: SECRET, now: () => Date.parse(NOW) },
  })
  const header = `Bearer ${await signed()}`
  const site = { operator: 'opr_a', site: 'main' }
  expect(await authenticator.authenticate({ header: () => header, site })).toMatchObject({ outcome: 'refused' })
})

describe('over HTTP', () => {
  const logged: string[] = []
  const logger: Logger = {
    ...{ info: () => {}, error: () => {} },
    warn: (message, fields) => void logged.push(`${message} ${JSON.stringify(fields)}`),
  }
  const commerce = createCommerce({
    storage: memoryStorage(),
    authenticators: [jwtAuthenticator({ issuer: ISSUER, audience: 'campus', secret: SECRET })],
    discountVerifiers: [jwtDiscounts({ issuer: ISSUER, secret: SECRET })],
    logger,
  })
  const server = createServer(toNodeListener(createHandler(commerce)))
  const site = { country: 'DE', currencies: ['EUR'] }
  let variantId = ''
  let baseUrl = ''

  beforeAll(async () => {
    await commerce.migrate()
    await commerce.install({
      operator: { id: 'acme', name: 'Acme' },
      seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
      site: { id: 'main', name: 'Main', ...site },
    })
    const { admin } = commerce.as({ type: 'system', site: 'main' })
    await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
    await admin.sites.update({ id: 'main', priceLists: ['eur'] })
    const made = await admin.products.create({
      ...{ type: 'course', title: 'Algebra', publication: {} },
      variants: [{ name: 'verified', prices: [{ priceList: 'eur', amount: 4900 }] }],
    })
    variantId = made.variants[0]?.id ?? ''
    await admin.promotions.create({
      ...{ id: 'pro_member', name: 'Members', requiresCode: true, signedByHost: true },
      benefit: { type: 'percent', percent: '20' },
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // of TCP
  })

  afterAll(async () => {
    await new Promise((closed) => server.close(closed))
    await commerce.close()
  })

  const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

  async function clientOf(sub: string) {
    const token = await new SignJWT({ iss: ISSUER, aud: 'campus', sub, exp: inAnHour() })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(SECRET))
    return createCommerceClient({
      baseUrl,
      fetch: (address, init) => {
        const headers = new Headers(init?.headers)
        headers.set('authorization', `Bearer ${token}`)
        headers.set('bursar-site', 'main')
        return fetch(address, { ...init, headers })
      },
    })
  }

  test('the page hands on what its server signed, and the shopper sees the price', async () => {
    const client = await clientOf('ann')
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId }] })
    const token = await signed({ sub: 'ann', exp: inAnHour() })
    const { quote } = await client.carts.applyDiscount({ cartId: cart.id, token })
    expect(quote).toMatchObject({ total: 4165, codes: [{ name: 'Members', applied: true }] })
  })

  test('a token for somebody else is refused as one that is forged, and the log says why, without the token', async () => {
    const client = await clientOf('eve')
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId }] })
    const tokens = [await signed({ sub: 'ann', exp: inAnHour() }), await signed({}, `${SECRET}!`)]
    const answers: unknown[] = []
    for (const token of tokens) {
      const asked = client.carts.applyDiscount({ cartId: cart.id, token })
      answers.push(await asked.catch(({ code, status, message }) => ({ code, status, message })))
      expect(logged.join()).not.toContain(token)
    }
    expect(answers[0]).toEqual({ code: 'code_not_valid', status: 409, message: 'This discount is not valid.' })
    expect(answers[1]).toEqual(answers[0])
    expect(logged).toEqual([expect.stringContaining('another customer'), expect.stringContaining('SIGNATURE')])
    expect((await client.carts.get({ cartId: cart.id })).quote).toMatchObject({ total: 4900, codes: [] })
  })
})
