import type { Json } from '../../json/index.ts'
import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import {
  beforeOf,
  changesOf,
  degreesOf,
  deliver,
  hasOf,
  OTHER_RECIPIENT,
  RECIPIENT,
  withdrawalOf,
} from '../fulfilment-provider-bench.ts'
import type { FulfilmentProviderCase } from './fulfilment-provider-case.ts'

const ODD_TARGETS: readonly Json[] = [null, true, 7, '', [], [[]], { '': null }]

/** Delivering. */
export const deliverCases: readonly FulfilmentProviderCase[] = [
  {
    name: 'a right target is called right, a wrong one wrong, and none throws',
    needs: [],
    async run({ provider, target, wrongTargets }) {
      expectSame(provider.checkTarget(target), null, 'the right target')
      for (const wrong of [...wrongTargets, ...ODD_TARGETS]) {
        const complaint = provider.checkTarget(wrong)
        expectThat(complaint !== null && complaint.length > 0, `${JSON.stringify(wrong)} is wrong`)
      }
    },
  },
  {
    name: 'what is delivered is there, for its recipient alone',
    needs: ['done', 'has'],
    async run(bench) {
      expectSame(await hasOf(bench), null, 'before')
      expectOutcome(await deliver(bench), 'done', 'deliver')
      expectThat((await hasOf(bench)) !== null, 'it is there')
      expectSame(await hasOf(bench, bench.target, OTHER_RECIPIENT), null, 'what somebody else has')
      await deliver(bench, { grantId: 'grant-2', recipient: OTHER_RECIPIENT })
      expectThat((await hasOf(bench, bench.target, OTHER_RECIPIENT)) !== null, 'somebody without a link has it too')
    },
  },
  {
    name: 'what is delivered is what the provider itself would have given',
    needs: ['done', 'has', 'giveDirectly'],
    async run(bench) {
      await bench.giveDirectly?.(OTHER_RECIPIENT, bench.target)
      expectOutcome(await deliver(bench), 'done', 'deliver')
      const given = await hasOf(bench, bench.target, OTHER_RECIPIENT)
      expectSame(await hasOf(bench), given, 'what the recipient has')
    },
  },
  {
    name: 'a grant delivered again is done, with the state before it that was answered first',
    needs: ['done'],
    async run(bench) {
      const first = beforeOf(await deliver(bench))
      expectSame(beforeOf(await deliver(bench)), first, 'the state before')
    },
  },
  {
    name: 'a grant delivered again changes nothing',
    needs: ['done', 'changesBy', 'giveDirectly', 'degrees', 'has', 'remembersGrants'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await deliver(bench, { target: higher })
      await bench.giveDirectly?.(RECIPIENT, lower)
      const found = await hasOf(bench, lower)
      await deliver(bench, { target: higher })
      expectSame(await hasOf(bench, lower), found, 'what the platform did since')
      expectSame(await changesOf(bench), 1, 'changes')
    },
  },
  {
    name: 'a grant delivered many times at once changes something once',
    needs: ['done', 'changesBy', 'giveDirectly', 'degrees'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await bench.giveDirectly?.(RECIPIENT, lower)
      const once = () => deliver(bench, { target: higher })
      const answers = await Promise.all([once(), once(), once()])
      const befores = answers.flatMap((answer) => (answer.outcome === 'done' ? [JSON.stringify(answer.before)] : []))
      expectThat(befores.length > 0, 'one of them is done')
      expectSame(new Set(befores).size, 1, 'states before')
      expectSame(await changesOf(bench), 1, 'changes')
    },
  },
  {
    name: 'a grant with another target is refused, and changes nothing',
    needs: ['done', 'degrees', 'has', 'remembersGrants'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await deliver(bench, { target: lower })
      const found = await hasOf(bench, lower)
      expectOutcome(await deliver(bench, { target: higher }), 'refused', 'deliver')
      expectSame(await hasOf(bench, lower), found, 'what the recipient has')
    },
  },
  {
    name: 'a wrong target is refused, with a reason',
    needs: [],
    async run(bench) {
      for (const [index, target] of [...bench.wrongTargets, ...ODD_TARGETS].entries()) {
        const answer = await deliver(bench, { grantId: `grant-wrong-${index}`, target })
        const { reason } = expectOutcome(answer, 'refused', JSON.stringify(target))
        expectThat(reason.length > 0, 'a reason')
      }
    },
  },
  {
    name: 'a higher degree replaces a lower one, and the lower one is the state before',
    needs: ['done', 'degrees', 'has', 'giveDirectly'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await bench.giveDirectly?.(RECIPIENT, lower)
      const found = await hasOf(bench, lower)
      const before = beforeOf(await deliver(bench, { target: higher }))
      await bench.giveDirectly?.(OTHER_RECIPIENT, higher)
      expectSame(await hasOf(bench, higher), await hasOf(bench, higher, OTHER_RECIPIENT), 'the higher one')
      await bench.provider.withdraw(withdrawalOf(bench, { target: higher, before }))
      expectSame(await hasOf(bench, lower), found, 'the state before, restored')
    },
  },
  {
    name: 'a lower degree leaves a higher one, and is done',
    needs: ['done', 'degrees', 'has', 'giveDirectly', 'changesBy'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await bench.giveDirectly?.(RECIPIENT, higher)
      const found = await hasOf(bench, higher)
      expectOutcome(await deliver(bench, { target: lower }), 'done', 'deliver')
      expectSame(await hasOf(bench, higher), found, 'what the recipient has')
      expectSame(await changesOf(bench), 0, 'changes')
    },
  },
  {
    name: 'what was sold before its deadline is delivered after it, as often as it is asked',
    needs: ['done', 'expired', 'has'],
    async run(bench) {
      const { target, soldBefore } = expiredOf(bench.expired)
      const grant = { target, soldAt: soldBefore }
      expectOutcome(await deliver(bench, grant), 'done', 'deliver')
      expectOutcome(await deliver(bench, grant), 'done', 'the repeated call')
      expectThat((await hasOf(bench, target)) !== null, 'it is there')
    },
  },
  {
    name: 'what was sold after its deadline is refused',
    needs: ['done', 'expired', 'has'],
    async run(bench) {
      const { target, soldAfter } = expiredOf(bench.expired)
      const answer = await deliver(bench, { target, soldAt: soldAfter })
      expectOutcome(answer, 'refused', 'deliver')
      expectSame(await hasOf(bench, target), null, 'what the recipient has')
    },
  },
  {
    name: 'what is done by a person is pending until it is done, however often it is asked',
    needs: ['pending'],
    async run(bench) {
      expectOutcome(await deliver(bench), 'pending', 'deliver')
      expectOutcome(await deliver(bench), 'pending', 'the repeated call')
      expectOutcome(await bench.provider.status('grant-1'), 'pending', 'status')
    },
  },
  {
    name: 'the status of a grant that was delivered is done',
    needs: ['done', 'remembersGrants'],
    async run(bench) {
      const before = beforeOf(await deliver(bench))
      expectSame(beforeOf(await bench.provider.status('grant-1')), before, 'status')
    },
  },
  {
    name: 'the status of a grant that was never delivered is not done',
    needs: ['remembersGrants'],
    async run(bench) {
      const { outcome } = await bench.provider.status('no-such-grant')
      expectThat(outcome !== 'done', `not done, found ${outcome}`)
    },
  },
]

function expiredOf<Expired>(expired: Expired | undefined): Expired {
  expectThat(expired !== undefined, 'the case must need expired')
  return expired
}
