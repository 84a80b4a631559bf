import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBursarError } from '@bursar/core'
import { faultsOf } from '@bursar/core/testing'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { testProcessorLog } from '../test-processor/index.ts'
import { askPostgres } from '../testing/ask-postgres.ts'
import { maySmallDisk, smallDisk } from '../testing/small-disk.ts'
import { fillRaceShop, type RaceVariants } from './fill-race-shop.ts'
import { raceCommerce, raceFiles } from './race-commerce.ts'
import { installRaceShop } from './race-kinds.ts'
import { openStorage, type RacePlace } from './race-place.ts'
import type { RaceServer } from './race-server.ts'
import { startRaceProcess } from './start-race-process.ts'

const BUYERS = 30
/** Buyers at once: the disk fills at another moment of each one's purchase. */
const WAVE = 6
const TEN_MINUTES = 10 * 60_000

/** A disk that can be full, and two processes whose shop is on it. */
interface Disk {
  /** Where the shop is. */
  readonly place: RacePlace
  /** Takes nearly all room. Answers what serves the shop from now on. */
  fill(servers: readonly RaceServer[]): Promise<readonly RaceServer[]>
  /** Is it full? Asked beside the shop. */
  isFull(): Promise<boolean>
  /** Gives room. Answers what serves the shop from now on. */
  makeRoom(servers: readonly RaceServer[]): Promise<readonly RaceServer[]>
  end(): Promise<void>
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-full-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Whether a file may grow is told to a process when it opens it. */
async function sqliteDisk(): Promise<Disk> {
  const place = { type: 'sqlite' } as const
  const again = async (servers: readonly RaceServer[], maxFileBytes?: number) => {
    for (const server of servers) await server.close()
    return twoProcesses({ ...place, maxFileBytes })
  }
  return {
    place,
    fill: (servers) => again(servers, statSync(raceFiles(folder).shop).size + 60 * 4096),
    isFull: async () => true,
    makeRoom: (servers) => again(servers),
    end: async () => {},
  }
}

/** The processes live through it. */
async function postgresDisk(): Promise<Disk> {
  const { url, fill, makeRoom, end } = await smallDisk(64)
  return {
    place: { type: 'postgres', url, schema: 'public' },
    async fill(servers) {
      fill(300_000)
      return servers
    },
    isFull: () =>
      askPostgres(url, 'create table large as select repeat(n::text, 500) from generate_series(1, 20000) as n').then(
        () => false,
        (error: { code?: string }) => error.code === '53100',
      ),
    async makeRoom(servers) {
      makeRoom()
      return servers
    },
    end,
  }
}

describe.each([
  { name: 'SQLite', diskOf: sqliteDisk, isAllowed: true },
  // Only root may mount a disk.
  { name: 'PostgreSQL', diskOf: postgresDisk, isAllowed: maySmallDisk() },
])('$name', ({ name, diskOf, isAllowed }) => {
  test.skipIf(!isAllowed)(
    'a disk that is full while thirty people buy from two processes: nobody is told anything but that it is unavailable, nobody pays twice, and all have what they bought once there is room',
    { timeout: 180_000 },
    async () => {
      const disk = await diskOf()
      onTestFinished(() => disk.end())
      const variants = await install(disk.place)
      let servers = await disk.fill(await twoProcesses(disk.place))
      const carts = new Map<number, string>()
      const first = await crowd((n) => buy(servers, { variants, n, carts }))
      expect(new Set(first.refused)).toEqual(new Set(['unavailable']))
      expect(await disk.isFull()).toBe(true)
      // What is there can be read.
      expect((await servers[1]?.guest('main').products.list({}))?.items.length).toBeGreaterThan(0)
      if (name === 'SQLite') expect(await ready(servers)).toEqual([503, 503])

      servers = await disk.makeRoom(servers)
      expect(await ready(servers)).toEqual([200, 200])
      const second = await crowd((n) => buy(servers, { variants, n, carts }))
      expect([second.refused, second.numbers.size]).toEqual([[], BUYERS])
      for (const [n, number] of first.numbers) expect(second.numbers.get(n)).toBe(number)
      for (const server of servers) await server.advance(TEN_MINUTES)
      await Promise.all(servers.map((server) => server.runDue()))
      const effects = testProcessorLog(raceFiles(folder).processor)
      expect(effects.filter(({ effect }) => effect === 'captured')).toHaveLength(BUYERS)
      const { findings } = (await servers[0]?.admin('main').reports.doctor({})) ?? {}
      expect(faultsOf(findings ?? [])).toEqual([])
      for (const server of servers) await server.close()
    },
  )
})

async function install(place: RacePlace): Promise<RaceVariants> {
  const { commerce, close } = raceCommerce(openStorage(place, raceFiles(folder).shop), folder)
  await installRaceShop(commerce)
  const variants = await fillRaceShop(commerce.as({ type: 'system', site: 'main' }).admin)
  await close()
  return variants
}

const twoProcesses = (place: RacePlace): Promise<readonly RaceServer[]> =>
  Promise.all([startRaceProcess(place, folder), startRaceProcess(place, folder)])

const ready = (servers: readonly RaceServer[]): Promise<number[]> =>
  Promise.all(servers.map(async ({ url }) => (await fetch(`${url}/health/ready`)).status))

/** One buyer: a cart, unless there is one already, and the checkout, with the same key each time. Answers the order's number. */
async function buy(
  servers: readonly RaceServer[],
  { variants, n, carts }: { variants: RaceVariants; n: number; carts: Map<number, string> },
): Promise<string> {
  const client = servers[n % servers.length]?.customer(`buyer-${n}`, 'main')
  if (client === undefined) throw new Error('There is no server.')
  const lines = [{ lineId: 'a', variantId: variants.workshops[n % 2] ?? '' }]
  const cartId = carts.get(n) ?? (await client.carts.create({ lines })).cart.id
  carts.set(n, cartId)
  const { order } = await client.carts.checkout(
    { cartId, expectedTotal: { amount: 1000, currency: 'EUR' }, paymentAccount: 'card', paymentToken: 'tok_approve' },
    { idempotencyKey: `the-key-of-buyer-${n}` },
  )
  return order.number
}

async function crowd(
  task: (n: number) => Promise<string>,
): Promise<{ numbers: Map<number, string>; refused: string[] }> {
  const numbers = new Map<number, string>()
  const refused: string[] = []
  for (let first = 0; first < BUYERS; first += WAVE) {
    const wave = await Promise.allSettled(Array.from({ length: WAVE }, (_, n) => task(first + n)))
    for (const [n, one] of wave.entries()) {
      if (one.status === 'fulfilled') numbers.set(first + n, one.value)
      else if (isBursarError(one.reason)) refused.push(one.reason.code)
      else throw one.reason
    }
  }
  return { numbers, refused }
}
