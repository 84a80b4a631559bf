import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localPlatformRecords } from '../local-platform/index.ts'
import { cartOf, everyOrder, names } from './race-buyers.ts'
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

  /** Orders of a course, paid and not delivered yet. */
  async function sell(buyers = BUYERS): Promise<void> {
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
    const carts = await Promise.all(names(buyers).map((who, server) => cartOf(shop, who, { variantId, server })))
    await Promise.all(carts.map(({ buy }) => buy('algebra')))
    expect([shop.captures(), shop.enrolments()]).toEqual([buyers, 0])
  }

  /** Thaws a process until its work has ended: it may have been about to freeze when everything else was done. */
  async function thawed(pid: number, work: Promise<unknown>): Promise<void> {
    const thawing = setInterval(() => process.kill(pid, 'SIGCONT'), 50)
    await work.finally(() => clearInterval(thawing))
  }

  async function expectEachOnce(buyers = BUYERS): Promise<void> {
    await shop.runJobs()
    const { enrolments, effects } = localPlatformRecords(files.platform)
    expect([enrolments.length, effects.length]).toEqual([buyers, buyers])
    expect(shop.captures()).toBe(buyers)
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

  test.each(['done', 'to be tried again'])(
    'a worker that wakes while another one holds the job changes nothing of that lease: its own was %s',
    async (late) => {
      const [frozen, awake] = servers
      if (frozen.pid === undefined || awake === undefined) throw new Error('There are not two processes.')
      await sell(1)
      writeFileSync(files.freezeAfter, '')
      if (late === 'to be tried again') writeFileSync(files.answerLost, '')
      const work = frozen.runDue()
      while (existsSync(files.freezeAfter)) await sleep(5)
      const gate = shop.close('delivering')
      await awake.advance(TEN_MINUTES)
      const other = awake.runDue()
      await gate.held(1)
      const query = { state: 'leased', queue: 'grant.deliver', limit: 9 } as const
      const leased = () => shop.look(({ jobs }) => jobs.list(query))
      const before = await leased()
      await thawed(frozen.pid, work)
      const after = await leased()
      gate.open()
      await other
      expect(before.items).toMatchObject([{ attempt: 2 }])
      expect(after).toEqual(before)
      await expectEachOnce(1)
    },
  )

  test.each(['freezeBeforeCharge', 'freezeAfterCharge'] as const)(
    'a server that freezes in a charge, whose buyer asks the other one ten minutes later, charges once: %s',
    async (moment) => {
      const [frozen, awake] = servers
      if (frozen.pid === undefined || awake === undefined) throw new Error('There are not two processes.')
      const { buy } = await cartOf(shop, 'ann')
      writeFileSync(files[moment], '')
      const buying = buy('the-same-key', 0)
      while (existsSync(files[moment])) await sleep(5)
      await awake.advance(TEN_MINUTES)
      await awake.runDue()
      const { order } = await buy('the-same-key', 1)
      await thawed(frozen.pid, buying)
      expect((await buying).order.id).toBe(order.id)
      await shop.advance(TEN_MINUTES)
      await shop.runJobs()
      expect(await everyOrder(shop)).toMatchObject([{ number: order.number, state: 'placed' }])
      expect(shop.captures()).toBe(1)
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
