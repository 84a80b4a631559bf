import { createAdminClient } from '@bursar/core/admin-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, type RealShop, realShop, staff } from './real-shop.ts'

const EMAIL = 'ada@example.org'

/** A guest buys a book, and one for a friend. */
async function guestBuys(shop: RealShop, { email, friend }: { email: string; friend: string }): Promise<void> {
  const variantId = shop.variants.book
  const lines = [
    { lineId: 'own', variantId },
    { lineId: 'gift', variantId, recipient: { type: 'email', email: friend } },
  ]
  const { json } = await shop.ask({ method: 'POST', path: '/v1/carts', body: { lines } })
  const bought = await shop.ask({
    ...{ method: 'POST', path: `/v1/carts/${json.cart.id}/checkout` },
    headers: { 'bursar-cart-token': json.token, 'idempotency-key': `a-guest-buys-${email}` },
    body: {
      ...{ guest: { email, name: 'Ada' }, paymentToken: 'tok_approve' },
      expectedTotal: { amount: json.quote.total, currency: json.quote.currency },
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
    },
  })
  expect(bought.json.order.state).toBe('placed')
  await shop.runJobs()
}

describe.each(Object.entries(ENGINES))('on %s', (_name, engine) => {
  let shop: RealShop
  beforeAll(async () => {
    shop = await realShop(engine())
    await shop.commerce.as({ type: 'system', site: 'main' }).admin.sites.update({ id: 'main', allowsGuests: true })
  })
  afterAll(() => shop.end())

  test('a person is found by e-mail, exported and erased with what they bought and were given as a guest', async () => {
    const system = shop.commerce.as({ type: 'system', site: 'main' })
    await guestBuys(shop, { email: 'Ada@Example.org', friend: 'friend@example.org' })
    await guestBuys(shop, { email: 'friend@example.org', friend: EMAIL })
    const { record: ada } = await system.admin.customers.put({ hostId: 'ada', email: EMAIL })
    const { secret } = await system.admin.apiKeys.create({ name: 'staff', scopes: ['admin'] })
    const { customers } = createAdminClient({ baseUrl: shop.url, site: 'main', token: secret })

    const found = await customers.find({ email: EMAIL })
    const guest = found.items.map(({ record }) => record).find(({ hostId }) => hostId === null)
    expect(found.items.map(({ record }) => record.id).sort()).toEqual([ada.id, guest?.id].sort())

    const own = await customers.export({ customerId: ada.id })
    expect([own.sameEmail, own.orders]).toEqual([[guest?.id], []])
    const asGuest = await customers.export({ customerId: guest?.id ?? '' })
    expect([asGuest.sameEmail, asGuest.orders.length, asGuest.entitlements.length]).toEqual([[ada.id], 1, 2])

    const erased = await customers.erase({ customerId: ada.id })
    expect(erased).toMatchObject({ record: { email: null }, sameEmail: [guest?.id] })
    expect((await customers.erase({ customerId: ada.id })).sameEmail).toBeNull()
    expect((await customers.erase({ customerId: guest?.id ?? '' })).sameEmail).toEqual([])
    expect((await customers.find({ email: EMAIL })).items).toEqual([])
    expect((await customers.find({ email: 'friend@example.org' })).items).toHaveLength(1)
  })

  test('the address is sought in a body: it stands in no address and in no log', async () => {
    const find = (body: object) =>
      shop.ask({ method: 'POST', path: '/v1/admin/customers/find', as: staff('main', 'support'), body })
    expect(await find({ email: EMAIL.toUpperCase() })).toMatchObject({ status: 200, json: { nextCursor: null } })
    expect(await find({ email: 'ada' })).toMatchObject({ status: 400, json: { issues: [{ path: 'email' }] } })
    expect(await find({})).toMatchObject({ status: 400, json: { issues: [{ path: 'email' }] } })
    expect(shop.logged()).toContain('/v1/admin/customers/find')
    expect(shop.logged().toLowerCase()).not.toContain(EMAIL)
  })
})
