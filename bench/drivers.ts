/**
 * What a driver and a query builder cost on PostgreSQL: a cart is read and put, and a purchase of nine statements is committed, by
 * 16 at once on ten connections, each way in turns. What this printed stands in docs/decisions.
 */
import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect, sql as raw } from 'kysely'
import { Pool } from 'pg'
import postgres from 'postgres'
import { startDatabase } from './load/database.ts'
import { oneSync, type SentStatement } from './one-sync.ts'
import { optionsOf } from './options.ts'

const options = optionsOf({
  seconds: { type: 'string', default: '3' },
  rounds: { type: 'string', default: '3' },
})
const CONNECTIONS = 10
const AT_ONCE = 16
const CARTS = 1000
/** Rows that a purchase inserts beside the cart that it puts. */
const INSERTS = 7

interface Row {
  op: string
  id: string
  v: number
  body: unknown
}
interface Tables {
  carts: Row
  records: Row
}

/** A way to do both. */
interface Way {
  readonly name: string
  line(id: string): Promise<unknown>
  purchase(id: string): Promise<unknown>
  end(): Promise<unknown>
}

const GENERIC = '-c plan_cache_mode=force_generic_plan'
const BODY = JSON.stringify({
  lines: Array.from({ length: 3 }, (_, n) => ({ id: `line-${n}`, quantity: 1, note: 'x'.repeat(80) })),
})
const READ = 'select id, v, body from carts where op = $1 and id = $2'
const PUT = 'update carts set v = v + 1, body = $3 where op = $1 and id = $2'
const CHECK = 'select 1 from carts where op = $1 and id = $2 for share'
const INSERT = 'insert into records (op, id, v, body) values ($1, $2, 1, $3)'
const newIds = () => Array.from({ length: INSERTS }, () => randomUUID())

const server = await startDatabase()
const setup = new Pool({ connectionString: server.url })
await setup.query('create table carts (op text, id text, v int not null, body json not null, primary key (op, id))')
await setup.query('create table records (op text, id text, v int not null, body json not null, primary key (op, id))')
await setup.query('insert into carts select $1, n::text, 1, $2 from generate_series(0, $3::int - 1) n', [
  'op',
  BODY,
  CARTS,
])
await setup.query('vacuum analyze')

function batches(): Way {
  const pool = new Pool({ connectionString: server.url, max: CONNECTIONS, options: GENERIC })
  const run = async (statements: readonly SentStatement[]) => {
    const client = await pool.connect()
    await oneSync(client, statements)
    client.release()
  }
  const put = (id: string) => ({ text: PUT, values: ['op', id, BODY] })
  return {
    name: 'pg, one Sync for each trip',
    async line(id) {
      await run([{ text: READ, values: ['op', id] }])
      await run([put(id)])
    },
    async purchase(id) {
      await run([{ text: READ, values: ['op', id] }])
      const inserts = newIds().map((own) => ({ text: INSERT, values: ['op', own, BODY] }))
      await run([put(id), { text: CHECK, values: ['op', id] }, ...inserts])
    },
    end: () => pool.end(),
  }
}

function awaited(): Way {
  const pool = new Pool({ connectionString: server.url, max: CONNECTIONS, options: GENERIC })
  const named = (text: string, values: string[]) => ({ name: text.slice(0, 60), text, values })
  return {
    name: 'pg, prepared, each awaited',
    async line(id) {
      await pool.query(named(READ, ['op', id]))
      await pool.query(named(PUT, ['op', id, BODY]))
    },
    async purchase(id) {
      await pool.query(named(READ, ['op', id]))
      const client = await pool.connect()
      await client.query('begin')
      await client.query(named(PUT, ['op', id, BODY]))
      await client.query(named(CHECK, ['op', id]))
      for (const own of newIds()) await client.query(named(INSERT, ['op', own, BODY]))
      await client.query('commit')
      client.release()
    },
    end: () => pool.end(),
  }
}

