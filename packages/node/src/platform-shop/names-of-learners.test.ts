import { memoryStorage } from '@bursar/core'
import { testRuntime } from '@bursar/core/testing'
import { expect, test } from 'vitest'
import { openedx } from '../openedx/index.ts'
import { memoryLogger } from '../testing/memory-logger.ts'
import { platformShop } from './platform-shop.ts'

const COURSE = 'course-v1:Example+C1+2026'
const TARGET = { course: COURSE, mode: 'verified' }

/** What Open edX says of a learner, by id, whatever it is asked. */
const MISHAPS: Record<string, (learner: string) => Response | Promise<Response>> = {
  'cannot be reached': () => {
    throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })
  },
  hangs: () => new Promise<Response>(() => {}),
  'knows nobody of that name': (learner) =>
    Response.json({ message: `User ${learner.toUpperCase()} does not exist` }, { status: 400 }),
  'refuses a login by its own words': (learner) => Response.json({ detail: `${learner}: 403` }, { status: 403 }),
  'breaks down over the address': (learner) =>
    Response.json({ detail: `at /enrollment/${encodeURIComponent(learner)},c` }, { status: 500 }),
  'tells at length': (learner) => Response.json({ detail: `${'x '.repeat(243)}${learner}` }, { status: 400 }),
  'is elsewhere now': (learner) =>
    new Response(null, { status: 302, headers: { location: `https://new.example/u/${encodeURIComponent(learner)}` } }),
  'writes the name otherwise': (learner) => Response.json(enrolment(learner.toUpperCase(), 'verified')),
}

const enrolment = (user: string, mode: string) => ({
  ...{ user, mode, is_active: mode !== 'none', course_details: { course_id: COURSE } },
})

const LEARNERS = ['maria.schmidt', 'maria.schmidt@example.org']

test.each(Object.keys(MISHAPS).flatMap((mishap) => LEARNERS.map((learner) => ({ mishap, learner }))))(
  'of a platform that $mishap, no grant, job or log names $learner, and the doctor finds nothing broken',
  async ({ mishap, learner }) => {
    const logger = memoryLogger()
    let isWell = true
    let mode = 'none'
    const fetch = async (request: URL | string | Request) => {
      const { url, method } = new Request(request)
      if (url.endsWith('access_token')) return Response.json({ access_token: 'token', expires_in: 3600 })
      if (!isWell) return (MISHAPS[mishap] ?? Response.error)(learner)
      if (method === 'POST') mode = 'verified'
      return Response.json(enrolment(learner, mode))
    }
    const lms = { baseUrl: 'https://lms.example.org', clientId: 'bursar', clientSecret: 'secret' }
    const platform = openedx({ ...lms, fetch, timeoutMs: 20, requestsPerMinute: 100_000 })
    const shop = await platformShop({ storage: memoryStorage(), runtime: testRuntime(), platform, logger })
    const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
    const buy = async () => {
      const variantId = await shop.addVariant({ target: TARGET })
      const { id } = await shop.buy({ variantId, learner, account: 'invoice' })
      await shop.runDue()
      return id
    }
    const open = async () => {
      const states = ['queued', 'parked', 'withdrawing', 'withdraw_parked'] as const
      const lists = await Promise.all(states.map((state) => admin.grants.list({ state })))
      return lists.flatMap(({ items }) => items.map(({ record }) => record))
    }
    const kept = async () => {
      const jobs = await Promise.all((['waiting', 'parked'] as const).map((state) => admin.jobs.list({ state })))
      return JSON.stringify([await open(), jobs, logger.lines])
    }
    const delivered = await buy()
    isWell = false
    await buy()
    await admin.orders.cancel({ orderId: delivered, reason: 'never paid' })
    await shop.runDue()
    expect((await open()).map(({ reason }) => typeof reason)).toEqual(['string', 'string'])
    expect(await kept()).not.toMatch(/maria/i)
    expect((await admin.reports.doctor({})).findings.filter(({ severity }) => severity === 'broken')).toEqual([])
    const { record } = await admin.customers.put({ hostId: learner })
    await admin.customers.erase({ customerId: record.id })
    expect(await kept()).not.toMatch(/maria/i)
  },
)
