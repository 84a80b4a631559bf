import pg from 'pg'
import { SITE } from '../../shop.ts'
import { type PurchaseTemplate, purchaseRows, type RowMaker } from './purchase-rows.ts'
import type { PurchaseStore } from './purchase-store.ts'

/** Each read is one statement, and each commit another: five trips for the calls of a purchase, five for its delivery. */
export async function purchasesOnPostgres(
  template: PurchaseTemplate,
  traffic: { roundTrips: number; statements: number },
): Promise<PurchaseStore> {
  const options = '-c plan_cache_mode=force_generic_plan -c search_path=bursar'
  const pool = new pg.Pool({ connectionString: template.place, max: 10, options })
  const find = async (table: string, where: string) => {
    const { rows } = await pool.query(`select * from "${table}" where ${where}`)
    return rows
  }
  const rows = await purchaseRows(template, find)
  const create = statement('create', rows.created.map(insert))
  const freeze = statement('freeze', [...rows.frozen.map(insert), put(rows.frozenCart)])
  const settle = statement('settle', [...rows.settledThere.map(put), ...rows.settled.map(insert)])
  const deliver = statement('deliver', [put(rows.delivered)])
  const idOf = ({ columns, values }: RowMaker, n: number, name: string) => values(n)[columns.indexOf(name)]
  const ask = async (name: string, text: string, values: unknown[]) => {
    traffic.roundTrips += 1
    traffic.statements += 1
    await pool.query({ name, text, values, rowMode: 'array' })
  }
  return {
    rows,
    readNew: (n) => ask('read new', READ_NEW, [rows.learner(n)]),
    create: (n) => create(ask, n),
    readBought: (n) => ask('read bought', READ_BOUGHT, [rows.learner(n), rows.cartId(n), rows.orderKey(n)]),
    freeze: (n) => freeze(ask, n),
    settle: (n) => settle(ask, n),
    async deliver(n) {
      const job = idOf(rows.job, n, 'id')
      await ask('lease', LEASE, [new Date().toISOString(), job])
      await ask('read grant', READ_GRANT, [idOf(rows.delivered, n, '_id'), idOf(rows.delivered, n, 'customerId')])
      for (let time = 0; time < 2; time += 1) await deliver(ask, n)
      await ask('end', END, [job])
    },
  }
}

const READ_NEW = `
  select 'p', _v, _body::text from "pricingVersions" where _op = 'bench' and _site = '' and _id = 'pricing'
  union all select 'c', _v, _body::text from customers where _op = 'bench' and _site = '' and "hostId" = $1
  union all select 'e', e._v, e._body::text from entitlements e join customers c on e._op = 'bench' and e._site = ''
    and e."customerId" = c._id and e."soldAt" is not null where c._op = 'bench' and c._site = '' and c."hostId" = $1`
const READ_BOUGHT = `${READ_NEW}
  union all select 'k', _v, _body::text from carts where _op = 'bench' and _site = '${SITE}' and _id = $2
  union all select 'i', _v, _body::text from "idempotencyRecords" where _op = 'bench' and _site = '' and _id = $3`
const READ_GRANT = `
  select 'g', _v, _body::text from grants where _op = 'bench' and _site = '' and _id = $1
  union all select 'c', _v, _body::text from customers where _op = 'bench' and _site = '' and _id = $2`
const LEASE = `
  update _jobs set state = 'leased', attempt = attempt + 1, token = token + 1, leased_until = $1, worker = 'floor'
  where id = $2 returning *`
const END = `delete from _jobs where id = $1 and token = 1 and state = 'leased'`

/** A part of a statement. */
interface Part {
  /** Its text; its values begin at this place. */
  text(first: number): string
  values(n: number): unknown[]
  readonly length: number
}

function insert({ table, columns, values }: RowMaker): Part {
  const names = columns.map((name) => `"${name}"`)
  const places = (first: number) => names.map((_name, index) => `$${first + index}`)
  const text = (first: number) => `insert into "${table}" (${names}) values (${places(first)})`
  return { text, values, length: names.length }
}

/** Writes what has changed of a row: its body. */
function put({ table, columns, values }: RowMaker): Part {
  const places = ['_body', '_op', '_site', '_id'].map((name) => columns.indexOf(name))
  const text = (first: number) =>
    `update "${table}" set _v = _v + 1, _body = $${first}
      where _op = $${first + 1} and _site = $${first + 2} and _id = $${first + 3}`
  const four = (n: number) => {
    const row = values(n)
    return places.map((place) => row[place])
  }
  return { text, values: four, length: places.length }
}

/** One statement that does them all, or none. */
function statement(name: string, parts: readonly Part[]) {
  let first = 1
  const texts = parts.map((part, index) => {
    const text = `w${index} as (${part.text(first)})`
    first += part.length
    return text
  })
  const text = `with ${texts.join(', ')} select 1`
  return (ask: (name: string, text: string, values: unknown[]) => Promise<void>, n: number) =>
    ask(
      name,
      text,
      parts.flatMap(({ values }) => values(n)),
    )
}
