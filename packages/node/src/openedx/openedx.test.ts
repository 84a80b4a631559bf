import type { DeliverGrant, Json } from '@bursar/core'
import {
  chooseCases,
  fulfilmentProviderAbilities,
  fulfilmentProviderContract,
  type LearningPlatformBench,
  learningPlatformAbilities,
  learningPlatformContract,
  testRuntime,
} from '@bursar/core/testing'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { resilient } from '../resilience.ts'
import { FakeLms, LMS, type LmsCourse } from '../testing/fake-lms.ts'
import type { CatalogRecord } from './import-records.ts'
import { type OpenEdxOptions, openedx } from './openedx.ts'

const NOW = '2026-06-01T00:00:00.000Z'
const PLAIN = 'course-v1:Example+PLAIN+2026'
const DEGREES = 'course-v1:Example+DEGREES+2026'
const EXPIRED = 'course-v1:Example+EXPIRED+2026'
const CLOSED = 'course-v1:Example+CLOSED+2026'
const FULL = 'course-v1:Example+FULL+2026'

const COURSES: readonly LmsCourse[] = [
  {
    id: PLAIN,
    name: 'Plain',
    start: '2026-07-01T08:00:00Z',
    modes: [{ slug: 'audit' }, { slug: 'verified', price: 49 }],
  },
  { id: DEGREES, modes: [{ slug: 'audit' }, { slug: 'verified' }, { slug: 'credit' }] },
  { id: EXPIRED, modes: [{ slug: 'audit' }, { slug: 'verified', expires: '2026-05-01T00:00:00.000Z' }] },
  { id: CLOSED, modes: [{ slug: 'verified' }], enrolmentEnd: '2026-05-01T00:00:00Z' },
  { id: FULL, modes: [{ slug: 'verified' }], isFull: true },
]

const peer = setupServer()
beforeAll(() => peer.listen({ onUnhandledFrame: 'error' }))
afterEach(() => peer.resetHandlers())
afterAll(() => peer.close())

function setUp(options: Partial<OpenEdxOptions> = {}) {
  const lms = new FakeLms(NOW, COURSES)
  peer.resetHandlers(...lms.handlers())
  const platform = openedx({
    ...{ baseUrl: `${LMS}/`, clientId: 'bursar', clientSecret: 'secret', requestsPerMinute: 100_000 },
    ...{ runtime: testRuntime({ now: NOW }), timeoutMs: 500 },
    ...options,
  })
  return { lms, platform }
}

const ann = { customerId: 'cus_1', learnerId: 'ann', email: null, name: null }
const target = (course: string, mode: string) => ({ course, mode })
const CREDIT = { ...target(DEGREES, 'credit'), creditProvider: 'asu' }

function grant(own: Partial<DeliverGrant> = {}): DeliverGrant {
  return {
    ...{ grantId: 'grt_1', operator: 'acme', recipient: ann, target: target(DEGREES, 'verified'), orderNumber: 'A-1' },
    ...{ soldAt: '2026-05-20T00:00:00.000Z', before: null, remember: async () => {} },
    ...own,
  }
}

const taken = (course: string, mode: string, more: { before?: Json; remaining?: readonly Json[] } = {}) => ({
  ...{ grantId: 'grt_1', operator: 'acme', recipient: ann, target: target(course, mode) },
  ...{ before: null, remaining: [], ...more },
})

