import { readFile } from 'node:fs/promises'
import { createCommerce, type DoctorReport } from '@bursar/core'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customer, type RealShop, realShop } from '../real-shop/real-shop.ts'
import { askPostgres } from '../testing/ask-postgres.ts'
import { type OwnPostgresServer, startOwnPostgres } from '../testing/postgres-server.ts'
import { postgresStorage } from './postgres-storage.ts'

const READERS = `
  create role none_reports login password '…' in role bursar_reporting;
  create role acme_reports login password '…' in role bursar_reporting;
  create role both_reports login password '…' in role bursar_reporting;
  insert into bursar._readers values ('acme_reports', 'acme'), ('both_reports', 'acme'), ('both_reports', 'rival');`
const VIEWS = ['bursar_orders', 'bursar_order_lines', 'bursar_payments', 'bursar_journal', 'bursar_entitlements']
const TABLES = ['orders', 'payments', 'journal', 'entitlements', 'customers', '_readers', '_jobs', '_meta']

// Roles are of a whole server, so these tests have one.
let server: OwnPostgresServer
let shop: RealShop
const urlOf = (role: string) => server.url.replace('postgres:postgres@', `${role}:${encodeURIComponent('…')}@`)
const ask = (text: string, role?: string) => askPostgres(role === undefined ? server.url : urlOf(role), text)
const count = async (name: string, role?: string) =>
  Number((await ask(`select count(*) as n from bursar.${name}`, role))[0]?.n)

/** Makes what a shop needs, as who owns it. */
async function migrate(): Promise<void> {
  const owner = createCommerce({ storage: postgresStorage({ url: server.url }) })
  await owner.migrate()
  await owner.close()
}

/** The roles that the docs name, as they make them. */
async function rolesOfDocs(): Promise<string> {
  const page = await readFile(new URL('../../../../docs/postgres.md', import.meta.url), 'utf8')
  return /## Roles\n.*?```sql\n(.*?)```/s.exec(page)?.[1] ?? ''
}

beforeAll(async () => {
  server = await startOwnPostgres()
  await migrate()
  await ask((await rolesOfDocs()) + READERS)
  await ask('create table bursar.of_a_later_version (id text)')
  shop = await realShop({ storage: postgresStorage({ url: urlOf('bursar_app') }) })
}, 120_000)
afterAll(async () => {
  await shop.end()
  await server.stop()
})

const ann = customer('main', 'learner-ann')

async function buy(): Promise<string> {
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const { json: made } = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
  const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
  const expectedTotal = { amount: made.quote.total, currency: made.quote.currency }
  const { json } = await shop.ask({
    ...{ method: 'POST', path: `/v1/carts/${made.cart.id}/checkout`, as: ann },
    body: { expectedTotal, consents, paymentToken: 'tok_approve' },
    headers: { 'idempotency-key': `buy-${made.cart.id}` },
  })
  await shop.runJobs()
  return json.order.id
}

async function looked(options: { url: string; readUrl?: string }): Promise<{ orders: string[]; report: DoctorReport }> {
  const commerce = createCommerce({ storage: postgresStorage(options) })
  await commerce.migrate()
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  const orders = (await admin.orders.list({})).items.map(({ id }) => id)
  const report = await admin.reports.doctor({})
  await commerce.close()
  return { orders, report }
}

test('a shop is served by a role that owns nothing: it sells, lists what it sold, and its books are checked', async () => {
  const order = await buy()
  expect((await shop.ask({ path: `/v1/orders/${order}`, as: ann })).json.state).toBe('placed')
  const { orders } = await looked({ url: urlOf('bursar_app') })
  expect(orders).toContain(order)
})

test('a role that may only read lists all orders, and checks as much as the owner does', async () => {
  const order = await buy()
  const owner = await looked({ url: server.url })
  expect(owner.orders).toContain(order)
  expect(Object.entries(owner.report.checked).filter(([check, n]) => /^I[1-5]/.test(check) && n === 0)).toEqual([])
  expect(await looked({ url: urlOf('bursar_read') })).toEqual(owner)
  expect(await looked({ url: server.url, readUrl: urlOf('bursar_read') })).toEqual(owner)
})

test('whoever may read the tables sees all of them, and all of the views', async () => {
  await buy()
  for (const name of [...VIEWS, 'orders', 'payments', 'journal', 'entitlements']) {
    const all = await count(name)
    expect(all).toBeGreaterThan(0)
    for (const role of ['bursar_app', 'bursar_read', 'bursar_backup'])
      expect([role, name, await count(name, role)]).toEqual([role, name, all])
  }
})

test('roles have their rights on tables that a later version adds', async () => {
  for (const role of ['bursar_app', 'bursar_read', 'bursar_backup']) {
    expect(await count('of_a_later_version', role)).toBe(0)
  }
})

test('a role that backs up may ask for whole tables or none, as pg_dump does', async () => {
  const client = new Client({ connectionString: urlOf('bursar_backup') })
  await client.connect()
  try {
    await client.query('set row_security = off')
    for (const { name } of await ask(`select tablename as name from pg_tables where schemaname = 'bursar'`)) {
      await client.query(`select * from bursar."${name}"`)
    }
  } finally {
    await client.end()
  }
})

test('a reader sees the operators that it was given: none, one or two', async () => {
  await buy()
  const orders = await count('orders')
  // Rival sells nothing here: its one order is a copy, for as long as it is looked at.
  await ask(
    `insert into bursar.orders select (jsonb_populate_record(o, '{"_op":"rival"}')).* from bursar.orders o limit 1`,
  )
  try {
    expect(await count('bursar_orders', 'none_reports')).toBe(0)
    expect(await count('bursar_orders', 'acme_reports')).toBe(orders)
    expect(await count('bursar_orders', 'both_reports')).toBe(orders + 1)
  } finally {
    await ask(`delete from bursar.orders where _op = 'rival'`)
  }
})

test('a reader reads the views and nothing else, and changes nothing', async () => {
  for (const name of VIEWS) {
    expect(await count(name, 'none_reports')).toBe(0)
    await expect(ask(`delete from bursar.${name}`, 'both_reports')).rejects.toThrow(/permission denied|cannot delete/)
  }
  for (const name of TABLES) {
    await expect(count(name, 'both_reports')).rejects.toThrow('permission denied')
  }
})

test('a reader learns nothing of the rows of others by a function that is asked before the guard', async () => {
  await buy()
  await ask(`create schema own; grant all on schema own to none_reports`)
  const noticed: unknown[] = []
  const client = new Client({ connectionString: urlOf('none_reports') })
  client.on('notice', ({ message }) => noticed.push(message))
  await client.connect()
  await client.query(`create function own.told(text) returns boolean cost 0.0001 language plpgsql as
    $$ begin raise notice '%', $1; return true; end $$`)
  await client.query('select * from bursar.bursar_orders where own.told(order_id)')
  await client.end()
  expect(noticed).toEqual([])
})
