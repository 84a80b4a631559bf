import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { optionsOf } from '../options.ts'
import { LEARNERS, SITE } from '../shop.ts'
import type { Order, Outcome } from './client.ts'
import { startDatabase } from './database.ts'
import { tokenOf } from './learner-token.ts'
import { fillStock } from './load-shop.ts'
import type { Place } from './place.ts'
import { type Rate, ratesTable, ratios } from './rates.ts'
import { type ScenarioName, type Stock, scenarios } from './scenarios.ts'
import { BOUNDS, type Server, type ServerOptions, startServer } from './start-server.ts'

/**
 * Load over HTTP: the server, the clients and the database are processes of their own. The ways follow each other in
 * short turns, so that other programs' load falls on all of them. Options: `--seconds` or `--requests` of a turn, `--warm-up`
 * seconds of each scenario before the first, on the floors too (V8 compiles for ten), `--rounds`, `--only`
 * scenarios, `--on` SQLite or PostgreSQL, `--connections`, `--sources` to serve what is not built, `--profile` a folder
 * for profiles, `--node` options of the servers.
 */
const options = optionsOf({
  seconds: { type: 'string', default: '2' },
  requests: { type: 'string', default: '1000000' },
  'warm-up': { type: 'string', default: '15' },
  rounds: { type: 'string', default: '3' },
  only: { type: 'string', default: Object.keys(scenarios).join() },
  on: { type: 'string', default: 'SQLite,PostgreSQL' },
  connections: { type: 'string', default: '16' },
  sources: { type: 'boolean', default: false },
  profile: { type: 'string' },
  node: { type: 'string', default: BOUNDS.join(' ') },
})
const seconds = Number(options.seconds)
const connections = Number(options.connections)
const chosen = options.only.split(',').map(scenarioOf)
const built = fileURLToPath(new URL('../../packages/node/dist/index.js', import.meta.url))
if (!options.sources && !existsSync(built)) throw new Error('Build first: npx pnpm@12 build. Or give --sources.')

const folder = mkdtempSync(join(tmpdir(), 'bursar-load-'))
const database = await startDatabase()
const places: Record<string, Place> = { SQLite: join(folder, 'shop.sqlite'), PostgreSQL: database.url }
const headers = { 'bursar-site': SITE, authorization: `Bearer ${tokenOf(LEARNERS, 'learner-1')}` }
const client = fork(script('client.ts'), { execArgv: ARGV() })
const rates: Rate[] = []

for (const name of options.on.split(',')) {
  const place = places[name] ?? ''
  const stock = await fillStock(place, { courses: 1000, carts: 2000 })
  // The floors first: no worker of Bursar's is to take the jobs of the purchase that they learn from.
  const floors: Floor[] = [
    { way: 'floor', scenario: 'addLine', server: await start(place, 'floor') },
    { way: 'floor', scenario: 'purchase', server: await start(place, 'floor-purchase') },
    { way: 'floor, calls alone', scenario: 'purchase', server: await start(place, 'floor-purchase-calls') },
  ]
  if (name === 'SQLite')
    floors.push(
      { way: 'floor, each alone', scenario: 'addLine', server: await start(place, 'floor-alone') },
      { way: 'floor, each alone', scenario: 'purchase', server: await start(place, 'floor-purchase-alone') },
    )
  const own = await start(place, 'bursar')
  const bytes = await sizeOfAnswer(own.url, stock)
  const padded = { ...headers, 'x-bytes': String(bytes) }
  const warmUp = { stock, connections, seconds: Number(options['warm-up']), requests: 1_000_000 }
  for (const scenario of chosen) {
    const servers = [own, ...floors.filter((floor) => floor.scenario === scenario).map(({ server }) => server)]
    for (const server of servers) await measure(server, { ...warmUp, scenario, headers: padded })
  }
  console.log(
    `${name}: first answer after ${Math.round(own.startedMs)} ms, load of the machine ${loadavg()[0]?.toFixed(1)}`,
  )
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const scenario of chosen) {
      const order = { stock, connections, seconds, requests: Number(options.requests), scenario }
      for (const { way, server } of floors.filter((floor) => floor.scenario === scenario)) {
        rates.push({ ...{ on: name, way, scenario }, ...(await measure(server, { ...order, headers: padded })) })
      }
      rates.push({ on: name, way: 'Bursar', scenario, ...(await measure(own, { ...order, headers })) })
    }
  }
  for (const server of [own, ...floors.map((floor) => floor.server)]) await server.end()
}
console.table(ratesTable(rates))
console.table(ratios(rates))
console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`)
client.kill()
await database.stop()
rmSync(folder, { recursive: true })

/** A server that does by hand what a scenario asks for. */
interface Floor {
  readonly way: Exclude<Rate['way'], 'Bursar'>
  readonly scenario: ScenarioName
  readonly server: Server
}

async function start(place: Place, kind: NonNullable<ServerOptions['kind']>): Promise<Server & { startedMs: number }> {
  const began = performance.now()
  const profiled = ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${options.profile}`]
  const node = [...options.node.split(' '), ...(kind === 'bursar' && options.profile !== undefined ? profiled : [])]
  const server = await startServer(place, { folder, sources: options.sources, kind, node })
  if (kind === 'bursar') await fetch(`${server.url}/v1/products?limit=1`, { headers })
  return { ...server, startedMs: performance.now() - began }
}

async function measure(server: Server, order: Omit<Order, 'url'>): Promise<Omit<Rate, 'on' | 'way' | 'scenario'>> {
  const before = await server.usage()
  client.send({ ...order, url: server.url } satisfies Order)
  const [outcome] = (await once(client, 'message')) as [Outcome]
  const late = await untilDelivered(server)
  const after = await server.usage()
  return {
    ...outcome,
    elapsed: outcome.elapsed + late,
    cpu: after.cpu - before.cpu,
    roundTrips: after.roundTrips - before.roundTrips,
    statements: after.statements - before.statements,
    collections: after.collections - before.collections,
    rss: after.rss,
  }
}

/** What was bought is delivered meanwhile; seconds until the last is. */
async function untilDelivered(server: Server): Promise<number> {
  const began = performance.now()
  while (!(await server.hasDelivered())) await sleep(5)
  return (performance.now() - began) / 1000
}

async function sizeOfAnswer(url: string, { carts, variants }: Stock): Promise<number> {
  const body = JSON.stringify({ lineId: 'l0', variantId: variants[0] })
  const init = { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }
  const text = await (await fetch(`${url}/v1/carts/${carts[0]}/lines`, init)).text()
  return text.length - '{"padding":""}'.length
}

function scenarioOf(name: string): ScenarioName {
  if (Object.hasOwn(scenarios, name)) return name as ScenarioName // one of its keys
  throw new Error(`There is no scenario ${name}: there are ${Object.keys(scenarios).join(', ')}.`)
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function ARGV(): string[] {
  return [...(options.sources ? ['--conditions=source'] : []), '--disable-warning=ExperimentalWarning']
}
