import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '@bursar/core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { customer, realShop, staff } from './real-shop/real-shop.ts'
import { sqliteStorage } from './sqlite/index.ts'
import { testSchema } from './testing/test-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'bursar-cancel-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

const engines: [string, () => { storage: Storage; end?: () => Promise<void> }][] = [
  [
    'SQLite',
    () => {
      files += 1
      return { storage: sqliteStorage({ file: join(folder, `shop-${files}.db`) }) }
    },
  ],
  [
    'PostgreSQL',
    () => {
      const { open, end } = testSchema()
      return { storage: open(), end }
    },
  ],
]

const CONSENTS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const
const ANN = customer('main', 'ann')

/** A storage that dies once it has stored so much more. */
function mortal(storage: Storage) {
  let left = Number.POSITIVE_INFINITY
  const dying: Storage = {
    ...storage,
    jobs: storage.jobs,
    commit: async (...asked) => {
      left -= 1
      if (left < 0) throw new Error('killed')
      return storage.commit(...asked)
    },
  }
  return {
    dying,
    diesAfter: (commits: number) => {
      left = commits
    },
  }
}

/** A shop where Ann has a course that is not paid yet. */
async function placed(engine: { storage: Storage; end?: () => Promise<void> }, account: 'invoice' | 'card') {
  const { dying, diesAfter } = mortal(engine.storage)
  const shop = await realShop({ ...engine, storage: dying })
  onTestFinished(() => shop.end())
  await shop.commerce
    .as({ type: 'system', site: 'main' })
    .admin.sites.update({ id: 'main', deliversOnAccount: true, capture: 'manual' })
  const ann = shop.commerce.as(ANN)
  const { cart, quote } = await ann.carts.create({ lines: [{ lineId: 'line', variantId: shop.variants.course }] })
  const expectedTotal = { amount: quote.total, currency: 'EUR' }
  const pays = account === 'card' ? { paymentToken: 'tok_approve' } : {}
  const { order } = await ann.carts.checkout(
    { cartId: cart.id, expectedTotal, paymentAccount: account, consents: CONSENTS, ...pays },
    { idempotencyKey: 'key-of-the-purchase' },
  )
  await shop.runJobs()
  return { shop, ann, orderId: order.id, diesAfter }
}

describe.each(engines)('staff end an order that is not paid, and the process dies, on %s,', (_, engine) => {
  test.each([
    { account: 'invoice', stored: 0, state: 'placed' },
    { account: 'invoice', stored: 1, state: 'placed' }, // it keeps no books, so the invoice stands
    { account: 'invoice', stored: 2, state: 'cancelled' },
    { account: 'card', stored: 0, state: 'placed' },
    { account: 'card', stored: 1, state: 'cancelled' }, // its processor has closed it, and says so
    { account: 'card', stored: 2, state: 'cancelled' },
  ] as const)('$account, $stored commits: no course is left that nobody pays', async ({ account, stored, state }) => {
    const { shop, ann, orderId, diesAfter } = await placed(engine(), account)
    const { admin } = shop.commerce.as(staff('main', 'admin'))
    diesAfter(stored)
    await admin.orders.cancel({ orderId, reason: 'never paid' }).catch(() => null)
    diesAfter(Number.POSITIVE_INFINITY)
    expect((await ann.orders.refreshPayment({ orderId })).state).toBe(state)
    if (state === 'placed') await admin.orders.cancel({ orderId, reason: 'never paid' })
    await shop.runJobs()
    expect(await ann.orders.get({ orderId })).toMatchObject({ state: 'cancelled', money: { amounts: { due: 0 } } })
    expect((await ann.me.entitlements({})).items.map((right) => right.state)).toEqual(['withdrawn'])
    expect(await shop.broken()).toEqual([])
  })
})
