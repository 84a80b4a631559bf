import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { asker } from '../load/asker.ts'
import { startDatabase } from '../load/database.ts'
import { fillStock } from '../load/load-shop.ts'
import type { Place } from '../load/place.ts'
import { scenarios } from '../load/scenarios.ts'
import { type Server, startServer } from '../load/start-server.ts'
import { zipf } from '../load/zipf.ts'
import { optionsOf } from '../options.ts'
import type { ImportOrder } from './importer.ts'

/**
 * How long shoppers wait while a catalog is imported: eight of them add lines over HTTP and think in between, two more buy,
 * and the import is a process of its own on the same storage. Options: how many `--courses`, `--on` SQLite or PostgreSQL.
 */
const options = optionsOf({
  courses: { type: 'string', default: '10000' },
  on: { type: 'string', default: 'SQLite,PostgreSQL' },
})
const SHOPPERS = 8
const THINKS_MS = 20
const BUYERS = 2
const BUYER_THINKS_MS = 150

const folder = mkdtempSync(join(tmpdir(), 'bursar-import-'))
const database = await startDatabase()
const places: Record<string, Place> = { SQLite: join(folder, 'shop.sqlite'), PostgreSQL: database.url }
const rows: object[] = []

for (const name of options.on.split(',')) {
  const place = places[name] ?? ''
  const stock = await fillStock(place, { courses: 1000, carts: 200 })
  const server = await startServer(place, { folder })
  await shop(server, stock, sleep(5000, '')) // what is compiled and known by then
  const courses = Number(options.courses)
  const phases: [what: string, during: () => Promise<string>][] = [
    ['nothing', () => sleep(3000, '')],
    ['new courses', () => imported({ place, courses, dearer: 0 })],
    ['the same again', () => imported({ place, courses, dearer: 0 })],
    ['other prices', () => imported({ place, courses, dearer: 100 })],
  ]
  for (const [what, during] of phases) {
    const began = performance.now()
    const { took, bought, failed, answer } = await shop(server, stock, during())
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    took.sort((a, b) => a - b)
    const at = (share: number) => took[Math.floor((took.length - 1) * share)]?.toFixed(0)
    rows.push({
      ...{ on: name, meanwhile: what, seconds, requests: took.length, bought, failed },
      ...{ 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'most ms': at(1) },
      'the import': answer,
    })
  }
  await server.end()
}
console.table(rows)
await database.stop()
rmSync(folder, { recursive: true })

/** Shoppers add lines, and buyers buy, until it is over. */
async function shop(
  { url }: Server,
  stock: Awaited<ReturnType<typeof fillStock>>,
  meanwhile: Promise<string>,
): Promise<{ took: number[]; bought: number; failed: number; answer: string }> {
  const { ask, close } = asker({ url, headers: { 'bursar-site': 'bench' } })
  const took: number[] = []
  let [n, bought, failed, isOver] = [0, 0, 0, false]
  const failure = () => {
    failed += 1
  }
  const shopper = async (): Promise<void> => {
    while (!isOver) {
      const began = performance.now()
      await scenarios
        .addLine(ask, stock, (list) => zipf(list), n++)
        .catch(() => {
          failed += 1
        })
      took.push(performance.now() - began)
      await sleep(THINKS_MS)
    }
  }
  const buyer = async (): Promise<void> => {
    while (!isOver) {
      await scenarios.purchase(ask, stock, (list) => zipf(list), n++).catch(failure)
      bought += 1
      await sleep(BUYER_THINKS_MS)
    }
  }
  const shoppers = [...Array.from({ length: SHOPPERS }, shopper), ...Array.from({ length: BUYERS }, buyer)]
  const answer = await meanwhile
  isOver = true
  await Promise.all(shoppers)
  close()
  return { took, bought, failed, answer }
}

/** What the import came to. */
async function imported(order: ImportOrder): Promise<string> {
  const execArgv = ['--disable-warning=ExperimentalWarning']
  const importer = fork(fileURLToPath(new URL('importer.ts', import.meta.url)), { execArgv })
  importer.send(order)
  const ended = once(importer, 'exit').then(([code]) => Promise.reject(new Error(`The import ended with ${code}.`)))
  const [answer] = await Promise.race([once(importer, 'message'), ended])
  ended.catch(() => {}) // later it may
  importer.kill()
  return String(answer)
}