function postgresJs(): Way {
  const sql = postgres(server.url, { max: CONNECTIONS, connection: { options: GENERIC } })
  const body = () => sql.json(JSON.parse(BODY))
  return {
    name: 'postgres.js, `begin` with pipelined statements',
    async line(id) {
      await sql`select id, v, body from carts where op = ${'op'} and id = ${id}`
      await sql`update carts set v = v + 1, body = ${body()} where op = ${'op'} and id = ${id}`
    },
    async purchase(id) {
      await sql`select id, v, body from carts where op = ${'op'} and id = ${id}`
      await sql.begin((own) => [
        own`update carts set v = v + 1, body = ${body()} where op = ${'op'} and id = ${id}`,
        own`select 1 from carts where op = ${'op'} and id = ${id} for share`,
        ...newIds().map((one) => own`insert into records (op, id, v, body) values (${'op'}, ${one}, 1, ${body()})`),
      ])
    },
    end: () => sql.end(),
  }
}

function kysely(): Way {
  const pool = new Pool({ connectionString: server.url, max: CONNECTIONS, options: GENERIC })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const read = (id: string) =>
    db.selectFrom('carts').select(['id', 'v', 'body']).where('op', '=', 'op').where('id', '=', id).execute()
  const put = (on: typeof db, id: string) =>
    on
      .updateTable('carts')
      .set({ v: raw<number>`v + 1`, body: BODY })
      .where('op', '=', 'op')
      .where('id', '=', id)
      .execute()
  return {
    name: 'Kysely on pg, compiled for each query',
    async line(id) {
      await read(id)
      await put(db, id)
    },
    async purchase(id) {
      await read(id)
      await db.transaction().execute(async (own) => {
        await put(own, id)
        await own.selectFrom('carts').select('v').where('op', '=', 'op').where('id', '=', id).forShare().execute()
        for (const one of newIds())
          await own.insertInto('records').values({ op: 'op', id: one, v: 1, body: BODY }).execute()
      })
    },
    end: () => db.destroy(),
  }
}

/** How many a second, and milliseconds of this process for one. */
async function measure(work: (id: string) => Promise<unknown>, seconds: number): Promise<[rate: number, cpu: number]> {
  const [began, used] = [performance.now(), process.cpuUsage()]
  let done = 0
  const lane = async (at: number) => {
    // Each has carts of its own: nobody waits for another's row.
    for (let n = at; performance.now() - began < seconds * 1000; n = (n + AT_ONCE) % CARTS) {
      await work(String(n))
      done += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => lane(at)))
  const { user, system } = process.cpuUsage(used)
  return [done / ((performance.now() - began) / 1000), (user + system) / 1000 / done]
}

const ways = [batches(), awaited(), postgresJs(), kysely()]
const seconds = Number(options.seconds)
for (const { line, purchase } of ways) {
  await measure(line, 1)
  await measure(purchase, 1)
}
for (let round = 1; round <= Number(options.rounds); round += 1) {
  for (const { name, line, purchase } of ways) {
    const [lines, lineCpu] = await measure(line, seconds)
    const [purchases, purchaseCpu] = await measure(purchase, seconds)
    console.log(
      `round ${round}: ${name}: ${lines.toFixed(0)} lines/s (${lineCpu.toFixed(3)} ms), ` +
        `${purchases.toFixed(0)} purchases/s (${purchaseCpu.toFixed(3)} ms)`,
    )
  }
}
const compiling = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: setup }) })
const began = performance.now()
const COMPILED = 20_000
for (let n = 0; n < COMPILED; n += 1)
  compiling.selectFrom('carts').select(['id', 'v', 'body']).where('op', '=', 'op').where('id', '=', String(n)).compile()
console.log(
  `Kysely builds and compiles a read of one row in ${(((performance.now() - began) / COMPILED) * 1000).toFixed(1)} µs`,
)
await Promise.all(ways.map((way) => way.end()))
await setup.end()
await server.stop()
