import { memoryStorage } from '@bursar/core'
import { COURSE_MODES, type CourseMode, simulatedPlatform, testRuntime } from '@bursar/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { platformShop } from './platform-shop.ts'

const LEARNER = 'ann'
const COURSES = ['course-a', 'course-b'] as const
/** What can be bought, by the modes that each gives in the two courses. */
const GOODS = [
  { gives: { 'course-a': 'verified' } },
  { gives: { 'course-a': 'credit' } },
  { gives: { 'course-b': 'verified' } },
  { gives: { 'course-a': 'honor', 'course-b': 'credit' } },
] as const satisfies readonly { gives: Partial<Record<(typeof COURSES)[number], CourseMode>> }[]

/** Two orders and more, in any order of buying, delivering, taking back and failing; at the end all is taken back. */
const step = fc.oneof(
  fc.record({ do: fc.constant('buy' as const), good: fc.nat(GOODS.length - 1) }),
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('work' as const) }),
  fc.record({
    do: fc.constant('fail' as const),
    call: fc.constantFrom('deliver' as const, 'withdraw' as const),
    how: fc.constantFrom('outage' as const, 'timeout_after' as const),
  }),
)

/** Seen to leave what nobody gave: what was queued counted already, and then took what that left for its state before. */
const BOUGHT_WHILE_OTHERS_END = [
  ...[0, 0].map((good) => ({ do: 'buy' as const, good })),
  { do: 'work' as const },
  { do: 'buy' as const, good: 0 },
  ...[0, 0].map((which) => ({ do: 'cancel' as const, which })),
]

const rank = (mode: CourseMode | null) => (mode === null ? -1 : COURSE_MODES.indexOf(mode))
const highest = (modes: readonly (CourseMode | null)[]) =>
  modes.reduce((best, mode) => (rank(mode) > rank(best) ? mode : best), null)

test('a learner has the highest of what live orders give and of what there was before the first of them', async () => {
  let withdrawals = 0
  const before = fc.constantFrom<CourseMode | null>(null, 'audit', 'verified')
  await fc.assert(
    fc.asyncProperty(before, before, fc.array(step, { minLength: 3, maxLength: 14 }), async (atA, atB, steps) => {
      const runtime = testRuntime({ now: '2026-06-01T00:00:00.000Z' })
      const modes = COURSE_MODES.map((mode) => ({ mode }))
      const platform = simulatedPlatform({ runtime, courses: COURSES.map((id) => ({ id, modes })) })
      const found = { 'course-a': atA, 'course-b': atB }
      for (const course of COURSES) platform.enrol({ learner: LEARNER, course, mode: found[course] })
      const shop = await platformShop({ storage: memoryStorage(), runtime, platform })
      const single = (course: string, mode: string) => shop.addVariant({ target: { course, mode } })
      const variants = [
        await single('course-a', 'verified'),
        await single('course-a', 'credit'),
        await single('course-b', 'verified'),
        await shop.addVariant({
          type: 'program',
          parts: [await single('course-a', 'honor'), await single('course-b', 'credit')],
        }),
      ]
      const live: { id: string; good: number }[] = []
      const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
      const modeAt = (course: string) => platform.enrolments().find((one) => one.course === course)?.mode ?? null
      const settle = async () => {
        for (let tries = 0; tries < 30; tries += 1) {
          await shop.runDue()
          await runtime.advance(60_000)
        }
        for (const course of COURSES) {
          const given = live.map(({ good }) => {
            const gives: Partial<Record<string, CourseMode>> = GOODS[good]?.gives ?? {}
            return gives[course] ?? null
          })
          expect(modeAt(course), `${course} with ${JSON.stringify(given)}`).toBe(highest([found[course], ...given]))
        }
      }
      const cancel = async (which: number) => {
        const [order] = live.splice(which % live.length, 1)
        if (order === undefined) return
        withdrawals += 1
        await shop.meanwhile(admin.orders.cancel({ orderId: order.id, reason: 'changed their mind' }))
      }
      for (const one of steps) {
        if (one.do === 'buy') {
          const { id } = await shop.buy({ variantId: variants[one.good] ?? '', learner: LEARNER, account: 'invoice' })
          live.push({ id, good: one.good })
        } else if (one.do === 'cancel' && live.length > 0) await cancel(one.which)
        else if (one.do === 'fail') platform.script(one.call, one.how)
        else if (one.do === 'work') await settle()
      }
      await settle()
      while (live.length > 0) {
        await cancel(live.length)
        await settle()
      }
      for (const course of COURSES) expect(modeAt(course)).toBe(found[course])
      await shop.commerce.close()
    }),
    { numRuns: 60, examples: [[null, null, BOUGHT_WHILE_OTHERS_END]] },
  )
  console.info(`withdrawals tried: ${withdrawals}`)
  expect(withdrawals).toBeGreaterThan(40)
}, 60_000)
