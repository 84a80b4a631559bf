import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import { beforeOf, degreesOf, deliver, hasOf, RECIPIENT, withdrawalOf } from '../fulfilment-provider-bench.ts'
import type { LearningPlatformCase } from './learning-platform-case.ts'

/** Several sources of one thing, and the state before all of them. */
export const sourceCases: readonly LearningPlatformCase[] = [
  {
    name: 'degrees of one thing have one subject, other things have others, what is no target has none',
    needs: ['degrees'],
    async run(bench) {
      const { provider, target, wrongTargets } = bench
      const { lower, higher } = degreesOf(bench)
      expectThat(provider.subjectOf(target) !== null, 'a target has a subject')
      expectSame(provider.subjectOf(lower), provider.subjectOf(higher), 'the subject of two degrees')
      expectThat(provider.subjectOf(lower) !== provider.subjectOf(target), 'another thing has another subject')
      for (const wrong of wrongTargets) expectSame(provider.subjectOf(wrong), null, JSON.stringify(wrong))
    },
  },
  {
    name: 'the state found is remembered before anything is changed: where it cannot be, nothing is',
    needs: ['done', 'has', 'changesBy'],
    async run(bench) {
      const lost = { remember: () => Promise.reject(new Error('the storage is down')) }
      await deliver(bench, lost).then(
        (answer) => expectOutcome(answer, 'unknown', 'an answer, if there is one'),
        () => {},
      )
      expectSame(await hasOf(bench), null, 'what the recipient has')
      expectOutcome(await deliver(bench), 'done', 'the repeated call')
      expectThat((await hasOf(bench)) !== null, 'it is there')
    },
  },
  {
    name: 'what is remembered is what a withdrawal restores',
    needs: ['done', 'has', 'degrees', 'giveDirectly'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await bench.giveDirectly?.(RECIPIENT, lower)
      const found = await hasOf(bench, lower)
      const remembered: unknown[] = []
      const remember = async (state: unknown) => void remembered.push(state)
      const before = beforeOf(await deliver(bench, { target: higher, remember }))
      expectSame(remembered, [before], 'what was remembered')
      await bench.provider.withdraw(withdrawalOf(bench, { target: higher, before }))
      expectSame(await hasOf(bench, lower), found, 'what the recipient has')
    },
  },
  {
    name: 'after a lost answer the state before is the one that was remembered',
    needs: ['done', 'breakNext', 'degrees', 'giveDirectly'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await bench.giveDirectly?.(RECIPIENT, lower)
      let remembered: unknown = null
      await bench.breakNext?.('deliver', 'after')
      const first = deliver(bench, {
        target: higher,
        remember: async (state) => {
          remembered = state
        },
      })
      expectOutcome(await first, 'unknown', 'deliver')
      expectThat(remembered !== null, 'the state before was remembered')
      // `deliver` of the bench has not seen it: it is given by hand, as Bursar gives it from its records.
      const again = await deliver(bench, { target: higher, before: remembered as never }) // what the platform itself made
      expectSame(beforeOf(again), remembered, 'the state before')
    },
  },
]
