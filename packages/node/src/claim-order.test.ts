import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage, type Storage, StorageUnavailableError } from '@bursar/core'
import { type MemoryShop, memoryShop, testRuntime } from '@bursar/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { sqliteStorage } from './sqlite/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'bursar-claim-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

const storages: [string, () => Storage][] = [
  ['memory', () => memoryStorage()],
  [
    'SQLite',
    () => {
      files += 1
      return sqliteStorage({ file: join(folder, `shop-${files}.db`) })
    },
  ],
]

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const
const site = 'main'
const DAY = 24 * 60 * 60_000
const TARGET = { provider: 'campus', target: { course: 'bees' } }

/** A guest buys a course, and a friend's by e-mail. */
async function guestBuys(shop: MemoryShop) {
  const guest = shop.commerce.as({ type: 'shopper', site })
  const { cart, token = '' } = await guest.carts.create({ lines: [{ lineId: 'own', variantId: shop.variants.course }] })
  const gift = { type: 'email', email: 'friend@example.org' } as const
  const line = { cartId: cart.id, lineId: 'gift', variantId: shop.variants.course, quantity: 1, recipient: gift }
  const { quote } = await guest.carts.addLine(line, { cartToken: token })
  const checkout = {
    cartId: cart.id,
    expectedTotal: { amount: quote.total, currency: quote.currency },
    paymentToken: 'tok_approve',
    consents: [...consents],
    guest: { email: 'guest@example.org' },
  }
  const { order } = await guest.carts.checkout(checkout, { idempotencyKey: 'key-of-the-guest', cartToken: token })
  await shop.commerce.jobs.runDue()
  return { order, token, checkout }
}

const isSound = async ({ system }: MemoryShop) => expect((await system.admin.reports.doctor({})).findings).toEqual([])

