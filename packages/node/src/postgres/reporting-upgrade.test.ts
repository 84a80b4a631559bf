import { createCommerce } from '@bursar/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askPostgres } from '../testing/ask-postgres.ts'
import { type OwnPostgresServer, startOwnPostgres } from '../testing/postgres-server.ts'
import { postgresStorage } from './postgres-storage.ts'

// Roles are of a whole server, so these tests have one.
let server: OwnPostgresServer
const urlOf = (role?: string) =>
  role === undefined ? server.url : server.url.replace('postgres:postgres@', `${role}:x@`)
const ask = (text: string, role?: string) => askPostgres(urlOf(role), text)

async function migrate(role?: string): Promise<void> {
  const commerce = createCommerce({ storage: postgresStorage({ url: urlOf(role) }) })
  await commerce.migrate()
  await commerce.close()
}

beforeAll(async () => {
  server = await startOwnPostgres()
  await ask(`create role owner login password 'x'; grant create on database postgres to owner`)
}, 120_000)
beforeEach(async () => {
  await ask(`drop schema if exists bursar, own cascade; drop role if exists bursar_reporting, analyst`)
})
afterAll(() => server.stop())

const isReadBy = async (role: string, name: string) =>
  (
    await ask(
      `select has_schema_privilege('${role}', 'bursar', 'usage') and has_table_privilege('${role}', 'bursar.${name}', 'select') as is`,
    )
  )[0]?.is
const rolesThere = () => ask(`select rolname from pg_roles where rolname = 'bursar_reporting'`)

const TABLES = ['orders', 'payments', 'journal', 'entitlements']
const VIEWS = ['bursar_orders', 'bursar_order_lines', 'bursar_payments', 'bursar_journal', 'bursar_entitlements']
/** How the first version of the views left a schema: the tables were guarded, and readers read both. */
const FIRST = `
  ${VIEWS.map((view) => `alter view bursar.${view} reset (security_barrier); alter view bursar.${view} set (security_invoker = true);`).join('\n')}
  ${TABLES.map(
    (table) => `alter table bursar.${table} enable row level security;
      create policy readers on bursar.${table} for select using (
        _op in (select op from bursar._readers where role = current_user));`,
  ).join('\n')}
  delete from bursar._meta where name = 'guarded_views';`
const FIRST_GRANTS = `grant select on bursar._readers, ${TABLES.map((table) => `bursar.${table}`)} to bursar_reporting;`

const guarded = () =>
  ask(`select relname from pg_class where relnamespace = 'bursar'::regnamespace and relrowsecurity order by 1`)

test('views of the first version are replaced: tables are free of row security, and readers read views alone', async () => {
  await migrate()
  await ask(FIRST + FIRST_GRANTS)
  expect(await guarded()).toHaveLength(4)
  await migrate()
  expect(await guarded()).toEqual([])
  for (const table of [...TABLES, '_readers']) expect(await isReadBy('bursar_reporting', table)).toBe(false)
  const made = await ask(
    `select reloptions as options from pg_class where relnamespace = 'bursar'::regnamespace and relkind = 'v'`,
  )
  expect(made).toEqual(VIEWS.map(() => ({ options: ['security_barrier=true'] })))
})

test('views of the first version are replaced by an owner who may make no roles', async () => {
  await migrate('owner')
  expect(await rolesThere()).toEqual([])
  await ask(FIRST)
  await migrate('owner')
  expect(await guarded()).toEqual([])
})

test("row security of a shop's own stays, with its policies", async () => {
  await migrate()
  await ask(`${FIRST}${FIRST_GRANTS} create policy own on bursar.orders using (true)`)
  await migrate()
  expect(await guarded()).toEqual([{ relname: 'orders' }])
})

test('what others built on a view, and the rights that they gave on it, outlive the next version of the views', async () => {
  await migrate()
  await ask(`create schema own; create view own.sales as select number, total from bursar.bursar_orders;
    create role analyst; grant usage on schema bursar to analyst; grant select on bursar.bursar_orders to analyst`)
  await ask(FIRST + FIRST_GRANTS)
  await migrate()
  expect(await ask('select * from own.sales')).toEqual([])
  expect(await isReadBy('analyst', 'bursar_orders')).toBe(true)
  await ask('drop owned by analyst')
})

test('the release before finds its own number, so that one of its processes that starts again leaves the views alone', async () => {
  await migrate()
  expect(await ask(`select value from bursar._meta where name = 'views'`)).toEqual([{ value: 1 }])
})

test('newer views are left alone', async () => {
  await migrate()
  await ask(`update bursar._meta set value = 99 where name = 'guarded_views'; drop owned by bursar_reporting; drop role bursar_reporting;
    create or replace view bursar.bursar_orders as select *, 1 as newer from bursar.bursar_orders`)
  await migrate()
  expect(await ask(`select value from bursar._meta where name = 'guarded_views'`)).toEqual([{ value: 99 }])
  expect(await isReadBy('bursar_reporting', 'bursar_orders')).toBe(true)
})

test('after a restore on another server, where nobody had made the role, it reads the views', async () => {
  await migrate()
  await ask('drop owned by bursar_reporting; drop role bursar_reporting')
  await migrate()
  for (const view of VIEWS) expect(await isReadBy('bursar_reporting', view)).toBe(true)
})

test('an owner who may make no roles lets the role read once somebody made it', async () => {
  await migrate('owner')
  await ask('create role bursar_reporting')
  await migrate('owner')
  for (const view of VIEWS) expect(await isReadBy('bursar_reporting', view)).toBe(true)
})

test('a view that was taken from the role is not given back', async () => {
  await migrate()
  await ask('revoke select on bursar.bursar_orders, bursar.bursar_journal from bursar_reporting')
  await migrate()
  expect(await isReadBy('bursar_reporting', 'bursar_orders')).toBe(false)
  expect(await isReadBy('bursar_reporting', 'bursar_payments')).toBe(true)
})
