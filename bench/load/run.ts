import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SignJWT } from 'jose'
import { LEARNERS, SITE } from '../shop.ts'
import type { Order, Outcome } from './client.ts'
import { startDatabase } from './database.ts'
import { fillLoadShop, loadShop } from './load-shop.ts'
import { openPlace, type Place } from './place.ts'
import type { Stock } from './scenarios.ts'
import type { Usage } from './server.ts'

/**
 * Load over HTTP: the server, the clients and the database are processes of their own. `node run.ts [seconds] [rounds]`;
 * the ways follow each other in each round, so that other programs' load falls on all of them.
 */
const [seconds = 3, rounds = 2] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'bursar-load-'))
const database = await startDatabase()
const places: Record<string, Place> = { SQLite: join(folder, 'shop.sqlite'), PostgreSQL: database.url }

const token = await new SignJWT({ sub: 'learner-1', iss: LEARNERS.issuer, aud: LEARNERS.audience })
  .setProtectedHeader({ alg: 'HS256' })
  .setIssuedAt()
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(LEARNERS.secret))
const headers = { 'bursar-site': SITE, authorization: `Bearer ${token}` }
const client = fork(script('client.ts'), { execArgv: ARGV() })
const results: Record<string, unknown>[] = []

for (const [name, place] of Object.entries(places)) {
  const stock = await fill(place)
  const bursar = await start(place, 'bursar')
  const floor = await start(place, 'floor')
  const bytes = await sizeOfAnswer(bursar.url, stock)
  console.log(
    `${name}: first answer after ${Math.round(bursar.startedMs)} ms, load of the machine ${loadavg()[0]?.toFixed(1)}`,
  )
  for (let round = 0; round < rounds; round += 1) {
    for (const connections of [8, 16]) {
      const common = { stock, connections, seconds }
      const padded = { ...headers, 'x-bytes': String(bytes) }
      await measure(`${name}: floor of addLine`, floor, { ...common, headers: padded, scenario: 'addLine' })
      await measure(`${name}: addLine`, bursar, { ...common, headers, scenario: 'addLine' })
    }
    for (const scenario of ['list', 'create', 'code', 'cart', 'cartWithCode', 'purchase', 'mixed'] as const) {
      await measure(`${name}: ${scenario}`, bursar, { stock, connections: 8, seconds, headers, scenario })
    }
  }
  for (const server of [bursar, floor]) server.child.kill()
}
console.table(results)
client.kill()
await database.stop()
rmSync(folder, { recursive: true })

interface Server {
  child: ChildProcess
  url: string
  startedMs: number
}

async function start(place: Place, kind: 'bursar' | 'floor'): Promise<Server> {
  const began = performance.now()
  const child = fork(script('server.ts'), { execArgv: ARGV(), env: { ...process.env, PLACE: place, KIND: kind } })
  const [url] = await once(child, 'message')
  if (kind === 'bursar') await fetch(`${url}/v1/products?limit=1`, { headers })
  return { child, url: String(url), startedMs: performance.now() - began }
}

async function measure(what: string, server: Server, order: Omit<Order, 'url'>): Promise<void> {
  const before = await usageOf(server)
  client.send({ ...order, url: server.url } satisfies Order)
  const [outcome] = (await once(client, 'message')) as [Outcome]
  const after = await usageOf(server)
  const { perSecond, p50, p95, p99, count, errors } = outcome
  results.push({
    ...{ what, connections: order.connections, 'per second': Math.round(perSecond), errors },
    ...{ 'p50 ms': p50.toFixed(1), 'p95 ms': p95.toFixed(1), 'p99 ms': p99.toFixed(1) },
    'processor µs': Math.round((after.cpu - before.cpu) / count),
    trips: ((after.roundTrips - before.roundTrips) / count).toFixed(1),
    statements: ((after.statements - before.statements) / count).toFixed(1),
    'resident MiB': Math.round(after.rss / 2 ** 20),
  })
}

async function usageOf({ child }: Server): Promise<Usage> {
  child.send('usage')
  const [usage] = (await once(child, 'message')) as [Usage]
  return usage
}

/** A shop of a thousand courses, and two thousand carts of three lines. */
async function fill(place: Place): Promise<Stock> {
  const commerce = loadShop(openPlace(place).storage)
  await commerce.migrate()
  await fillLoadShop(commerce, 1000)
  const learner = commerce.as({ type: 'customer', site: SITE, customerId: 'learner-1' })
  const { items } = await learner.products.list({ limit: 100 })
  const variants = items.flatMap((product) => product.variants.map(({ id }) => id))
  const lines = variants.slice(0, 3).map((variantId, index) => ({ lineId: `l${index}`, variantId }))
  const carts: string[] = []
  for (let batch = 0; batch < 20; batch += 1) {
    const made = await Promise.all(Array.from({ length: 100 }, () => learner.carts.create({ lines })))
    carts.push(...made.map(({ cart }) => cart.id))
  }
  await commerce.close()
  return { carts, variants }
}

async function sizeOfAnswer(url: string, { carts, variants }: Stock): Promise<number> {
  const body = JSON.stringify({ lineId: 'l0', variantId: variants[0] })
  const init = { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }
  const text = await (await fetch(`${url}/v1/carts/${carts[0]}/lines`, init)).text()
  return text.length - '{"padding":""}'.length
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function ARGV(): string[] {
  return ['--conditions=source', '--disable-warning=ExperimentalWarning']
}