function makeBench(): LearningPlatformBench {
  const { lms, platform } = setUp({ username: ({ learnerId, customerId }) => learnerId ?? customerId })
  const userOf = ({ learnerId, customerId }: typeof ann | DeliverGrant['recipient']) => learnerId ?? customerId
  const read = (value: Json) => value as ReturnType<typeof target> // the bench's own targets
  return {
    // The order's number stands with each change there: it names the grant, so that changes can be counted.
    provider: { ...platform, deliver: (one) => platform.deliver({ ...one, orderNumber: one.grantId }) },
    target: target(PLAIN, 'verified'),
    degrees: { lower: target(DEGREES, 'verified'), higher: CREDIT },
    expired: {
      target: target(EXPIRED, 'verified'),
      soldBefore: '2026-04-30T23:59:59.999Z',
      soldAfter: '2026-05-01T00:00:00.000Z',
    },
    wrongTargets: [
      ...[PLAIN, { course: PLAIN }, target(PLAIN, 'gold'), target('a course', 'audit')],
      ...[
        { ...CREDIT, creditProvider: '' },
        { ...target(PLAIN, 'verified'), creditProvider: 'asu' },
      ],
    ],
    remembersGrants: false,
    has: async (recipient, value) => lms.modeOf(userOf(recipient), read(value).course),
    giveDirectly: async (recipient, value) => lms.enrol(userOf(recipient), read(value).course, read(value).mode),
    changesBy: async (grantId) => lms.changes.filter(({ order }) => order === grantId).length,
    breakNext: async (call, when) => {
      if (call !== 'ask') return lms.mishap('write', when === 'before' ? 'lost' : 'error_after')
      lms.mishap('ask', 'lost')
    },
  }
}

describe('Open edX', () => {
  const provider = chooseCases(fulfilmentProviderContract, fulfilmentProviderAbilities(makeBench()))
  test.each(provider.run)('$name', ({ run: check }) => check(makeBench()))
  test('is asked all that can be asked of one that keeps no grants', () => {
    console.info(provider.leftOut.map(({ name, missing }) => `left out for want of ${missing}: ${name}`).join('\n'))
    const wants = new Set(provider.leftOut.flatMap(({ missing }) => missing))
    expect([...wants].sort()).toEqual(['pending', 'remembersGrants'])
  })
  const learning = chooseCases(learningPlatformContract, learningPlatformAbilities(makeBench()))
  test.each(learning.run)('$name', ({ run: check }) => check(makeBench()))
  test('is asked all about learners', () => expect(learning.leftOut).toEqual([]))
})

