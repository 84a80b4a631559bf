import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Asker, asker } from '../load/asker.ts'
import { startDatabase } from '../load/database.ts'
import type { Place } from '../load/place.ts'
import { type Server, startServer } from '../load/start-server.ts'
import { optionsOf } from '../options.ts'
import { SITE } from '../shop.ts'
import { type Action, actions } from './actions.ts'
import { fillGrownShop, type GrownShop } from './fill.ts'
import { growthTable, type Turn } from './growth-table.ts'
import { postgresProcessor } from './postgres-processor.ts'

/**
 * Does it cost more when there is more? Fills shops with 10³, 10⁵ and, with `--million`, 10⁶ products, carts, learners and
 * orders, and one of 10³ with 10,000 promotions where the others have ten. Each is served by a process of its own; PostgreSQL
 * has a quarter of the memory, with what a cart is made of in it. The actions are measured in short turns, one shop after the
 * other, so that other programs' load falls on all.
 * Options: `--sizes`, `--million`, `--promotions`, `--on` SQLite or PostgreSQL, `--only` actions (a part of the name),
 * `--rounds`, `--requests` and `--seconds` of a turn, `--connections`, `--sources` to serve what is not built.
 */
const options = optionsOf({
  sizes: { type: 'string', default: '1000,100000' },
  million: { type: 'boolean', default: false },
  promotions: { type: 'string', default: '10000' },
  on: { type: 'string', default: 'SQLite,PostgreSQL' },
  only: { type: 'string', default: '' },
  rounds: { type: 'string', default: '5' },
  requests: { type: 'string', default: '400' },
  seconds: { type: 'string', default: '4' },
  connections: { type: 'string', default: '16' },
  sources: { type: 'boolean', default: false },
})
const FEW_PROMOTIONS = 10
/** Of the machine's memory: what PostgreSQL's documentation advises for `shared_buffers`, which come as 128 MB. */
const QUARTER = `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`
const sizes = [...options.sizes.split(',').map(Number), ...(options.million ? [1_000_000] : [])]
const wanted = Object.entries(actions).filter(([name]) => name.includes(options.only))
const built = fileURLToPath(new URL('../../packages/node/dist/index.js', import.meta.url))
if (!options.sources && !existsSync(built)) throw new Error('Build first: npx pnpm@12 build. Or give --sources.')

const folder = mkdtempSync(join(tmpdir(), 'bursar-growth-'))
const database = options.on.includes('PostgreSQL') ? await startDatabase({ shared_buffers: QUARTER }) : null
const postgresUsed = database === null ? () => 0 : await postgresProcessor(database.url)

for (const on of options.on.split(',')) {
  const shops = await fillAll(on)
  const served = await Promise.all(shops.map(serve))
  const turns: Turn[] = []
  for (const [name, action] of wanted) {
    for (const each of served) await measure(on, name, action, each) // warm
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const each of served) turns.push(await measure(on, name, action, each))
    }
    console.log(`${on}: ${name} is measured; load of the machine ${loadavg()[0]?.toFixed(1)}`)
  }
  console.table(growthTable(turns))
  for (const { server, client } of served) {
    client.close()
    await server.end()
  }
}
await database?.stop()
rmSync(folder, { recursive: true })

async function fillAll(on: string): Promise<GrownShop[]> {
  const smallest = sizes[0] ?? 0
  const kinds = [
    ...sizes.map((count) => ({ count, promotions: FEW_PROMOTIONS })),
    { count: smallest, promotions: Number(options.promotions) },
  ]
  const shops: GrownShop[] = []
  for (const { count, promotions } of kinds) {
    const began = performance.now()
    const place = await newPlace(on, `growth_${count}_${promotions}`)
    shops.push(await fillGrownShop(place, count, promotions))
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    console.log(`${on}: ${count} of each, ${promotions} promotions: filled in ${seconds} s`)
  }
  return shops
}

async function newPlace(on: string, name: string): Promise<Place> {
  if (on === 'SQLite') return join(folder, `${name}.sqlite`)
  const url = new URL(database?.url ?? '')
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`drop database if exists ${name}`)
  await client.query(`create database ${name}`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}

/** A shop with its server, and who asks it over connections that are kept from turn to turn. */
interface Served {
  readonly shop: GrownShop
  readonly server: Server
  readonly client: Asker
}

async function serve(shop: GrownShop): Promise<Served> {
  const server = await startServer(shop.place, { folder, sources: options.sources })
  return { shop, server, client: asker({ url: server.url, headers: { 'bursar-site': SITE } }) }
}

/** One turn: so many requests or seconds, a few at once. */
async function measure(on: string, name: string, action: Action, { shop, server, client }: Served): Promise<Turn> {
  const took: number[] = []
  let failed = 0
  const [usage, postgres] = [await server.usage(), postgresUsed()]
  const end = performance.now() + Number(options.seconds) * 1000
  let left = Number(options.requests)
  const shopper = async () => {
    while (left > 0 && performance.now() < end) {
      left -= 1
      const started = performance.now()
      try {
        await action(client.ask, shop)
      } catch (error) {
        if (failed === 0) console.log(`${on}, ${shop.count} of each: ${name}: ${String(error)}`)
        failed += 1
      }
      took.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: Number(options.connections) }, shopper))
  const after = await server.usage()
  return {
    ...{ on, name, count: shop.count, promotions: shop.promotions, took, failed },
    server: after.cpu - usage.cpu,
    postgres: on === 'PostgreSQL' ? postgresUsed() - postgres : 0,
    trips: after.roundTrips - usage.roundTrips,
    statements: after.statements - usage.statements,
    rss: after.rss,
  }
}
