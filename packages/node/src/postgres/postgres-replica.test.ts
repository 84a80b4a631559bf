import type { Logger } from '@bursar/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customer, type RealShop, realShop, staff } from '../real-shop/real-shop.ts'
import { type ReplicatedPostgres, startReplicatedPostgres } from '../testing/postgres-replica.ts'
import { postgresStorage } from './postgres-storage.ts'

const ann = customer('main', 'learner-ann')
const logged: string[] = []
const log = (message: string) => void logged.push(message)
const logger: Logger = { info: log, warn: log, error: log }
let servers: ReplicatedPostgres
let shop: RealShop

beforeAll(async () => {
  servers = await startReplicatedPostgres()
  const storage = postgresStorage({ url: servers.primary.url, readUrl: servers.replica.url, logger })
  shop = await realShop({ storage })
  await servers.catchUp()
}, 120_000)
afterAll(async () => {
  await shop.end()
  await servers.stop()
})

const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]

async function buy(): Promise<string> {
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const { json: made } = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
  const { total: amount, currency } = made.quote
  const body = { expectedTotal: { amount, currency }, consents: TERMS, paymentToken: 'tok_approve' }
  const path = `/v1/carts/${made.cart.id}/checkout`
  const headers = { 'idempotency-key': `buy-${made.cart.id}` }
  const { json } = await shop.ask({ method: 'POST', path, as: ann, body, headers })
  expect(json.order.state).toBe('placed')
  return json.order.id
}

const idsOf = async (path: string, as: ReturnType<typeof staff>): Promise<string[]> =>
  (await shop.ask({ path, as })).json.items.map(({ id }: { id: string }) => id)
const staffSees = () => idsOf('/v1/admin/orders', staff('main', 'support'))
const shopperSees = () => idsOf('/v1/me/orders', ann)

test('lists that may lag are read from the replica, and all else, a whole purchase too, from the primary', async () => {
  const before = await buy()
  await servers.catchUp()
  expect(await staffSees()).toContain(before)
  await servers.pause()
  const order = await buy()
  await shop.runJobs()
  expect(await shopperSees()).toContain(order)
  expect(await staffSees()).not.toContain(order)
  expect((await shop.ask({ path: `/v1/orders/${order}`, as: ann })).json.id).toBe(order)
  expect(await shop.broken()).toEqual([])
  await servers.resume()
  await servers.catchUp()
  expect(await staffSees()).toContain(order)
  expect(logged).toEqual([])
})

test('while the replica is down the primary is read, one line says so, and one that it is back', {
  timeout: 60_000,
}, async () => {
  await servers.replica.kill()
  const order = await buy()
  expect(await staffSees()).toContain(order)
  expect(await staffSees()).toContain(order)
  expect(logged).toEqual(['the replica does not answer: the primary is read'])
  await servers.replica.restart()
  const seen = async () => {
    await staffSees()
    return logged.at(-1)
  }
  await expect.poll(seen, { timeout: 30_000, interval: 500 }).toBe('the replica answers again')
  expect(logged).toHaveLength(2)
})