describe('a delivery', () => {
  test('to somebody who is enrolled in that mode changes nothing', async () => {
    const { lms, platform } = setUp()
    lms.enrol('ann', DEGREES, 'verified')
    const before = { enrolled: true, mode: 'verified' }
    expect(await platform.deliver(grant())).toEqual({ outcome: 'done', before })
    expect(lms.changes).toEqual([])
  })

  test('raises a lower mode, leaves a higher one, and carries the order’s number', async () => {
    const { lms, platform } = setUp()
    lms.enrol('ann', DEGREES, 'audit')
    expect(await platform.deliver(grant())).toEqual({ outcome: 'done', before: { enrolled: true, mode: 'audit' } })
    const change = { user: 'ann', course: DEGREES, order: 'A-1', mode: 'verified', isActive: true }
    expect(lms.changes).toEqual([change])
    lms.enrol('ann', DEGREES, 'credit')
    expect(await platform.deliver(grant())).toMatchObject({ outcome: 'done' })
    expect(lms.modeOf('ann', DEGREES)).toBe('credit')
  })

  test('is repeated after the mode’s deadline without a second effect', async () => {
    const { lms, platform } = setUp()
    lms.now = '2026-04-30T00:00:00.000Z'
    const late = grant({ target: target(EXPIRED, 'verified'), soldAt: '2026-04-29T00:00:00.000Z' })
    expect(await platform.deliver(late)).toMatchObject({ outcome: 'done' })
    lms.now = NOW
    expect(await platform.deliver(late)).toMatchObject({ outcome: 'done' })
    expect(lms.changes).toHaveLength(1)
  })

  test('is made for the first time after the deadline by force, where it was sold before it', async () => {
    const { lms, platform } = setUp()
    const late = grant({ target: target(EXPIRED, 'verified'), soldAt: '2026-04-29T00:00:00.000Z' })
    expect(platform.lateGrant).toBe('privileged')
    expect(await platform.deliver(late)).toMatchObject({ outcome: 'done' })
    expect(lms.modeOf('ann', EXPIRED)).toBe('verified')
    const closed = { target: target(CLOSED, 'verified'), soldAt: '2026-04-29T00:00:00.000Z' }
    expect(await platform.deliver(grant(closed))).toMatchObject({ outcome: 'done' })
    const soldLate = { ...closed, recipient: { ...ann, learnerId: 'bob' }, soldAt: '2026-05-01T00:00:00.000Z' }
    expect(await platform.deliver(grant(soldLate))).toMatchObject({ outcome: 'refused' })
  })

  test.each([
    ['the shop may not force', { forcesLateGrants: false }, () => {}],
    ['the release does not know force', {}, (lms: FakeLms) => lms.forgetForce()],
  ])('after the deadline is left to staff where %s', async (_, options, change) => {
    const { lms, platform } = setUp(options)
    change(lms)
    const late = grant({ target: target(EXPIRED, 'verified'), soldAt: '2026-04-29T00:00:00.000Z' })
    const reason = expect.stringContaining('deadline_passed')
    expect(await platform.deliver(late)).toEqual({ outcome: 'refused', reason })
    expect(lms.changes).toEqual([])
  })

  test.each([
    ['an unknown learner', { recipient: { ...ann, learnerId: 'nobody' } }, 'learner_unknown'],
    ['somebody without an account', { recipient: { ...ann, learnerId: null } }, 'learner_unknown'],
    ['an unknown course', { target: target('course-v1:No+Such+Course', 'audit') }, 'course_unknown'],
    ['a mode that the course has not', { target: target(PLAIN, 'masters') }, 'mode_unknown'],
    ['a full course', { target: target(FULL, 'verified') }, 'course_full'],
  ])('of %s is refused, with the reason', async (_, own, code) => {
    const { lms, platform } = setUp()
    expect(await platform.deliver(grant(own))).toEqual({ outcome: 'refused', reason: expect.stringContaining(code) })
    expect(lms.changes).toEqual([])
  })

  test('for credit names its provider', async () => {
    const { lms, platform } = setUp()
    expect(await platform.deliver(grant({ target: CREDIT }))).toMatchObject({ outcome: 'done' })
    expect(lms.modeOf('ann', DEGREES)).toBe('credit')
    const without = target(DEGREES, 'credit')
    expect(platform.checkTarget(without)).toContain('creditProvider is missing')
    expect(await platform.deliver(grant({ target: without }))).toMatchObject({ outcome: 'refused' })
    // One of before is taken back all the same.
    expect(await platform.withdraw(taken(DEGREES, 'credit'))).toEqual({ outcome: 'done' })
    expect(lms.modeOf('ann', DEGREES)).toBeNull()
  })

  test('that is refused for what no deadline explains has the platform’s own words', async () => {
    const { platform } = setUp()
    const message = 'Your school asks for a consent first.'
    peer.use(http.post(`${LMS}/api/enrollment/v1/enrollment`, () => HttpResponse.json({ message }, { status: 400 })))
    const reason = expect.stringContaining(message)
    expect(await platform.deliver(grant())).toEqual({ outcome: 'refused', reason })
  })

  test('to a name that the platform writes in other case is left to staff, and so is a key that it cannot read', async () => {
    const { lms, platform } = setUp()
    lms.enrol('ann', DEGREES, 'audit')
    const shouted = grant({ recipient: { ...ann, learnerId: 'ANN' } })
    const unreadable = grant({ target: target('no-key', 'audit') })
    for (const [one, code] of [
      [shouted, 'learner_unknown'],
      [unreadable, 'not_read'],
    ] as const) {
      expect(await platform.deliver(one)).toEqual({ outcome: 'refused', reason: expect.stringContaining(code) })
    }
    expect(lms.changes).toEqual([])
  })

  test('by a service user without rights is never taken for done', async () => {
    const { lms, platform } = setUp()
    lms.isStaff = false
    expect(await platform.deliver(grant())).toMatchObject({ outcome: 'refused' })
    lms.enrol('ann', DEGREES, 'audit')
    const reason = expect.stringContaining('mode_kept')
    expect(await platform.deliver(grant())).toEqual({ outcome: 'refused', reason })
  })

  test('to somebody in a mode that is not known is left to staff', async () => {
    const { lms, platform } = setUp()
    lms.enrol('ann', DEGREES, 'executive-education')
    expect(await platform.deliver(grant())).toMatchObject({ outcome: 'refused' })
    expect(lms.modeOf('ann', DEGREES)).toBe('executive-education')
  })

  test.each([
    ['another user in the answer', 'other_user', 'another user'],
    ['a page with status 200', 'page', 'a page came'],
    ['a redirect to the login page', 'login', `redirects to ${LMS}/login`],
    ['a broken connection', 'lost', ''],
    ['a server error after it acted', 'error_after', '500'],
    ['a broken connection after it acted', 'lost_after', ''],
  ] as const)('that gets %s is unknown, and is done once when repeated', async (_, mishap, reason) => {
    for (const kind of ['read', 'write'] as const) {
      const { lms, platform } = setUp()
      lms.enrol('ann', DEGREES, 'audit')
      lms.mishap(kind, mishap)
      const remembered: Json[] = []
      const one = grant({ remember: async (state) => void remembered.push(state) })
      const first = await platform.deliver(one)
      expect(first).toEqual({ outcome: 'unknown', reason: expect.stringContaining(reason) })
      const before = remembered[0] ?? null
      expect(await platform.deliver({ ...one, before })).toEqual({
        outcome: 'done',
        before: { enrolled: true, mode: 'audit' },
      })
      expect(lms.changes).toHaveLength(1)
    }
  })

  test('that is throttled says when to come again', async () => {
    const { lms, platform } = setUp()
    lms.mishap('write', 'throttled')
    const reason = expect.stringContaining('throttled')
    expect(await platform.deliver(grant())).toEqual({ outcome: 'unknown', reason, retryAfterMs: 17_000 })
  })

  test('that takes too long is unknown', async () => {
    const { platform } = setUp({ timeoutMs: 20, fetch: () => new Promise<never>(() => {}) })
    expect(await platform.deliver(grant())).toMatchObject({ outcome: 'unknown' })
  })

  test('whose answer stops halfway is unknown', async () => {
    const fetch = async (request: URL | string | Request) => {
      const { signal } = new Request(request)
      const start = (body: ReadableStreamDefaultController) =>
        signal.addEventListener('abort', () => body.error(signal.reason))
      return new Response(new ReadableStream({ start }))
    }
    const { platform } = setUp({ timeoutMs: 20, fetch })
    expect(await platform.deliver(grant())).toMatchObject({ outcome: 'unknown' })
  })
})

