import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customer, type RealShop, realShop } from '../real-shop/real-shop.ts'
import { testSchema } from '../testing/test-schema.ts'

const { open, end, query, schema, url } = testSchema()
const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
let shop: RealShop
beforeAll(async () => {
  shop = await realShop({ storage: open(), end })
  const as = customer('main', 'learner-ann')
  const lines = [
    { lineId: 'a', variantId: shop.variants.book, quantity: 2 },
    { lineId: 'b', variantId: shop.variants.course },
  ]
  const made = await shop.ask({ method: 'POST', path: '/v1/carts', as, body: { lines } })
  await shop.ask({
    ...{ method: 'POST', path: `/v1/carts/${made.json.cart.id}/checkout`, as },
    body: {
      expectedTotal: { amount: made.json.quote.total, currency: made.json.quote.currency },
      consents: TERMS,
      paymentToken: 'tok_approve',
    },
    headers: { 'idempotency-key': 'to-be-reported' },
  })
  await shop.runJobs()
})
afterAll(() => shop.end())

test('the views show orders, lines, payments, rights and a journal that sums to zero', async () => {
  const [order] = await query(`select * from ${schema}.bursar_orders`)
  expect(order).toMatchObject({
    operator: 'acme',
    site: 'main',
    state: 'placed',
    currency: 'EUR',
    total: '8700',
    captured: '8700',
  })
  expect(order?.placed_at).toBeInstanceOf(Date)
  const lines = await query(`select line_id, title, quantity, total from ${schema}.bursar_order_lines order by line_id`)
  expect(lines).toEqual([
    { line_id: 'a', title: 'Book of acme', quantity: 2, total: '3800' },
    { line_id: 'b', title: 'Algebra', quantity: 1, total: '4900' },
  ])
  expect(await query(`select state, amount from ${schema}.bursar_payments`)).toEqual([
    { state: 'captured', amount: '8700' },
  ])
  const books = await query(
    `select currency, sum(amount) as sum, count(*) > 3 as full from ${schema}.bursar_journal group by currency`,
  )
  expect(books).toEqual([{ currency: 'EUR', sum: '0', full: true }])
  const cash = await query(`select sum(amount) as sum from ${schema}.bursar_journal where account = 'cash'`)
  expect(cash).toEqual([{ sum: '8700' }])
  expect(await query(`select state from ${schema}.bursar_entitlements where product_id is not null`)).toHaveLength(3)
})

test('a reader sees the operators that it was given, and no table but those of the views', async () => {
  const role = `reader_${schema}`
  await query(`create role ${role} login password 'reader' in role bursar_reporting`)
  const reader = new Client({ connectionString: url.replace(/\/\/[^@]+@/, `//${role}:reader@`) })
  try {
    await reader.connect()
    const count = async () =>
      Number((await reader.query(`select count(*) as n from ${schema}.bursar_orders`)).rows[0]?.n)
    expect(await count()).toBe(0)
    await query(`insert into ${schema}._readers values ('${role}', 'rival')`)
    expect(await count()).toBe(0)
    await query(`insert into ${schema}._readers values ('${role}', 'acme')`)
    expect(await count()).toBe(1)
    expect((await reader.query(`select * from ${schema}.orders`)).rows).toHaveLength(1)
    await expect(reader.query(`select * from ${schema}.customers`)).rejects.toThrow('permission denied')
    await expect(reader.query(`insert into ${schema}._readers values ('${role}', 'x')`)).rejects.toThrow(
      'permission denied',
    )
    await expect(reader.query(`delete from ${schema}.bursar_orders`)).rejects.toThrow('permission denied')
  } finally {
    await reader.end()
    await query(`drop owned by ${role}; drop role ${role}`)
  }
})
