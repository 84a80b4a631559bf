import { DatabaseSync } from 'node:sqlite'
import { SITE } from '../shop.ts'
import { type AddLine, withLine } from './floor-line.ts'

/** What arrives in one turn of the event loop in one transaction, as Bursar commits, or each request by itself. */
export type Commits = 'together' | 'alone'

/**
 * An add-line by hand on SQLite: the statements that Bursar's runs, in its transactions and under its pragmas. Commits that
 * share a transaction stand in a savepoint each, so that one that is refused takes no other along; one alone needs none.
 */
export function addLineOnSqlite(file: string, commits: Commits): AddLine {
  const database = new DatabaseSync(file)
  database.exec('pragma synchronous = full; pragma secure_delete = on; pragma cache_size = -65536')
  database.exec('pragma busy_timeout = 5000')
  const prepare = (sql: string) => database.prepare(sql)
  const [begin, beginWrite, commit] = [prepare('begin'), prepare('begin immediate'), prepare('commit')]
  const [savepoint, release] = [prepare('savepoint one'), prepare('release one')]
  const generation = prepare("select value from _meta where name = 'generation'")
  const where = `_op = 'bench' and _site = '${SITE}' and _id = ?`
  const cart = prepare(`select _id, _v, _body, "createdAt", "tokenHash", "customerId" from carts where ${where}`)
  const pricing = prepare(
    `select _id, _v, _body from "pricingVersions" where _op = 'bench' and _site = '' and _id = 'pricing'`,
  )
  const customer = prepare(
    `select _id, _v, _body from customers where _op = 'bench' and _site = '' and "hostId" = 'learner-1'`,
  )
  const rights = prepare(
    `select _id, _v, _body, "soldAt" from entitlements where _op = 'bench' and _site = '' and "customerId" = ? and "soldAt" is not null order by "soldAt", _id limit 1001`,
  )
  const put = prepare(
    `update carts set _v = _v + 1, _body = ? where ${where} and _v = ? and "createdAt" is ? and "tokenHash" is ? and "customerId" is ?`,
  )
  let waiting: { write: () => boolean; answer: (isDone: boolean) => void }[] = []

  function flush(): void {
    const turn = waiting
    waiting = []
    beginWrite.run()
    generation.get()
    const done = turn.map(({ write }) => {
      if (commits === 'together') savepoint.run()
      const isDone = write()
      if (commits === 'together') release.run()
      return isDone
    })
    commit.run()
    for (const [index, { answer }] of turn.entries()) answer(done[index] ?? false)
  }

  function read(cartId: string) {
    begin.run()
    const row = cart.get(cartId) ?? {}
    pricing.get()
    const buyer = JSON.parse(String(customer.get()?._body))
    commit.run()
    rights.all(buyer.id)
    return row
  }

  return async (cartId, line) => {
    const { _v, _body, createdAt = null, tokenHash = null, customerId = null } = read(cartId)
    const body = withLine(String(_body), line)
    const write = () => put.run(body, cartId, Number(_v), createdAt, tokenHash, customerId).changes === 1
    return new Promise((answer) => {
      if (commits === 'together' && waiting.length === 0) setImmediate(flush)
      waiting.push({ answer, write })
      if (commits === 'alone') flush()
    })
  }
}