describe('a withdrawal', () => {
  test('returns the learner to the audit enrolment that they had', async () => {
    const { lms, platform } = setUp()
    lms.enrol('ann', DEGREES, 'audit')
    const answer = await platform.deliver(grant())
    const before = answer.outcome === 'done' ? (answer.before ?? null) : null
    expect(await platform.withdraw(taken(DEGREES, 'verified', { before }))).toEqual({ outcome: 'done' })
    expect(lms.modeOf('ann', DEGREES)).toBe('audit')
  })

  test('unenrols whoever was not enrolled, and never enrols anybody to do so', async () => {
    const { lms, platform } = setUp()
    await platform.deliver(grant())
    expect(await platform.withdraw(taken(DEGREES, 'verified'))).toEqual({ outcome: 'done' })
    expect(await platform.withdraw(taken(DEGREES, 'verified'))).toEqual({ outcome: 'done' })
    expect(lms.changes.map(({ isActive }) => isActive)).toEqual([true, false])
  })

  test('leaves a mode that somebody else has given since', async () => {
    const { lms, platform } = setUp()
    await platform.deliver(grant())
    lms.enrol('ann', DEGREES, 'credit')
    expect(await platform.withdraw(taken(DEGREES, 'verified'))).toEqual({ outcome: 'done' })
    expect(lms.modeOf('ann', DEGREES)).toBe('credit')
  })

  test('returns to a mode whose deadline has passed since', async () => {
    const { lms, platform } = setUp()
    lms.enrol('ann', EXPIRED, 'masters')
    const remaining = [target(EXPIRED, 'verified')]
    expect(await platform.withdraw(taken(EXPIRED, 'masters', { remaining }))).toEqual({ outcome: 'done' })
    expect(lms.modeOf('ann', EXPIRED)).toBe('verified')
  })
})

