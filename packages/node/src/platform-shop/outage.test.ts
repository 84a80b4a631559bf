import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeliverGrant, type LearningPlatform, memoryStorage, type Storage } from '@bursar/core'
import type { OrderView } from '@bursar/core/client'
import { type SimulatedPlatform, simulatedPlatform, type TestRuntime, testRuntime } from '@bursar/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { sqliteStorage } from '../sqlite/index.ts'
import { platformShop } from './platform-shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'bursar-outage-'))
afterAll(() => rmSync(folder, { recursive: true }))

const storages: [string, () => Storage][] = [
  ['memory', () => memoryStorage()],
  ['SQLite', () => sqliteStorage({ file: join(folder, 'shop.db') })],
]

const NOW = '2026-06-01T00:00:00.000Z'
const SECOND = 1000
/** Deliveries of one quarter of a day have one priority, in milliseconds. */
const QUARTER = 6 * 60 * 60 * SECOND
/** When the courses begin; null: at any time. The fourth has begun. */
const STARTS = ['2026-06-20T09:00:00.000Z', '2026-06-03T09:00:00.000Z', null, '2026-05-01T09:00:00.000Z'] as const
/** So many deliveries a minute, and no more. */
const PER_MINUTE = 6

interface Line {
  /** While down it answers nothing. */
  isDown: boolean
  /** Calls that came while it was down, and calls that were too many. */
  calls: { down: number; tooMany: number }
}

/** The platform behind a line that can be cut, and a limit. */
function behindLine(platform: SimulatedPlatform, runtime: TestRuntime): LearningPlatform & { line: Line } {
  const line: Line = { isDown: false, calls: { down: 0, tooMany: 0 } }
  let recent: number[] = []
  const deliver = async (grant: DeliverGrant) => {
    if (line.isDown) {
      line.calls.down += 1
      return { outcome: 'unknown', reason: 'connect ECONNREFUSED' } as const
    }
    const now = Date.parse(runtime.now())
    recent = recent.filter((at) => at > now - 60 * SECOND)
    const [oldest = now] = recent
    if (recent.length >= PER_MINUTE) {
      line.calls.tooMany += 1
      return { outcome: 'unknown', reason: 'throttled', retryAfterMs: oldest + 60 * SECOND - now } as const
    }
    recent.push(now)
    return platform.deliver(grant)
  }
  return { ...platform, deliver, line }
}

describe.each(storages)('while the platform is down for an hour, on %s,', (_, makeStorage) => {
  test('twenty orders complete, and each is delivered once when it is back, by nearest start or sale, site by site', async () => {
    const runtime = testRuntime({ now: NOW })
    const courses = STARTS.map((_start, index) => ({ id: `course-${index}`, modes: [{ mode: 'verified' as const }] }))
    const platform = simulatedPlatform({ runtime, courses })
    const behind = behindLine(platform, runtime)
    const shop = await platformShop({ storage: makeStorage(), runtime, platform: behind })
    const variants: string[] = []
    for (const [index, serviceStart] of STARTS.entries()) {
      variants.push(await shop.addVariant({ target: { course: `course-${index}`, mode: 'verified' }, serviceStart }))
    }
    const tick = async (seconds: number) => {
      await runtime.advance(seconds * SECOND)
      await shop.runDue()
    }

    behind.line.isDown = true
    const bought: { order: OrderView; learner: string; site: 'main' | 'second'; start: string | null }[] = []
    for (let n = 0; n < 20; n += 1) {
      const [learner, site] = [`learner-${n}`, n % 3 === 2 ? ('second' as const) : ('main' as const)]
      const order = await shop.buy({ variantId: variants[n % 4] ?? '', learner, site })
      expect(order).toMatchObject({ state: 'placed', money: { state: 'paid' }, delivery: 'queued' })
      bought.push({ order, learner, site, start: STARTS[n % 4] ?? null })
      for (let second = 0; second < 180; second += 5) await tick(5)
    }
    expect(runtime.now() >= '2026-06-01T01:00:00.000Z').toBe(true)

    for (const { order, learner, site } of bought) {
      const [line] = (await shop.order({ id: order.id, learner, site })).lines
      const [delivery] = line?.deliveries ?? []
      expect(delivery).toMatchObject({ state: 'queued', delay: { reason: 'not_answering' } })
      const { nextAttemptAt, message } = delivery?.delay ?? {}
      expect(nextAttemptAt === null || (nextAttemptAt && nextAttemptAt > runtime.now()), 'no instant is past').toBe(
        true,
      )
      const then = nextAttemptAt ? `It is tried again at ${nextAttemptAt}.` : 'You get it as soon as it answers.'
      expect(message).toBe(`The platform is not answering. ${then}`)
    }
    expect(platform.log()).toEqual([])
    console.info(`calls while it was down: ${behind.line.calls.down}`)
    // Once a minute, and a few until it is taken to be down: not twenty grants each for itself.
    expect(behind.line.calls.down).toBeLessThan(90)

    behind.line.isDown = false
    for (let minute = 0; minute < 6 * 60; minute += 5) await tick(5)
    const effects = platform.log()
    console.info(`throttled: ${behind.line.calls.tooMany}; delivered from ${effects[0]?.at} to ${effects.at(-1)?.at}`)
    const grants = new Map<string, number>()
    for (const { grantId } of effects) grants.set(grantId, (grants.get(grantId) ?? 0) + 1)
    expect([...grants.values()]).toEqual(Array.from({ length: 20 }, () => 1))
    for (const { order, learner, site } of bought) {
      const now = await shop.order({ id: order.id, learner, site })
      expect(now).toMatchObject({ state: 'placed', delivery: 'delivered' })
      expect(now.lines[0]?.deliveries[0]?.delay).toBeNull()
    }

    const firstUse = ({ start, order }: (typeof bought)[number]) =>
      start !== null && start > order.createdAt ? start : order.createdAt
    // Those that asked meanwhile go behind the others of their quarter of a day.
    const quarters = (site: string) =>
      new Map(
        bought
          .filter((one) => one.site === site)
          .map((one) => [one.learner, Math.floor(Date.parse(firstUse(one)) / QUARTER)] as const),
      )
    const delivered = effects.map(({ learner }) => learner)
    const siteOf = new Map(bought.map(({ learner, site }) => [learner, site]))
    for (const site of ['main', 'second']) {
      const order = delivered
        .filter((learner) => siteOf.get(learner) === site)
        .map((learner) => quarters(site).get(learner))
      expect(order).toEqual(order.toSorted((a = 0, b = 0) => a - b))
    }
    const inTurn = delivered.slice(0, 12).map((learner) => siteOf.get(learner))
    expect(
      inTurn.filter((site) => site === 'second'),
      'the small site has its turns',
    ).toHaveLength(6)

    const { findings } = await shop.commerce.as({ type: 'system', site: 'main' }).admin.reports.doctor({})
    expect(findings.filter(({ severity }) => severity === 'broken')).toEqual([])
    await shop.commerce.close()
  })
})
