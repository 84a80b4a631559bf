/** What a tool for reports reads: a view, by the collection that it reads. */
export interface Report {
  readonly name: string
  readonly reads: string
  readonly columns: string
  /** What is joined to the documents, `d`. */
  readonly joined: string
}

/** The SQL for the text of a member of the document, by its path. */
type Member = (...path: readonly string[]) => string

const PLACE = 'd._op as operator, d._site as site, d._id'
/** A column of the table, which needs no document to be read, as views had it when they read the document. */
const column = (name: string) => `d."${name}" collate "default"`
const amount = (text: string) => `(${text})::bigint`
const instant = (text: string) => `(${text})::timestamptz`
/** Where a right stands now: one that has ended is stored as it was. */
const stateNow = (of: Member) =>
  `case when ${of('state')} = 'active' and ${instant(of('validUntil'))} <= now() then 'expired' else ${of('state')} end`

/**
 * What a tool for reports reads. Amounts are minor units of the currency beside them. No personal data: customers are ids;
 * what staff wrote when they cancelled an order is theirs to keep free of it.
 * Columns are added at the end only: so a view is replaced where others are built on it.
 */
export const REPORTS: readonly Report[] = [
  report({
    name: 'bursar_orders',
    reads: 'orders',
    columns: (of) => `${PLACE} as order_id, ${column('number')} as number, ${column('state')} as state,
      ${column('customerId')} as customer_id, ${of('seller')} as seller, ${of('currency')} as currency,
      ${amount(of('base'))} as base, ${amount(of('discount'))} as discount, ${amount(of('net'))} as net,
      ${amount(of('tax'))} as tax, ${amount(of('total'))} as total, ${amount(of('money', 'due'))} as due,
      ${amount(of('money', 'captured'))} as captured, ${amount(of('money', 'refunded'))} as refunded,
      ${amount(of('money', 'disputed'))} as disputed, ${of('place', 'country')} as country,
      (${of('onAccount')})::boolean as on_account, ${instant('d."createdAt"')} as created_at,
      ${instant(of('placedAt'))} as placed_at, ${instant(of('cancelledAt'))} as cancelled_at,
      ${of('cancelReason')} as cancel_reason`,
  }),
  report({
    name: 'bursar_order_lines',
    reads: 'orders',
    columns: (of) => `${PLACE} as order_id, line.id as line_id, line."productId" as product_id,
      line."variantId" as variant_id, line.title, line."variantName" as variant_name, line.quantity,
      ${of('currency')} as currency, line."unitPrice" as unit_price, line.base, line.discount, line.net, line.tax, line.total,
      ${instant(of('placedAt'))} as placed_at`,
    joined: `cross join lateral json_to_recordset(d._body -> 'lines') as line (
      id text, "productId" text, "variantId" text, title text, "variantName" text, quantity int, "unitPrice" bigint,
      base bigint, discount bigint, net bigint, tax bigint, total bigint)`,
  }),
  report({
    name: 'bursar_payments',
    reads: 'payments',
    columns: (of) => `d._op as operator, ${of('site')} as site, d._id as payment_id, ${of('orderId')} as order_id,
      ${of('account')} as payment_account, ${of('processor')} as processor, ${of('state')} as state,
      ${of('amount', 'currency')} as currency, ${amount(of('amount', 'amount'))} as amount,
      ${amount(of('captured'))} as captured, ${amount(of('refunded'))} as refunded, ${of('reference')} as reference,
      ${instant(of('createdAt'))} as created_at`,
  }),
  report({
    name: 'bursar_journal',
    reads: 'journal',
    columns: (
      of,
    ) => `d._op as operator, ${of('site')} as site, d._id as transaction_id, (entry.place - 1)::int as entry,
      ${of('seller')} as seller, (${of('occurredAt')})::date as occurred_at, ${instant(of('recordedAt'))} as recorded_at,
      ${of('cause', 'type')} as cause, ${of('cause', 'orderId')} as order_id, entry.account, entry.currency, entry.amount,
      entry.payment_account, entry.line as line_id, entry.part, entry.jurisdiction, ${of('cause', 'paymentId')} as payment_id`,
    joined: `cross join lateral rows from (json_to_recordset(d._body -> 'entries') as (
      account text, currency text, amount bigint, "paymentAccount" text, line text, part text, jurisdiction text))
      with ordinality as entry (account, currency, amount, payment_account, line, part, jurisdiction, place)`,
  }),
  report({
    name: 'bursar_entitlements',
    reads: 'entitlements',
    columns: (of) => `d._op as operator, ${of('source', 'site')} as site, d._id as entitlement_id,
      ${of('customerId')} as customer_id, ${of('productId')} as product_id, ${of('variantId')} as variant_id,
      ${of('source', 'orderId')} as order_id, ${stateNow(of)} as state, ${instant(of('validFrom'))} as valid_from,
      case when ${of('state')} <> 'pending' then ${instant(of('validUntil'))} end as valid_until,
      ${instant(of('soldAt'))} as sold_at`,
  }),
]

function report(given: {
  readonly name: string
  readonly reads: string
  readonly columns: (of: Member) => string
  readonly joined?: string
}): Report {
  const paths = new Map<string, readonly string[]>()
  const columns = given.columns((...path) => {
    paths.set(path.join('.'), path)
    return `of.members[${[...paths.keys()].indexOf(path.join('.')) + 1}]`
  })
  return { ...given, columns, joined: `${membersAtOnce([...paths.values()])} ${given.joined ?? ''}` }
}

/**
 * Reads these members together: for each that is asked for alone PostgreSQL parses the whole document. `offset 0` keeps them
 * from being read where a query asks for none of their columns, as one that counts.
 */
function membersAtOnce(paths: readonly (readonly string[])[]): string {
  const names = [...new Set(paths.map(([name = '']) => name))]
  const isNested = (name: string) => paths.some(([first, ...rest]) => first === name && rest.length > 0)
  const declared = names.map((name) => `"${name}" ${isNested(name) ? 'json' : 'text'}`)
  const members = paths.map(([name, ...rest]) => `"${name}"${rest.map((one) => ` ->> '${one}'`).join('')}`)
  return `cross join lateral (
    select (select array[${members.join(', ')}] from json_to_record(d._body) as document (${declared.join(', ')}))
    as members offset 0) as of`
}