describe('the line to the platform', () => {
  test.each([0, 1.5, 2 ** 31, Number.POSITIVE_INFINITY])('is not made with a time limit of %s', (timeoutMs) => {
    const options = { baseUrl: 'https://learn.example.org', clientId: 'bursar', clientSecret: 'secret', timeoutMs }
    expect(() => openedx(options)).toThrow(/^openedx: timeoutMs must be a whole number, 1 to 2147483647/)
  })

  test('asks for one token, and for one new one when it has expired', async () => {
    const { lms, platform } = setUp()
    await Promise.all([platform.deliver(grant()), platform.list(ann), platform.list(ann)])
    expect(lms.tokens).toBe(1)
    lms.mishap('read', 'expired')
    expect(await platform.deliver(grant())).toMatchObject({ outcome: 'done' })
    expect(lms.tokens).toBe(2)
    lms.mishap('read', 'expired')
    lms.mishap('read', 'expired')
    expect(await platform.deliver(grant())).toMatchObject({ outcome: 'unknown' })
    expect(lms.tokens).toBe(3)
  })

  test('a wrong secret parks nothing: it is unknown until it is set right', async () => {
    const { platform } = setUp({ clientSecret: 'wrong' })
    expect(await platform.deliver(grant())).toEqual({ outcome: 'unknown', reason: 'no token: 401: invalid_client' })
  })

  test('keeps to the rate, however much is asked', async () => {
    vi.useFakeTimers()
    try {
      const at: number[] = []
      const fetch = async (request: URL | string | Request) => {
        at.push(Date.now())
        const isToken = String(request instanceof Request ? request.url : request).endsWith('access_token')
        return Response.json(isToken ? { access_token: 'a', expires_in: 36_000 } : null)
      }
      const { platform } = setUp({ requestsPerMinute: 60, fetch })
      const answers = Promise.all(Array.from({ length: 200 }, () => platform.refundFacts(ann, target(PLAIN, 'audit'))))
      await vi.advanceTimersByTimeAsync(10 * 60_000)
      await answers
      expect(at).toHaveLength(201)
      for (const start of at) expect(at.filter((one) => one >= start && one < start + 60_000).length).toBeLessThan(61)
    } finally {
      vi.useRealTimers()
    }
  })

  describe('while more is asked than the rate allows', () => {
    /** A platform of six requests in six seconds, or another rate, and the paths that it was asked for. */
    function busy(options: Partial<OpenEdxOptions> = {}) {
      vi.useFakeTimers()
      const asked: string[] = []
      const fetch = async (request: URL | string | Request) => {
        const { method, url } = new Request(request)
        asked.push(url.includes('access_token') ? 'token' : url.includes('user=') ? 'list' : method)
        const row = { user: 'ann', mode: 'verified', is_active: true, course_details: { course_id: DEGREES } }
        if (url.includes('access_token')) return Response.json({ access_token: 'a', expires_in: 36_000 })
        return Response.json(url.includes('user=') ? [] : method === 'POST' ? row : null)
      }
      const { platform } = setUp({ requestsPerMinute: 60, timeoutMs: 10_000, fetch, ...options })
      const ask = (options?: { signal: AbortSignal }) => platform.ownership(ann, [target(PLAIN, 'audit')], options)
      return { platform, asked, ask }
    }
    afterEach(() => void vi.useRealTimers())

    test('what is delivered goes first, and questions take half of it', async () => {
      const { platform, asked, ask } = busy()
      for (let shopper = 0; shopper < 200; shopper++) void ask()
      await vi.advanceTimersByTimeAsync(59_999)
      expect(asked.filter((one) => one === 'list').length).toBeLessThan(31)
      const delivered = Array.from({ length: 4 }, () => platform.deliver(grant()))
      await vi.advanceTimersByTimeAsync(6000)
      expect(await Promise.all(delivered)).toMatchObject(delivered.map(() => ({ outcome: 'done' })))
      await vi.advanceTimersByTimeAsync(10 * 60_000)
      expect(asked.filter((one) => one === 'list')).toHaveLength(200)
    })

    test('what waits for its turn is no silence: each delivery is made, and no circuit opens', async () => {
      const { platform, asked } = busy({ requestsPerMinute: 20 })
      const limited = resilient(platform)
      const delivered = Array.from({ length: 8 }, (_, place) => limited.deliver(grant({ grantId: `grt_${place}` })))
      await vi.advanceTimersByTimeAsync(60_000)
      expect(await Promise.all(delivered)).toMatchObject(delivered.map(() => ({ outcome: 'done' })))
      expect(asked.filter((one) => one === 'POST')).toHaveLength(8)
    })

    test('a question that nobody waits for any more takes nothing of it', async () => {
      const { asked, ask } = busy()
      const gone = new AbortController()
      const answers = Array.from({ length: 50 }, () => ask({ signal: gone.signal }))
      await vi.advanceTimersByTimeAsync(2500)
      const before = asked.length
      gone.abort()
      const late = ask()
      await vi.advanceTimersByTimeAsync(6000)
      expect(await late).toMatchObject([{ outcome: 'not_owned' }])
      expect(asked).toHaveLength(before + 1)
      const last = (await Promise.all(answers)).at(-1)
      expect(last).toEqual([{ outcome: 'unknown', reason: 'not asked: nobody waits for it', isNotAsked: true }])
    })

    test('the token that a question asked for serves the others, though nobody waits for that question', async () => {
      const { platform, ask } = busy()
      const gone = new AbortController()
      const asked = ask({ signal: gone.signal })
      const delivered = platform.deliver(grant())
      gone.abort()
      await vi.advanceTimersByTimeAsync(6000)
      expect(await delivered).toMatchObject({ outcome: 'done' })
      expect(await asked).toMatchObject([{ outcome: 'unknown' }])
    })
  })

  test.each([{ baseUrl: 'learn.example.org' }, { baseUrl: 'ftp://a.example' }, { requestsPerMinute: 0 }])(
    'needs a right set-up: %o',
    (wrong) => expect(() => setUp(wrong)).toThrow(),
  )
})

