import type { Connection } from './database.ts'
import type { Statement } from './statement.ts'
import { qualified, quoted } from './table.ts'

/** Counts the changes of the views below: where another number is stored, they are made anew. */
const VERSION = 1

/** The role whose members may read the views; each sees the operators that `_readers` gives it. */
const ROLE = 'bursar_reporting'

/** A view, by the collection that it reads. */
interface View {
  readonly name: string
  readonly reads: string
  readonly columns: string
  /** More of the `from` clause. */
  readonly joined?: string
}

const text = (...path: string[]) => `d._body #>> '{${path.join(',')}}'`
const amount = (...path: string[]) => `(${text(...path)})::bigint`
const instant = (...path: string[]) => `(${text(...path)})::timestamptz`
const PLACE = 'd._op as operator, d._site as site, d._id'

/** What a tool for reports reads. Amounts are minor units of the currency beside them. No personal data: customers are ids. */
const VIEWS: readonly View[] = [
  {
    name: 'bursar_orders',
    reads: 'orders',
    columns: `${PLACE} as order_id, ${text('number')} as number, ${text('state')} as state,
      ${text('customerId')} as customer_id, ${text('seller')} as seller, ${text('currency')} as currency,
      ${amount('base')} as base, ${amount('discount')} as discount, ${amount('net')} as net, ${amount('tax')} as tax,
      ${amount('total')} as total, ${amount('money', 'due')} as due, ${amount('money', 'captured')} as captured,
      ${amount('money', 'refunded')} as refunded, ${amount('money', 'disputed')} as disputed,
      ${text('place', 'country')} as country, (${text('onAccount')})::boolean as on_account,
      ${instant('createdAt')} as created_at, ${instant('placedAt')} as placed_at,
      ${instant('cancelledAt')} as cancelled_at, ${text('cancelReason')} as cancel_reason`,
  },
  {
    name: 'bursar_order_lines',
    reads: 'orders',
    columns: `${PLACE} as order_id, line ->> 'id' as line_id, line ->> 'productId' as product_id,
      line ->> 'variantId' as variant_id, line ->> 'title' as title, line ->> 'variantName' as variant_name,
      (line ->> 'quantity')::int as quantity, ${text('currency')} as currency, (line ->> 'unitPrice')::bigint as unit_price,
      (line ->> 'base')::bigint as base, (line ->> 'discount')::bigint as discount, (line ->> 'net')::bigint as net,
      (line ->> 'tax')::bigint as tax, (line ->> 'total')::bigint as total, ${instant('placedAt')} as placed_at`,
    joined: `cross join lateral json_array_elements(d._body -> 'lines') as line`,
  },
  {
    name: 'bursar_payments',
    reads: 'payments',
    columns: `d._op as operator, ${text('site')} as site, d._id as payment_id, ${text('orderId')} as order_id,
      ${text('account')} as payment_account, ${text('processor')} as processor, ${text('state')} as state,
      ${text('amount', 'currency')} as currency, ${amount('amount', 'amount')} as amount,
      ${amount('captured')} as captured, ${amount('refunded')} as refunded, ${text('reference')} as reference,
      ${instant('createdAt')} as created_at`,
  },
  {
    name: 'bursar_journal',
    reads: 'journal',
    columns: `d._op as operator, ${text('site')} as site, d._id as transaction_id, (place - 1)::int as entry,
      ${text('seller')} as seller, (${text('occurredAt')})::date as occurred_at, ${instant('recordedAt')} as recorded_at,
      ${text('cause', 'type')} as cause, ${text('cause', 'orderId')} as order_id, entry ->> 'account' as account,
      entry ->> 'currency' as currency, (entry ->> 'amount')::bigint as amount,
      entry ->> 'paymentAccount' as payment_account, entry ->> 'line' as line_id, entry ->> 'part' as part,
      entry ->> 'jurisdiction' as jurisdiction`,
    joined: `cross join lateral json_array_elements(d._body -> 'entries') with ordinality as e (entry, place)`,
  },
  {
    name: 'bursar_entitlements',
    reads: 'entitlements',
    columns: `d._op as operator, ${text('source', 'site')} as site, d._id as entitlement_id,
      ${text('customerId')} as customer_id, ${text('productId')} as product_id, ${text('variantId')} as variant_id,
      ${text('source', 'orderId')} as order_id, ${text('state')} as state, ${instant('validFrom')} as valid_from,
      ${instant('validUntil')} as valid_until, ${instant('soldAt')} as sold_at`,
  },
]

/** Are the views those of this version? */
export async function viewsAreCurrent(connection: Connection, schema: string): Promise<boolean> {
  const stored = `select value from ${qualified(schema, '_meta')} where name = 'views'`
  const [rows] = await connection.run([{ text: stored, values: [] }])
  return Number(rows?.[0]?.[0]) === VERSION
}

/**
 * Makes the read-only views of a schema, and the rules by which a reader sees its own operators alone: row security holds
 * on the tables beneath, for the views read with the rights of who asks. The storage's own role owns the tables and is not
 * bound by it. Must run in a transaction, after the tables are there.
 */
export function viewStatements(schema: string, collections: ReadonlySet<string>): Statement[] {
  const views = VIEWS.filter(({ reads }) => collections.has(reads))
  const tables = [...new Set(views.map(({ reads }) => reads))]
  return [
    ROLE_STATEMENT,
    `create table if not exists ${qualified(schema, '_readers')} (
      role name not null, op text collate "C" not null, primary key (role, op)
    )`,
    ...tables.flatMap((table) => secured(schema, table)),
    ...views.flatMap((view) => made(schema, view)),
    granted(schema, [...tables, ...views.map(({ name }) => name), '_readers']),
    `insert into ${qualified(schema, '_meta')} values ('views', ${VERSION})
      on conflict (name) do update set value = excluded.value`,
  ].map((sql) => ({ text: sql, values: [] }))
}

/** A server that lets the storage's role make no roles has none: then nobody but the owner reads the views. */
const ROLE_STATEMENT = `do $$ begin
  create role ${ROLE} nologin;
exception when duplicate_object or unique_violation or insufficient_privilege then null;
end $$`

function secured(schema: string, table: string): string[] {
  const name = qualified(schema, table)
  return [
    `alter table ${name} enable row level security`,
    `drop policy if exists readers on ${name}`,
    `create policy readers on ${name} for select using (
      _op in (select op from ${qualified(schema, '_readers')} where role = current_user)
    )`,
  ]
}

function made(schema: string, { name, reads, columns, joined = '' }: View): string[] {
  const view = qualified(schema, name)
  return [
    `drop view if exists ${view}`,
    `create view ${view} with (security_invoker = true) as select ${columns} from ${qualified(schema, reads)} as d ${joined}`,
  ]
}

function granted(schema: string, names: readonly string[]): string {
  const list = names.map((name) => qualified(schema, name)).join(', ')
  return `do $$ begin
    if exists (select 1 from pg_roles where rolname = '${ROLE}') then
      grant usage on schema ${quoted(schema)} to ${ROLE};
      grant select on ${list} to ${ROLE};
    end if;
  end $$`
}
