import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { asker } from '../load/asker.ts'
import { startDatabase } from '../load/database.ts'
import { tokenOf } from '../load/learner-token.ts'
import { fillStock } from '../load/load-shop.ts'
import { type Ask, scenarios } from '../load/scenarios.ts'
import { BOUNDS, startServer } from '../load/start-server.ts'
import { zipf } from '../load/zipf.ts'
import { optionsOf } from '../options.ts'
import { LEARNERS, SITE } from '../shop.ts'
import { sizesOf } from './sizes-of.ts'
import { type Sample, soakReport } from './soak-report.ts'

/**
 * Does it stay as it is? Mixed traffic at a set rate, day in, day out: each few seconds a line says what the server holds and
 * how fast it answered; at the end, whether its memory is flat and whether a request failed. Ends with 1 if one did: whether
 * memory that grows is a fault, a person says.
 * Options: `--minutes`, `--rate` requests a second, `--every` so many seconds a line, `--on` SQLite or PostgreSQL,
 * `--warm-up` minutes that are not judged, `--sources` to serve what is not built.
 */
const options = optionsOf({
  minutes: { type: 'string', default: '10' },
  rate: { type: 'string', default: '10' },
  every: { type: 'string', default: '5' },
  on: { type: 'string', default: 'SQLite' },
  'warm-up': { type: 'string', default: '2' },
  sources: { type: 'boolean', default: false },
})
const built = fileURLToPath(new URL('../../packages/node/dist/index.js', import.meta.url))
if (!options.sources && !existsSync(built)) throw new Error('Build first: npx pnpm@12 build. Or give --sources.')

const folder = mkdtempSync(join(tmpdir(), 'bursar-soak-'))
const database = options.on === 'PostgreSQL' ? await startDatabase() : null
const place = database?.url ?? join(folder, 'shop.sqlite')
const stock = await fillStock(place, { courses: 1000, carts: 2000 })
const node = [...BOUNDS, '--expose-gc']
const conditions = options.sources ? ['--conditions=source'] : []
const peers = fork(fileURLToPath(new URL('peers.ts', import.meta.url)), {
  execArgv: ['--disable-warning=ExperimentalWarning', ...conditions],
})
const [address] = await once(peers, 'message')
const server = await startServer(place, { folder, sources: options.sources, peers: String(address), node })
const client = asker({ url: server.url, headers: { 'bursar-site': SITE } })
const [minutes, warmUp] = [Number(options.minutes), Number(options['warm-up'])]
console.log(
  `${options.on}: ${options.rate} requests a second for ${minutes} minutes: of a hundred 70 lists, 15 lines, 8 new carts, 4 codes, 3 purchases`,
)

let took: number[] = []
let [sent, failed, underWay] = [0, 0, 0]
const began = performance.now()
const end = began + minutes * 60_000
const samples: Sample[] = []
const traffic = send()
while (performance.now() < end) {
  await sleep(Number(options.every) * 1000)
  samples.push(await sample())
}
await traffic
for (const line of soakReport(samples, { warmUp, sent, failed })) console.log(line)
console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`)
process.exitCode = failed === 0 ? 0 : 1
client.close()
await server.end()
peers.disconnect()
await database?.stop()
rmSync(folder, { recursive: true })

/** Sends by the clock, whether the answers come or not. */
async function send(): Promise<void> {
  while (performance.now() < end) {
    void request(sent)
    sent += 1
    await sleep(Math.max(0, began + (sent * 1000) / Number(options.rate) - performance.now()))
  }
  while (underWay > 0) await sleep(50)
}

async function request(n: number): Promise<void> {
  const started = performance.now()
  underWay += 1
  try {
    const learner = stock.learners[n % stock.learners.length] ?? ''
    const authorization = `Bearer ${tokenOf(LEARNERS, learner)}`
    const ask: Ask = (method, path, body, own) => client.ask(method, path, body, { authorization, ...own })
    await scenarios.mixed(ask, stock, zipf, n)
    took.push(performance.now() - started)
  } catch (error) {
    failed += 1
    console.log(`failed: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    underWay -= 1
  }
}

async function sample(): Promise<Sample> {
  const [state, sizes] = [await server.state(), await sizesOf(place)]
  const sorted = took.sort((left, right) => left - right)
  took = []
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
  const found = { minute: (performance.now() - began) / 60_000, requests: sorted.length, p99, ...state, ...sizes }
  console.log(
    `${found.minute.toFixed(1)} min: ${found.requests} answered, p99 ${p99.toFixed(0)} ms, resident ${mib(found.rss)} MiB, ` +
      `of files ${mib(found.mapped)}, heap held ${mib(found.held)}, heap after gc ${mib(found.heap)}, buffers ${mib(found.external)} MiB, jobs due ${found.due}, later ${found.later}, handles ${found.handles}, ` +
      `data ${mib(found.data)} MiB, log of writes ${mib(found.log)} MiB`,
  )
  return found
}

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1)
}
