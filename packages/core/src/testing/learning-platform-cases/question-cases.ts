import type { Json } from '../../json/index.ts'
import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import { degreesOf, deliver, OTHER_RECIPIENT, RECIPIENT } from '../fulfilment-provider-bench.ts'
import type { LearningPlatformBench } from '../learning-platform-bench.ts'
import type { LearningPlatformCase } from './learning-platform-case.ts'

/** What a platform is asked about a learner. */
export const questionCases: readonly LearningPlatformCase[] = [
  {
    name: 'what was delivered is owned, by its recipient alone',
    needs: ['done'],
    async run(bench) {
      expectSame(await outcomes(bench, [bench.target]), ['not_owned'], 'before')
      await deliver(bench)
      const [owned] = await bench.provider.ownership(RECIPIENT, [bench.target])
      expectThat(owned?.outcome === 'owned' && owned.mode.length > 0 && owned.source.length > 0, 'a mode and a source')
      const [others] = await bench.provider.ownership(OTHER_RECIPIENT, [bench.target])
      expectSame(others, { outcome: 'not_owned', mode: null }, 'what somebody else has')
    },
  },
  {
    name: 'who has a higher degree owns the lower one; who has a lower one does not own the higher, and it is named',
    needs: ['done', 'degrees'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await deliver(bench, { target: lower })
      const [own, above] = await bench.provider.ownership(RECIPIENT, [lower, higher])
      expectThat(own?.outcome === 'owned', 'the lower one is owned')
      expectSame(above, { outcome: 'not_owned', mode: own.mode }, 'the higher one')
      await deliver(bench, { grantId: 'grant-2', target: higher })
      expectSame(await outcomes(bench, [lower, higher]), ['owned', 'owned'], 'with the higher one')
    },
  },
  {
    name: 'what was sold before its deadline is owned once it is delivered after it',
    needs: ['done', 'expired'],
    async run(bench) {
      const { target, soldBefore } = bench.expired ?? { target: null, soldBefore: '' }
      expectOutcome(await deliver(bench, { target, soldAt: soldBefore }), 'done', 'deliver')
      expectSame(await outcomes(bench, [target]), ['owned'], 'ownership')
    },
  },
  {
    name: 'answers come in the order of the targets; nothing asked is nothing answered',
    needs: ['done', 'degrees'],
    async run(bench) {
      const { higher } = degreesOf(bench)
      await deliver(bench)
      expectSame(await outcomes(bench, [higher, bench.target, higher]), ['not_owned', 'owned', 'not_owned'], 'three')
      expectSame(await outcomes(bench, []), [], 'none')
    },
  },
  {
    name: 'what is no target is not said to be owned or not',
    needs: [],
    async run(bench) {
      const [wrong] = bench.wrongTargets
      if (wrong !== undefined) expectSame(await outcomes(bench, [wrong]), ['unknown'], 'a wrong target')
    },
  },
  {
    name: 'who can have a target is eligible; for what cannot be had there is a reason',
    needs: ['expired'],
    async run(bench) {
      expectOutcome(await bench.provider.eligible(RECIPIENT, bench.target), 'eligible', 'a target')
      for (const target of [bench.expired?.target ?? null, ...bench.wrongTargets]) {
        const { reasons } = expectOutcome(
          await bench.provider.eligible(RECIPIENT, target),
          'refused',
          JSON.stringify(target),
        )
        expectThat(reasons.length > 0 && reasons.every((reason) => reason.length > 0), 'a reason')
      }
    },
  },
  {
    name: 'there are facts for a refund of what somebody has, and none of what nobody has',
    needs: ['done'],
    async run(bench) {
      expectOutcome(await bench.provider.refundFacts(RECIPIENT, bench.target), 'refused', 'before')
      await deliver(bench)
      const { facts } = expectOutcome(await bench.provider.refundFacts(RECIPIENT, bench.target), 'found', 'facts')
      const { enrolledAt, progress } = facts
      expectThat(enrolledAt === null || new Date(enrolledAt).toISOString() === enrolledAt, 'enrolledAt is an instant')
      expectThat(progress === null || (progress >= 0 && progress <= 10_000), 'progress is in basis points')
      expectOutcome(await bench.provider.refundFacts(OTHER_RECIPIENT, bench.target), 'refused', 'somebody else')
    },
  },
  {
    name: 'the list has all that a learner has, whoever gave it, and nothing of others',
    needs: ['done', 'degrees', 'giveDirectly'],
    async run(bench) {
      const { lower } = degreesOf(bench)
      expectSame(await subjects(bench), [], 'before')
      await deliver(bench)
      await bench.giveDirectly?.(RECIPIENT, lower)
      await bench.giveDirectly?.(OTHER_RECIPIENT, lower)
      const expected = [bench.provider.subjectOf(bench.target), bench.provider.subjectOf(lower)].sort()
      expectSame(await subjects(bench), expected, 'what the learner has')
    },
  },
  {
    name: 'while the platform does not answer, all that is asked is unknown',
    needs: ['done', 'breakNext'],
    async run(bench) {
      const { provider, target } = bench
      await deliver(bench)
      await bench.breakNext?.('ask', 'before')
      expectSame(await outcomes(bench, [target, target]), ['unknown', 'unknown'], 'ownership')
      await bench.breakNext?.('ask', 'before')
      expectOutcome(await provider.eligible(RECIPIENT, target), 'unknown', 'eligible')
      await bench.breakNext?.('ask', 'before')
      expectOutcome(await provider.refundFacts(RECIPIENT, target), 'unknown', 'facts')
      await bench.breakNext?.('ask', 'before')
      expectOutcome(await provider.list(RECIPIENT), 'unknown', 'list')
      expectSame(await outcomes(bench, [target]), ['owned'], 'when it is back')
    },
  },
]

async function outcomes({ provider }: LearningPlatformBench, targets: readonly Json[]): Promise<string[]> {
  return (await provider.ownership(RECIPIENT, targets)).map(({ outcome }) => outcome)
}

async function subjects({ provider }: LearningPlatformBench): Promise<string[]> {
  const { holdings } = expectOutcome(await provider.list(RECIPIENT), 'found', 'list')
  return holdings.map(({ subject }) => subject).sort()
}
