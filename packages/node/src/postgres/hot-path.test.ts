import { afterAll, beforeAll, expect, test } from 'vitest'
import { customer, type RealShop, realShop } from '../real-shop/real-shop.ts'
import { testSchema } from '../testing/test-schema.ts'
import type { PostgresStorage } from './postgres-storage.ts'

const { open, end } = testSchema()
const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
const ann = customer('main', 'learner-ann')
let storage: PostgresStorage
let shop: RealShop
beforeAll(async () => {
  storage = open()
  shop = await realShop({ storage, end })
  await purchase('to-warm-up')
})
afterAll(() => shop.end())

/** Round trips to the server and statements that something costs. */
async function cost<T>(work: () => Promise<T>): Promise<{ trips: number; statements: number; answer: T }> {
  const before = storage.sent
  const answer = await work()
  const { sent } = storage
  const statements = sent.statements - before.statements
  return { trips: sent.roundTrips - before.roundTrips, statements, answer }
}

const ask = (method: string, path: string, body?: unknown, key?: string) =>
  shop.ask({
    ...{ method, path, as: ann, headers: key === undefined ? {} : { 'idempotency-key': key } },
    ...(body === undefined ? {} : { body }),
  })

async function purchase(key: string) {
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const made = await cost(() => ask('POST', '/v1/carts', { lines }))
  const path = `/v1/carts/${made.answer.json.cart.id}`
  const added = await cost(() => ask('POST', `${path}/lines`, { lineId: 'b', variantId: shop.variants.course }))
  const code = await cost(() => ask('POST', `${path}/codes`, { code: 'TENOFF' }))
  const read = await cost(() => ask('GET', path))
  const body = {
    expectedTotal: { amount: code.answer.json.quote.total, currency: code.answer.json.quote.currency },
    consents: TERMS,
    paymentToken: 'tok_approve',
  }
  const bought = await cost(() => ask('POST', `${path}/checkout`, body, key))
  expect(bought.answer.json.order.state).toBe('placed')
  return { made, added, code, read, bought }
}

const countOf = ({ trips, statements }: { trips: number; statements: number }) => ({ trips, statements })

test('what an operation costs in round trips and statements stays what it is', async () => {
  const { made, added, code, read, bought } = await purchase('to-be-counted')
  expect({
    'create a cart': countOf(made),
    'add a line': countOf(added),
    'apply a code': countOf(code),
    'read a cart': countOf(read),
    buy: countOf(bought),
  }).toMatchInlineSnapshot(`
    {
      "add a line": {
        "statements": 2,
        "trips": 2,
      },
      "apply a code": {
        "statements": 4,
        "trips": 4,
      },
      "buy": {
        "statements": 35,
        "trips": 17,
      },
      "create a cart": {
        "statements": 2,
        "trips": 2,
      },
      "read a cart": {
        "statements": 2,
        "trips": 2,
      },
    }
  `)
})
