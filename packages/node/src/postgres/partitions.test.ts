import type { Collection } from '@bursar/core/storage-adapter'
import { afterEach, expect, test } from 'vitest'
import { customer, realShop } from '../real-shop/real-shop.ts'
import { partitionByOperator } from '../testing/partition-by-operator.ts'
import { testSchema } from '../testing/test-schema.ts'

const { url, open, end, query, schema } = testSchema()
let made: string[] = []
afterEach(async () => {
  for (const name of [...made, schema]) await query(`drop schema if exists ${name} cascade`)
  made = []
})

const countOf = async (table: string, where = 'true') =>
  Number((await query(`select count(*) as n from ${table} where ${where}`))[0]?.n)

test('a shop sells on tables that are partitioned by operator, and is migrated again', async () => {
  const shop = await realShop({ storage: open(), end: async () => {} })
  const rival = shop.commerce.as({ type: 'system', site: 'other' }).admin
  await rival.paymentAccounts.create({
    ...{ id: 'card_rival', processor: 'test', mode: 'test', seller: 'rival-ltd', currencies: ['EUR'], title: 'Card' },
    secretRefs: { webhook: 'webhook', key: 'key' },
  })
  await rival.sites.update({ id: 'other', paymentAccounts: ['card_rival'] })
  const { items } = await rival.products.list({ limit: 1 })
  const book = items[0]?.variants[0]?.id ?? ''
  const buy = async (site: string, variantId: string) => {
    const as = customer(site, 'learner-ann')
    const { json } = await shop.ask({
      site,
      as,
      method: 'POST',
      path: '/v1/carts',
      body: { lines: [{ lineId: 'a', variantId }] },
    })
    const body = {
      expectedTotal: { amount: json.quote.total, currency: json.quote.currency },
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
      paymentToken: 'tok_approve',
    }
    const headers = { 'idempotency-key': `buys-at-${site}` }
    return shop.ask({ site, as, headers, method: 'POST', path: `/v1/carts/${json.cart.id}/checkout`, body })
  }

  made = await partitionByOperator({ url, schema, operator: 'acme' })
  await shop.commerce.migrate()
  for (const [site, variant] of [
    ['main', shop.variants.course],
    ['other', book],
  ] as const)
    expect((await buy(site, variant)).json).toMatchObject({ order: { state: 'placed' } })
  await shop.runJobs()
  await shop.commerce.migrate()

  const [own = '', others = ''] = made
  for (const table of ['carts', 'orders', 'payments', 'journal']) {
    expect(await countOf(`${own}.${table}`, `_op = 'acme'`)).toBeGreaterThan(0)
    expect(await countOf(`${own}.${table}`, `_op <> 'acme'`)).toBe(0)
    expect(await countOf(`${others}.${table}`, `_op = 'rival'`)).toBeGreaterThan(0)
    expect(await countOf(`${others}.${table}`, `_op = 'acme'`)).toBe(0)
  }
  expect(await countOf(`${schema}.bursar_orders`)).toBe(2)
  await shop.end()
})

const things: Collection<{ slug: string }> = {
  name: 'things',
  of: 'operator',
  columns: { slug: ({ slug }) => slug },
  unique: { slug: ['slug'] },
  indexes: {},
}

test('a unique key that is broken is named, and an index that is added is refused: PostgreSQL makes none concurrently', async () => {
  const storage = open()
  await storage.migrate([things])
  const insert = (id: string, slug: string) =>
    storage.commit({ operator: 'acme' }, [{ do: 'insert', in: 'things', id, body: { slug } }])
  await insert('one', 'same')
  made = await partitionByOperator({ url, schema, operator: 'acme' })
  expect(await insert('two', 'same')).toEqual({ outcome: 'conflict', change: 0, why: 'unique', key: 'slug' })
  const listed = { ...things, indexes: { slug: ['slug'] } }
  await expect(open().migrate([listed])).rejects.toThrow(
    'cannot create index on partitioned table "things" concurrently',
  )
  expect(await insert('three', 'other')).toMatchObject({ outcome: 'committed' })
  await end()
})
