import type { Json, Money } from '@bursar/core'
import { localPlatform } from '@bursar/node/local-platform'
import { testProcessor } from '@bursar/node/test-processor'
import type { Peers } from '../soak/peers-at.ts'

/**
 * A processor and a learning platform that remember in plain maps what they are asked and always do it, as the fakes of
 * the shops that Bursar is compared with: what they take is not the shop's, so they keep little of each purchase. All
 * other calls go to the simulated ones.
 */
export function fakePeers(): Peers {
  const processor = testProcessor({ file: ':memory:' })
  const platform = localPlatform({ file: ':memory:' })
  const opened = new Map<string, Money>()
  const enrolled = new Map<string, string>()

  return {
    processor: {
      ...processor,
      async open(_account, { key, amount: asked }) {
        const amount = opened.get(key) ?? asked
        opened.set(key, amount)
        const payment = { reference: `fake_${key}`, amount, captured: amount.amount, refunded: 0 }
        return { outcome: 'succeeded', payment: { ...payment, state: 'captured' } }
      },
    },
    platform: {
      ...platform,
      async ownership({ learnerId }, targets) {
        return targets.map((target) => {
          const mode = enrolled.get(placeOf(learnerId, target))
          return mode === undefined
            ? { outcome: 'not_owned', mode: null }
            : { outcome: 'owned', source: 'enrolment', mode }
        })
      },
      async eligible() {
        return { outcome: 'eligible' }
      },
      async deliver({ recipient, target, before, remember }) {
        const place = placeOf(recipient.learnerId, target)
        const mode = enrolled.get(place) ?? null
        const found = before ?? { enrolled: mode !== null, mode }
        await remember(found)
        enrolled.set(place, modeOf(target))
        return { outcome: 'done', before: found }
      },
    },
  }
}

/** Targets are `{ course, mode }`, as the bench's shop writes them. */
const placeOf = (learnerId: string | null, target: Json): string =>
  `${learnerId} ${(target as { course: string }).course}`
const modeOf = (target: Json): string => (target as { mode: string }).mode
