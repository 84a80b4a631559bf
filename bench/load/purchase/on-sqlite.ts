import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { SITE } from '../../shop.ts'
import type { Commits } from '../floor-sqlite.ts'
import { type PurchaseTemplate, purchaseRows, type RowMaker } from './purchase-rows.ts'
import type { PurchaseStore } from './purchase-store.ts'

/** What arrives in one turn shares a transaction, as Bursar's does, or each commit is alone. */
export async function purchasesOnSqlite(template: PurchaseTemplate, commits: Commits): Promise<PurchaseStore> {
  const database = new DatabaseSync(template.place)
  database.exec('pragma synchronous = full; pragma busy_timeout = 5000')
  const find = async (table: string, where: string) => database.prepare(`select * from "${table}" where ${where}`).all()
  const rows = await purchaseRows(template, find)
  const commit = committer(database, commits)
  const run = (writes: readonly ((n: number) => void)[]) => (n: number) =>
    commit(() => {
      for (const write of writes) write(n)
    })

  function insert({ table, columns, values }: RowMaker): (n: number) => void {
    const names = columns.map((name) => `"${name}"`)
    const prepared = database.prepare(`insert into "${table}" (${names}) values (${names.map(() => '?')})`)
    return (n) => void prepared.run(...(values(n) as SQLInputValue[])) // columns of this database
  }

  function put({ table, columns, values }: RowMaker): (n: number) => void {
    const prepared = database.prepare(
      `update "${table}" set _v = _v + 1, _body = ? where _op = ? and _site = ? and _id = ?`,
    )
    const places = ['_body', '_op', '_site', '_id'].map((name) => columns.indexOf(name))
    return (n) => {
      const row = values(n) as SQLInputValue[] // columns of this database
      prepared.run(...places.map((place) => row[place] ?? null))
    }
  }

  const pricing = database.prepare(
    `select _v, _body from "pricingVersions" where _op = 'bench' and _site = '' and _id = 'pricing'`,
  )
  const customer = database.prepare(
    `select _v, _id, _body from customers where _op = 'bench' and _site = '' and "hostId" = ?`,
  )
  const rights = database.prepare(
    `select _v, _body from entitlements where _op = 'bench' and _site = '' and "customerId" = ? and "soldAt" is not null`,
  )
  const cart = database.prepare(`select _v, _body from carts where _op = 'bench' and _site = '${SITE}' and _id = ?`)
  const asked = database.prepare(
    `select _v, _body from "idempotencyRecords" where _op = 'bench' and _site = '' and _id = ?`,
  )
  const grant = database.prepare(`select _v, _body from grants where _op = 'bench' and _site = '' and _id = ?`)
  const recipient = database.prepare(`select _v, _body from customers where _op = 'bench' and _site = '' and _id = ?`)
  const lease = database.prepare(`
    update _jobs set state = 'leased', attempt = attempt + 1, token = token + 1, leased_until = ?, worker = 'floor'
    where id = ? returning *`)
  const end = database.prepare(`delete from _jobs where id = ? and token = 1 and state = 'leased'`)
  const idOf = ({ columns, values }: RowMaker, n: number, name: string) =>
    values(n)[columns.indexOf(name)] as SQLInputValue // as above
  const isDelivered = put(rows.delivered)
  const readNew = async (n: number) => {
    pricing.get()
    const found = customer.get(rows.learner(n))
    if (found !== undefined) rights.all(found._id ?? null)
  }
  return {
    rows,
    readNew,
    create: run(rows.created.map(insert)),
    async readBought(n) {
      await readNew(n)
      cart.get(rows.cartId(n))
      asked.get(rows.orderKey(n))
    },
    freeze: run([...rows.frozen.map(insert), put(rows.frozenCart)]),
    settle: run([...rows.settledThere.map(put), ...rows.settled.map(insert)]),
    async deliver(n) {
      const job = idOf(rows.job, n, 'id')
      await commit(() => void lease.all(new Date().toISOString(), job))
      grant.get(idOf(rows.delivered, n, '_id'))
      recipient.get(idOf(rows.delivered, n, 'customerId'))
      for (let time = 0; time < 2; time += 1) await commit(() => isDelivered(n))
      await commit(() => void end.run(job))
    },
  }
}

function committer(database: DatabaseSync, commits: Commits): (write: () => void) => Promise<void> {
  let waiting: { write: () => void; done: () => void }[] = []
  function flush(): void {
    const turn = waiting
    waiting = []
    database.exec('begin immediate')
    for (const { write } of turn) write()
    database.exec('commit')
    for (const { done } of turn) done()
  }
  return (write) =>
    new Promise((done) => {
      if (commits === 'together' && waiting.length === 0) setImmediate(flush)
      waiting.push({ write, done })
      if (commits === 'alone') flush()
    })
}
