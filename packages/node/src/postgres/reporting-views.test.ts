import { afterAll, beforeAll, expect, test } from 'vitest'
import { customer, type RealShop, realShop } from '../real-shop/real-shop.ts'
import { testSchema } from '../testing/test-schema.ts'

const { open, end, query, schema } = testSchema()
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

test('an entry of money names its payment, that of a sale none', async () => {
  const paid = await query(`select distinct cause, payment_id from ${schema}.bursar_journal order by cause`)
  const [payment] = await query(`select payment_id from ${schema}.bursar_payments`)
  expect(paid).toEqual([
    { cause: 'capture', payment_id: payment?.payment_id },
    { cause: 'sale', payment_id: null },
  ])
})

test('a right that has ended is expired, as its holder sees it', async () => {
  const states = async (until: string) => {
    await query(
      `update ${schema}.entitlements set _body = jsonb_set(_body::jsonb, '{validUntil}', '${until}')::json where _body ->> 'state' = 'active'`,
    )
    const found = await query(`select distinct state from ${schema}.bursar_entitlements order by state`)
    return found.map(({ state }) => state)
  }
  expect(await states('"2026-01-02T00:00:00.000Z"')).toEqual(['expired'])
  expect(await states('"9026-01-02T00:00:00.000Z"')).toEqual(['active'])
  expect(await states('null')).toEqual(['active'])
})

test('a document is read once for all columns, and not at all where none of them is asked for', async () => {
  const plan = async (asked: string, view: string) => {
    const lines = await query(`explain (verbose) select ${asked} from ${schema}.${view} as v`)
    return lines.map((line) => line['QUERY PLAN']).join('\n')
  }
  for (const view of ['bursar_orders', 'bursar_payments', 'bursar_entitlements']) {
    expect((await plan('v', view)).match(/Function Scan|#>>/g)).toHaveLength(1)
    expect(await plan('count(*)', view)).not.toContain('json_to_record')
  }
  const byDay = await plan('min(created_at), min(state), min(customer_id), min(number)', 'bursar_orders')
  expect(byDay).not.toContain('json_to_record')
})

test('columns of a view stay in their place, so that it is replaced where others are built on it', async () => {
  const columns = await query(
    `select table_name as view, string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) as columns
     from information_schema.columns where table_schema = '${schema}' and table_name like 'bursar%' group by 1 order by 1`,
  )
  // New ones may be added to a list, at its end.
  expect(columns).toMatchInlineSnapshot(`
    [
      {
        "columns": "operator text, site text, entitlement_id text, customer_id text, product_id text, variant_id text, order_id text, state text, valid_from timestamp with time zone, valid_until timestamp with time zone, sold_at timestamp with time zone",
        "view": "bursar_entitlements",
      },
      {
        "columns": "operator text, site text, transaction_id text, entry integer, seller text, occurred_at date, recorded_at timestamp with time zone, cause text, order_id text, account text, currency text, amount bigint, payment_account text, line_id text, part text, jurisdiction text, payment_id text",
        "view": "bursar_journal",
      },
      {
        "columns": "operator text, site text, order_id text, line_id text, product_id text, variant_id text, title text, variant_name text, quantity integer, currency text, unit_price bigint, base bigint, discount bigint, net bigint, tax bigint, total bigint, placed_at timestamp with time zone",
        "view": "bursar_order_lines",
      },
      {
        "columns": "operator text, site text, order_id text, number text, state text, customer_id text, seller text, currency text, base bigint, discount bigint, net bigint, tax bigint, total bigint, due bigint, captured bigint, refunded bigint, disputed bigint, country text, on_account boolean, created_at timestamp with time zone, placed_at timestamp with time zone, cancelled_at timestamp with time zone, cancel_reason text",
        "view": "bursar_orders",
      },
      {
        "columns": "operator text, site text, payment_id text, order_id text, payment_account text, processor text, state text, currency text, amount bigint, captured bigint, refunded bigint, reference text, created_at timestamp with time zone",
        "view": "bursar_payments",
      },
    ]
  `)
})
