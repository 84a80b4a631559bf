import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localPlatformRecords } from '../local-platform/index.ts'
import { cartOf, names } from './race-buyers.ts'
import { raceFiles } from './race-commerce.ts'
import { RACE_KINDS, type RaceServers } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

const BUYERS = 12
const TEN_MINUTES = 10 * 60_000

/** Two processes of which one freezes in the middle of its work, far beyond its lease, and wakes; and clocks that disagree. */
describe.each(Object.entries(RACE_KINDS).filter(([name]) => name.endsWith('two processes')))('%s', (_name, serve) => {
  let shop: RaceShop
  let servers: RaceServers['servers']
  let files: ReturnType<typeof raceFiles>
  beforeEach(async () => {
    shop = await raceShop(async (folder) => {
      files = raceFiles(folder)
      const made = await serve(folder)
      servers = made.servers
      return made
    })
  })
  // Each ends with an examination of the books.
  afterEach(() => shop.end())

  /** Twelve orders of a course, paid and not delivered yet. */
  async function sell(): Promise<void> {
    const product = await shop.admin().products.create({
      ...{ type: 'course', title: 'Algebra', publication: {} },
      variants: [
        {
          ...{ name: 'verified', prices: [{ priceList: 'eur', amount: 4900 }] },
          fulfilment: { provider: 'campus', target: { course: 'AB101', mode: 'verified' } },
        },
      ],
    })
    const variantId = product.variants[0]?.id ?? ''
    const carts = await Promise.all(names(BUYERS).map((who, server) => cartOf(shop, who, { variantId, server })))
    await Promise.all(carts.map(({ buy }) => buy('algebra')))
    expect([shop.captures(), shop.enrolments()]).toEqual([BUYERS, 0])
  }

  /** Thaws a process until its work has ended: it may have been about to freeze when everything else was done. */
  async function thawed(pid: number, work: Promise<void>): Promise<void> {
    const thawing = setInterval(() => process.kill(pid, 'SIGCONT'), 50)
    await work.finally(() => clearInterval(thawing))
  }

  async function expectEachOnce(): Promise<void> {
    await shop.runJobs()
    const { enrolments, effects } = localPlatformRecords(files.platform)
    expect([enrolments.length, effects.length]).toEqual([BUYERS, BUYERS])
    expect(shop.captures()).toBe(BUYERS)
    const { queues } = await shop.admin().jobs.depth({})
    // The look at the processor's events comes again and again.
    expect(queues.filter(({ queue }) => !['payment.pull', 'keys.forget', 'carts.forget'].includes(queue))).toEqual([])
  }

  test.each(['freezeBefore', 'freezeAfter'] as const)(
    'a worker that freezes in a delivery and wakes after its lease does nothing twice: %s',
    async (moment) => {
      const [frozen, awake] = servers
      if (frozen.pid === undefined || awake === undefined) throw new Error('There are not two processes.')
      await sell()
      writeFileSync(files[moment], '')
      const work = frozen.runDue()
      while (existsSync(files[moment])) await sleep(5)
      // The other one's clock is ten minutes ahead from now on, and the lease is over by it.
      await awake.advance(TEN_MINUTES)
      await awake.runDue()
      expect(shop.enrolments()).toBe(BUYERS)
      await thawed(frozen.pid, work)
      await expectEachOnce()
    },
  )

  test('a clock that jumps ten minutes ahead, and one that stays, do nothing twice and leave nothing', async () => {
    const [first, second] = servers
    await sell()
    await first.advance(TEN_MINUTES)
    await Promise.all([first.runDue(), second?.runDue(), first.runDue(), second?.runDue()])
    await second?.advance(TEN_MINUTES)
    await expectEachOnce()
  })
})
