import type { Connection } from './database.ts'
import type { Statement } from './statement.ts'
import { qualified, quoted } from './table.ts'

/** Counts the changes of the views below: where a lower number is stored, they are made anew. */
const VERSION = 3

/** Under this name the number is kept. The releases that guarded the tables look for `views`, and would make theirs anew. */
const VIEWS_NUMBER = `'guarded_views'`

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

/**
 * What a tool for reports reads. Amounts are minor units of the currency beside them. No personal data: customers are ids.
 * Columns are added at the end only: so a view is replaced where others are built on it.
 */
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
      case when ${text('state')} <> 'pending' then ${instant('validUntil')} end as valid_until, ${instant('soldAt')} as sold_at`,
  },
]

/** Are the views those of this version, or of a newer one? And may their role read them, where there is one or can be? */
export async function viewsAreCurrent(connection: Connection, schema: string): Promise<boolean> {
  const names = VIEWS.map(({ name }) => literal(qualified(schema, name)))
  const stored = `select value >= ${VERSION} and not exists (${unread(names)}) from ${qualified(schema, '_meta')}
    where name = ${VIEWS_NUMBER}`
  const [rows] = await connection.run([{ text: stored, values: [] }])
  return rows?.[0]?.[0] === 't'
}

/**
 * Is there a view of ours that the role could be let read? A dump has no roles, and a server may lack the role until
 * somebody makes it. Who took one of the views from the role meant to: then another is read.
 */
function unread(names: readonly string[]): string {
  return `select from pg_class as view left join pg_roles as readers on readers.rolname = '${ROLE}'
    where view.oid = to_regclass(${names[0]}) and pg_has_role(view.relowner, 'usage')
      and case when readers.oid is null
        then (select rolcreaterole or rolsuper from pg_roles where rolname = current_user)
        else not exists (select from unnest(array[${names}]) as name
          where has_table_privilege(readers.oid, to_regclass(name), 'select')) end`
}

/**
 * Makes the read-only views of a schema, and lets their role read them. A view reads with the rights of who owns it, so a
 * reader needs none on the tables, and shows who may not read its table the operators that `_readers` gives them. The
 * tables themselves have no row security: it would hide rows from all who do not own them, without a word. Can be
 * repeated; must run in a transaction, after the tables are there.
 */
export function viewStatements(schema: string, collections: ReadonlySet<string>): Statement[] {
  const views = VIEWS.filter(({ reads }) => collections.has(reads))
  return [
    ROLE_STATEMENT,
    `create table if not exists ${qualified(schema, '_readers')} (
      role name not null, op text collate "C" not null, primary key (role, op)
    )`,
    made(schema, views),
    granted(schema, views),
  ].map((sql) => ({ text: sql, values: [] }))
}

/** A server that lets the storage's role make no roles has none: then only who may read the tables reads the views. */
const ROLE_STATEMENT = `do $$ begin
  create role ${ROLE} nologin;
exception when duplicate_object or unique_violation or insufficient_privilege then null;
end $$`

/** Makes the views where they are older. */
function made(schema: string, views: readonly View[]): string {
  const meta = qualified(schema, '_meta')
  return `do $$ declare guarded regclass; begin
    if (select value from ${meta} where name = ${VIEWS_NUMBER}) >= ${VERSION} then return; end if;
    ${withoutPolicies(schema)}
    ${views.map((view) => `create or replace ${viewText(schema, view)};`).join('\n')}
    insert into ${meta} values ('views', 1) on conflict do nothing;
    insert into ${meta} values (${VIEWS_NUMBER}, ${VERSION}) on conflict (name) do update set value = excluded.value;
  end $$`
}

/** Version 1 guarded the tables: whoever did not own them saw no row, and readers saw whole documents. */
function withoutPolicies(schema: string): string {
  const readers = literal(qualified(schema, '_readers'))
  return `for guarded in
      select polrelid from pg_policy join pg_class as guards on guards.oid = polrelid
      where polname = 'readers' and relnamespace = to_regnamespace(${literal(quoted(schema))})
    loop
      execute format('drop policy readers on %s', guarded);
      if exists (select from pg_roles where rolname = '${ROLE}') then
        execute format('revoke select on %s, %s from ${ROLE}', guarded, ${readers});
      end if;
      if not exists (select from pg_policy where polrelid = guarded) then
        execute format('alter table %s disable row level security', guarded);
      end if;
    end loop;`
}

/** The barrier keeps what a reader asks for from being tried on rows that are not theirs. */
function viewText(schema: string, { name, reads, columns, joined = '' }: View): string {
  const table = qualified(schema, reads)
  return `view ${qualified(schema, name)} with (security_barrier = true) as select ${columns} from ${table} as d ${joined}
    where (select has_table_privilege(${literal(table)}::regclass, 'select'))
      or d._op in (select op from ${qualified(schema, '_readers')} where role = current_user)`
}

function granted(schema: string, views: readonly View[]): string {
  return `do $$ begin
    if exists (select from pg_roles where rolname = '${ROLE}') then
      grant usage on schema ${quoted(schema)} to ${ROLE};
      grant select on ${views.map(({ name }) => qualified(schema, name)).join(', ')} to ${ROLE};
    end if;
  end $$`
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
