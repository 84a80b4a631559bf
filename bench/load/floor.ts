import pg from 'pg'
import { SITE } from '../shop.ts'
import { type AddLine, withLine } from './floor-line.ts'
import { addLineOnSqlite, type Commits } from './floor-sqlite.ts'
import { isPostgres, type Place } from './place.ts'
import { serveByHand } from './serve-by-hand.ts'

/**
 * What nobody can go below: bare node:http, the body parsed, the statements of an add-line by hand with the same
 * durability on the same tables, and as many bytes answered, without validation, authentication, price or log. The
 * header `x-bytes` says how many. PostgreSQL commits each request by itself and shares flushes as it sees fit.
 */
export async function startFloor(place: Place, commits: Commits) {
  const traffic = { roundTrips: 0, statements: 0 }
  const addLine = isPostgres(place) ? onPostgres(place, traffic) : addLineOnSqlite(place, commits)
  const url = await serveByHand(async (request, { lineId = '', variantId = '' }) => {
    const cartId = request.url?.split('/')[3] ?? ''
    while (!(await addLine(cartId, { lineId, variantId }))) {
      // Another request has written meanwhile: read anew.
    }
    return JSON.stringify({ padding: 'x'.repeat(Number(request.headers['x-bytes'] ?? 0)) })
  })
  return { url, sent: () => traffic }
}

function onPostgres(url: string, traffic: { roundTrips: number; statements: number }): AddLine {
  const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c plan_cache_mode=force_generic_plan' })
  const read = {
    name: 'read',
    text: `select 'c', _v, _body::text from bursar.carts where _op = 'bench' and _site = '${SITE}' and _id = $1
      union all select 'p', _v, _body::text from bursar."pricingVersions" where _op = 'bench' and _site = '' and _id = 'pricing'
      union all select 'k', _v, _body::text from bursar.customers where _op = 'bench' and _site = '' and "hostId" = 'learner-1'
      union all select 'e', e._v, e._body::text from bursar.entitlements e join bursar.customers c on e._op = 'bench'
        and e._site = '' and e."customerId" = c._id and e."soldAt" is not null where c._op = 'bench' and c._site = '' and c."hostId" = 'learner-1'`,
    rowMode: 'array' as const,
  }
  const put = {
    name: 'put',
    text: `update bursar.carts set _v = _v + 1, _body = $3 where _op = 'bench' and _site = '${SITE}' and _id = $1 and _v = $2`,
  }
  return async (cartId, line) => {
    traffic.roundTrips += 2
    traffic.statements += 2
    const { rows } = await pool.query({ ...read, values: [cartId] })
    const [, version, body] = rows.find(([part]) => part === 'c') ?? []
    const { rowCount } = await pool.query({ ...put, values: [cartId, version, withLine(body, line)] })
    return rowCount === 1
  }
}
