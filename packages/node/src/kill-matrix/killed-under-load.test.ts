import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultsOf } from '@bursar/core/testing'
import { afterEach, expect, test } from 'vitest'
import { testProcessorLog } from '../test-processor/index.ts'
import { startOwnPostgres } from '../testing/postgres-server.ts'
import { testDatabase } from '../testing/test-database.ts'
import { fillKillShop, KILL_SHOP, type KillPlace, type KillShop, killFiles, killShop } from './kill-shop.ts'
import { type LoadedShop, loadShop } from './load-shop.ts'
import { type KillServer, startKillServer } from './start-kill-server.ts'

const BUYERS = 8
/** Orders between one blow and the next. */
const ORDERS = process.env.BURSAR_LARGE === '1' ? 300 : 8
const MINUTE = 60_000

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test(
  'PostgreSQL killed while eight people buy from two servers: both go on by themselves, what was answered is there, and nobody pays twice',
  async () => {
    const postgres = await startOwnPostgres()
    ends.push(() => postgres.stop())
    const place = { folder: ownFolder(), database: postgres.url }
    const servers = await twoServers(place)
    const buying = buyers(servers)

    await buying.untilOrders(ORDERS)
    await postgres.kill()
    await buying.untilRefused(servers.map(({ url }) => url))
    await postgres.restart()
    await buying.untilOrders(ORDERS)
    await buying.end()

    for (const { child, url } of servers) {
      expect([child.exitCode, child.signalCode]).toEqual([null, null])
      expect((await fetch(`${url}/health/ready`)).status).toBe(200)
    }
    await close(servers)
    await expectSound(place, buying)
  },
  4 * MINUTE,
)

const places: Record<string, () => Promise<KillPlace>> = {
  SQLite: async () => ({ folder: ownFolder() }),
  PostgreSQL: async () => {
    const { url, end } = await testDatabase()
    ends.push(end)
    return { folder: ownFolder(), database: url }
  },
}

test.each(Object.entries(places))(
  'one of two servers killed in a charge while eight people buy, on %s: the other goes on, what was answered is there, and nobody pays twice',
  async (_name, makePlace) => {
    const place = await makePlace()
    // With a charge that it has not stored the answer of, and whatever else it has in hand.
    const servers = await twoServers(place, { KILL_AT: 's4_processor_answered', KILL_TIME: String(ORDERS / 2) })
    const [killed] = servers
    const buying = buyers(servers)

    await once(killed.child, 'exit')
    expect(killed.child.signalCode).toBe('SIGKILL')
    await buying.untilRefused([killed.url])
    await buying.untilOrders(ORDERS)
    servers[0] = await startKillServer(place)
    ends.push(async () => servers[0].child.kill('SIGKILL'))
    await buying.untilOrders(ORDERS)
    await buying.end()

    await close(servers)
    await expectSound(place, buying)
  },
  4 * MINUTE,
)

type Servers = [KillServer, KillServer]

/** Opens the shop, and serves it by two processes at once, of which the first is told more. */
async function twoServers(place: KillPlace, env?: NodeJS.ProcessEnv): Promise<Servers> {
  await inShop(place, 0, (shop) => fillKillShop(shop))
  const servers = await Promise.all([startKillServer(place, env), startKillServer(place)])
  ends.push(async () => {
    for (const { child } of servers) child.kill('SIGKILL')
  })
  return servers
}

/** Everybody asks both in turn, and the other one where one does not answer. */
const buyers = (servers: Servers): LoadedShop => loadShop(() => servers.map(({ url }) => url), BUYERS)

async function close(servers: Servers): Promise<void> {
  for (const { child } of servers) {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}

/** Every order that anybody was told of is there and paid, once, and so is no other. */
async function expectSound(place: KillPlace, { orders }: LoadedShop): Promise<void> {
  await inShop(place, 5 * MINUTE, async ({ commerce }) => {
    await commerce.jobs.runDue()
    const { admin } = commerce.as({ type: 'system', site: KILL_SHOP.site })
    const stored: string[] = []
    let cursor: string | undefined
    do {
      const page = await admin.orders.list({ limit: 100, cursor })
      stored.push(...page.items.filter(({ state }) => state === 'placed').map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(stored.toSorted()).toEqual([...orders].toSorted())
    const captured = testProcessorLog(killFiles(place.folder).processor).filter(({ effect }) => effect === 'captured')
    expect(captured.map(({ orderId }) => orderId).toSorted()).toEqual(stored.toSorted())
    const { findings } = await admin.reports.doctor({})
    expect(faultsOf(findings)).toEqual([])
  })
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-load-'))
  ends.push(async () => rmSync(folder, { recursive: true }))
  return folder
}

async function inShop<T>(place: KillPlace, laterMs: number, look: (shop: KillShop) => Promise<T>): Promise<T> {
  const shop = await killShop(place, { laterMs })
  try {
    return await look(shop)
  } finally {
    await shop.commerce.close()
    shop.processor.close()
    shop.platform.close()
  }
}