describe.each(storages)('a guest’s paid order, on %s,', (_, makeStorage) => {
  test('is claimed by its token: it is the customer’s, is delivered, and repeated the claim changes nothing', async () => {
    const shop = await memoryShop({ storage: makeStorage() })
    const { order, token } = await guestBuys(shop)
    expect(order.state).toBe('placed')
    const learner = shop.commerce.as({ type: 'customer', site, customerId: 'learner-1' })
    expect((await learner.me.entitlements({})).items).toEqual([])
    const claimed = await learner.orders.claim({ orderId: order.id }, { cartToken: token })
    await shop.commerce.jobs.runDue()
    const mine = await learner.orders.get({ orderId: order.id })
    expect(mine.lines.map(({ deliveries }) => deliveries.map(({ state }) => state))).toEqual([
      ['delivered'],
      ['waiting'],
    ])
    expect((await learner.me.orders({})).items.map(({ id }) => id)).toEqual([order.id])
    expect((await learner.me.entitlements({})).items).toMatchObject([{ state: 'active', orderId: order.id }])
    const again = await learner.orders.claim({ orderId: order.id })
    expect(again.version).toBeGreaterThanOrEqual(claimed.version)
    expect(again).toEqual(await learner.orders.get({ orderId: order.id }))
    await isSound(shop)
  })

  test('has what it uses moved by the commit that claims it: of a crash after it nothing is left to be done', async () => {
    const storage = makeStorage()
    let left = Number.POSITIVE_INFINITY
    const commit: Storage['commit'] = async (...call) => {
      if (left === 0) throw new StorageUnavailableError('the process has died', { outcome: 'nothing' })
      left -= 1
      return storage.commit(...call)
    }
    const shop = await memoryShop({ storage: { ...storage, commit } })
    const { order, token } = await guestBuys(shop)
    const learner = shop.commerce.as({ type: 'customer', site, customerId: 'learner-1' })
    left = 1
    await learner.orders.claim({ orderId: order.id }, { cartToken: token }).catch(() => {})
    left = Number.POSITIVE_INFINITY
    expect((await learner.me.orders({})).items.map(({ id }) => id)).toEqual([order.id])
    const scope = { operator: 'school' }
    const held = await storage.list(scope, { in: 'holds', index: 'due', equals: [], limit: 10 })
    expect(held.items).toEqual([])
    await isSound(shop)
  })

  test('is nobody’s who lacks the token, and after the claim the token opens nothing', async () => {
    const shop = await memoryShop({ storage: makeStorage() })
    const { order, token, checkout } = await guestBuys(shop)
    const one = shop.commerce.as({ type: 'customer', site, customerId: 'learner-1' })
    const other = shop.commerce.as({ type: 'customer', site, customerId: 'learner-2' })
    const { orderId } = { orderId: order.id }
    await expect(other.orders.claim({ orderId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(other.orders.claim({ orderId }, { cartToken: 'guess' })).rejects.toMatchObject({ code: 'not_found' })
    const both = await Promise.allSettled(
      [one, other].map(({ orders }) => orders.claim({ orderId }, { cartToken: token })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const guest = shop.commerce.as({ type: 'shopper', site, cartToken: token })
    await expect(guest.orders.get({ orderId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(guest.orders.refreshPayment({ orderId })).rejects.toMatchObject({ code: 'not_found' })
    const third = shop.commerce.as({ type: 'customer', site, customerId: 'learner-3', cartToken: token })
    for (const [client, idempotencyKey] of [
      [guest, 'key-of-the-guest'],
      [guest, 'another-key'],
      [third, 'key-of-a-third'],
    ] as const) {
      await expect(client.carts.checkout(checkout, { idempotencyKey })).rejects.toMatchObject({ code: 'not_found' })
    }
    await isSound(shop)
  })

  test('is given by staff to the customer whose it is, and a gift in it to the friend', async () => {
    const shop = await memoryShop({ storage: makeStorage() })
    const { order } = await guestBuys(shop)
    const staff = shop.commerce.as({ type: 'staff', site, staffId: 'sam', roles: [{ role: 'support' }] })
    const recipient = order.lines.find(({ id }) => id === 'gift')?.recipient
    if (recipient?.type !== 'claim') throw new Error('The gift waits for a claim.')
    const gift = { orderId: order.id, hostId: 'friend-1', recipientId: recipient.customerId }
    await staff.admin.orders.claim(gift)
    await staff.admin.orders.claim(gift)
    const taken = staff.admin.orders.claim({ ...gift, hostId: 'stranger' })
    await expect(taken).rejects.toMatchObject({ code: 'wrong_state' })
    await staff.admin.orders.claim({ orderId: order.id, hostId: 'learner-1' })
    await shop.commerce.jobs.runDue()
    expect((await staff.admin.orders.get({ orderId: order.id })).delivery).toBe('delivered')
    const friend = shop.commerce.as({ type: 'customer', site, customerId: 'friend-1' })
    expect((await friend.me.entitlements({})).items).toMatchObject([{ state: 'active' }])
    expect((await friend.me.orders({})).items).toEqual([])
    await isSound(shop)
  })

  test('gives rights that last their days from the claim on, and never from before what they are for starts', async () => {
    const runtime = testRuntime({ sleeps: 'at_once' })
    const shop = await memoryShop({ storage: makeStorage(), runtime })
    const serviceStart = new Date(Date.parse(runtime.now()) + 90 * DAY).toISOString()
    const course = { ...{ prices: [{ priceList: 'list', amount: 5000 }], validityDays: 30 }, fulfilment: TARGET }
    const { variants } = await shop.system.admin.products.create({
      ...{ type: 'course', title: 'Bees', publication: {} },
      variants: [
        { name: 'own', ...course },
        { name: 'later', ...course, serviceStart },
      ],
    })
    const [own = '', later = ''] = variants.map(({ id }) => id)
    const guest = shop.commerce.as({ type: 'shopper', site })
    const friend = { type: 'email', email: 'friend@example.org' } as const
    const { cart, token, quote } = await guest.carts.create({
      lines: [
        { lineId: 'own', variantId: own },
        { lineId: 'later', variantId: later },
        { lineId: 'gift', variantId: own, recipient: friend },
      ],
    })
    const expectedTotal = { amount: quote.total, currency: quote.currency }
    const { order } = await guest.carts.checkout(
      { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve', consents, guest: { email: 'guest@example.org' } },
      { idempotencyKey: 'key-of-the-guest', cartToken: token },
    )
    await runtime.advance(35 * DAY)
    const learner = shop.commerce.as({ type: 'customer', site, customerId: 'learner-1' })
    await learner.orders.claim({ orderId: order.id }, { cartToken: token })
    const rights = new Map((await learner.me.entitlements({})).items.map((right) => [right.variantId, right]))
    const lasts = (from: string) => ({
      ...{ state: 'active', validFrom: from, validUntil: new Date(Date.parse(from) + 30 * DAY).toISOString() },
    })
    expect(rights.get(own)).toMatchObject(lasts(runtime.now()))
    expect(rights.get(later)).toMatchObject(lasts(serviceStart))
    await runtime.advance(35 * DAY)
    const recipient = order.lines.find(({ id }) => id === 'gift')?.recipient
    if (recipient?.type !== 'claim') throw new Error('The gift waits for a claim.')
    const gift = { orderId: order.id, hostId: 'friend-1', recipientId: recipient.customerId }
    await shop.system.admin.orders.claim(gift)
    const given = shop.commerce.as({ type: 'customer', site, customerId: 'friend-1' })
    expect((await given.me.entitlements({})).items).toMatchObject([lasts(runtime.now())])
    await isSound(shop)
  })
})
