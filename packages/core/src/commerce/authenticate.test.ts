import { describe, expect, test } from 'vitest'
import type { Authenticator, Principal } from '../ports/index.ts'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { insert } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { createCommerce } from './index.ts'

/** A shop with a key, whose host takes all other credentials for a customer's. */
async function shop() {
  const { storage, runtime, ports } = await shopFixture()
  await storage.commit(SYSTEM_SCOPE, [
    insert(addresses, siteAddress('main'), { id: siteAddress('main'), operator: OPERATOR, site: 'main' }),
  ])
  const { payments, fulfilment, secrets } = ports
  const host: Authenticator = {
    name: 'host',
    authenticate: async ({ header, site }) =>
      header('authorization') === null
        ? { outcome: 'none' }
        : { outcome: 'principal', principal: { type: 'customer', site: site.site, customerId: 'of-the-host' } },
  }
  const commerce = createCommerce({ storage, runtime, payments, fulfilment, secrets, authenticators: [host] })
  const key = await commerce.as({ type: 'system', site: 'main' }).admin.apiKeys.create({ name: 'a', scopes: ['shop'] })
  const sent = (authorization: string, others: Record<string, string> = {}) => {
    const headers: Record<string, string> = { authorization, 'bursar-site': 'main', ...others }
    return commerce.authenticate({ host: 'shop.example.org', header: (name) => headers[name] ?? null })
  }
  return { commerce, key, sent }
}

describe('who sends Authorization', () => {
  test.each([
    ['an API key', (key: string) => `Bearer ${key}`],
    ['with the scheme in other letters', (key: string) => `bEARER ${key}`],
    ['with white space after it', (key: string) => `Bearer ${key} `],
  ])('%s is the key’s service', async (_, header) => {
    const { key, sent } = await shop()
    expect(await sent(header(key.secret))).toEqual({
      type: 'service',
      site: 'main',
      serviceId: key.id,
      scopes: ['shop'],
    })
  })

  test.each([
    ['a key that is not known', (key: string) => `Bearer ${key}x`],
    ['a key in other letters', (key: string) => `Bearer ${key.slice(0, 12)}${key.slice(12).toUpperCase()}`],
    ['a key with more after it', (key: string) => `Bearer ${key} more`],
    ['only what keys begin with', () => 'Bearer bursar_'],
  ])('%s is refused, and the host is not asked', async (_, header) => {
    const { key, sent } = await shop()
    await expect(sent(header(key.secret))).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test.each([
    ['a key by another scheme of as many letters', (key: string) => `Digest ${key}`],
    ['a token of the host', () => 'Bearer header.payload.signature'],
    ['a key’s mark in other letters', () => 'Bearer BURSAR_key'],
  ])('%s is the host’s to know', async (_, header) => {
    const { key, sent } = await shop()
    expect(await sent(header(key.secret))).toMatchObject({ type: 'customer', customerId: 'of-the-host' })
  })
})

/** Ids that name nobody: everybody with one would share an account. */
const NOBODY = ['', ' ', 'x'.repeat(201), 'a\0b', '\ud800']

test.each(NOBODY)('a key that acts for %j is told so', async (actingFor) => {
  const { key, sent } = await shop()
  const asked = sent(`Bearer ${key.secret}`, { 'bursar-acting-for': actingFor })
  await expect(asked).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'Bursar-Acting-For' }] })
})

test('a key acts for whom it says', async () => {
  const { key, sent } = await shop()
  const principal = await sent(`Bearer ${key.secret}`, { 'bursar-acting-for': 'x'.repeat(200) })
  expect(principal).toMatchObject({ type: 'service', actingFor: 'x'.repeat(200) })
})

test.each(['j\u00fcrgen', 'j\u00c3\u00bcrgen', '\u043c', "UTF-8''j%C3", "utf-8''", "UTF-8''%00"])(
  'a key that acts for %j, whose letters a header does not hold, is told so',
  async (actingFor) => {
    const { key, sent } = await shop()
    const asked = sent(`Bearer ${key.secret}`, { 'bursar-acting-for': actingFor })
    const issue = { path: 'Bursar-Acting-For', message: expect.stringContaining('RFC 8187') }
    await expect(asked).rejects.toMatchObject({ code: 'invalid_input', issues: [issue] })
  },
)

test.each([
  ["UTF-8''j%C3%BCrgen", 'jürgen'],
  ["utf-8'ru'%D0%BC%D0%B0%D1%80%D0%B8%D1%8F", 'мария'],
  [`UTF-8''${encodeURIComponent('ü'.repeat(200))}`, 'ü'.repeat(200)],
  ['100%25', '100%25'],
  ["o'hara", "o'hara"],
])('a key that acts for %j acts for %j', async (header, actingFor) => {
  const { key, sent } = await shop()
  expect(await sent(`Bearer ${key.secret}`, { 'bursar-acting-for': header })).toMatchObject({ actingFor })
})

test.each([...NOBODY, 42, null, undefined])('a host that takes somebody for %j is told of its mistake', async (id) => {
  const { commerce } = await shop()
  const named = id as string // of a host that is not checked
  const site = 'main'
  const orders = (principal: Principal) => commerce.as(principal).me.orders({})
  await expect(orders({ type: 'customer', site, customerId: named })).rejects.toThrow(/^The customerId of a customer/)
  await expect(orders({ type: 'staff', site, staffId: named, roles: [] })).rejects.toThrow(/^The staffId of a staff/)
  await expect(orders({ type: 'service', site, serviceId: named, scopes: ['shop'] })).rejects.toThrow(/^The serviceId/)
  if (id === undefined) return
  const service = { type: 'service', site, serviceId: 'lms', scopes: ['shop'], actingFor: named } as const
  await expect(orders(service)).rejects.toThrow(/^The actingFor of a service/)
})