describe('the catalog', () => {
  test('has a record for each mode that can be sold by what it tells, from all pages', async () => {
    const { lms, platform } = setUp()
    lms.pageSize = 2
    const records: CatalogRecord[] = []
    for await (const record of platform.catalogRecords('campus')) records.push(record)
    expect(records.map(({ variantExternalId }) => variantExternalId)).toEqual(
      COURSES.flatMap(({ id, modes }) => modes.flatMap(({ slug }) => (slug === 'credit' ? [] : `${id}:${slug}`))),
    )
    expect(records[1]).toMatchObject({
      ...{ productExternalId: PLAIN, type: 'course', title: 'Plain', variantName: 'verified', price: '49' },
      ...{ currency: 'USD', serviceStart: '2026-07-01T08:00:00Z', fulfilmentProvider: 'campus' },
      fulfilmentTarget: { course: PLAIN, mode: 'verified' },
    })
  })

  test('is whole or not at all', async () => {
    const { lms, platform } = setUp()
    lms.mishap('list', 'page')
    await expect(async () => {
      for await (const _record of platform.catalogRecords('campus'));
    }).rejects.toThrow('Open edX: /api/courses/v1/courses/ gave no answer')
  })
})

describe('what is asked', () => {
  test('is read from all pages, inactive rows left out', async () => {
    const { lms, platform } = setUp()
    for (const { id } of COURSES) lms.enrol('ann', id, 'audit')
    lms.enrol('bob', PLAIN, 'verified')
    lms.rows.set(`ann,${FULL}`, { mode: 'verified', isActive: false, created: NOW })
    const expected = [PLAIN, DEGREES, EXPIRED, CLOSED].map((subject) => ({ subject, mode: 'audit' }))
    for (const pageSize of [null, 2, 100]) {
      lms.pageSize = pageSize
      expect(await platform.list(ann)).toEqual({ outcome: 'found', holdings: expected })
    }
  })

  test.each([
    ...['https://attacker.example/api?page=2', '//attacker.example/api?page=2', `${LMS}//attacker.example/api?page=2`],
    ...['/\\attacker.example/api?page=2', '\\\\attacker.example', 'mailto:@attacker.example', 'a:\\\\attacker.example'],
  ])('is asked of the LMS alone, whatever it says of the next page: %s', async (next) => {
    const asked: string[] = []
    const fetch = async (request: URL | string | Request) => {
      const { url } = new Request(request)
      asked.push(new URL(url).origin)
      if (url.endsWith('access_token')) return Response.json({ access_token: 'token', expires_in: 3600 })
      return Response.json({ results: [], next: asked.length < 4 ? next : null })
    }
    const { platform } = setUp({ fetch })
    expect(await platform.list(ann)).toEqual({ outcome: 'found', holdings: [] })
    expect(asked).toEqual([LMS, LMS, LMS, LMS])
  })

  test('of an LMS that writes a slash too much in its address is read from all pages', async () => {
    const { lms, platform } = setUp()
    for (const { id } of COURSES) lms.enrol('ann', id, 'audit')
    Object.assign(lms, { pageSize: 2, root: `${LMS}/` })
    expect(await platform.list(ann)).toMatchObject({ holdings: COURSES.map(({ id }) => ({ subject: id })) })
  })

  test.each(['lost', 'page', 'login', 'throttled'] as const)('is unknown when the answer is %s', async (mishap) => {
    const { lms, platform } = setUp()
    lms.enrol('ann', PLAIN, 'verified')
    const asked = target(PLAIN, 'verified')
    lms.mishap('list', mishap)
    expect(await platform.ownership(ann, [asked, asked])).toMatchObject([
      { outcome: 'unknown' },
      { outcome: 'unknown' },
    ])
    lms.mishap('list', mishap)
    expect(await platform.list(ann)).toMatchObject({ outcome: 'unknown' })
    lms.mishap('list', mishap)
    expect(await platform.eligible(ann, asked)).toMatchObject({ outcome: 'unknown' })
    lms.mishap('read', mishap)
    expect(await platform.refundFacts(ann, asked)).toMatchObject({ outcome: 'unknown' })
    expect(await platform.ownership(ann, [asked])).toMatchObject([{ outcome: 'owned', mode: 'verified' }])
  })

  test('has the facts that the platform tells', async () => {
    const { lms, platform } = setUp()
    lms.enrol('ann', PLAIN, 'verified')
    expect(await platform.refundFacts(ann, target(PLAIN, 'verified'))).toEqual({
      outcome: 'found',
      facts: { enrolledAt: NOW, startsAt: '2026-07-01T08:00:00.000Z', progress: null, hasCertificate: null },
    })
  })
})
