import { expectOutcome, expectSame } from '../expectations.ts'
import { beforeOf, changesOf, deliver, hasOf, withdrawalOf } from '../fulfilment-provider-bench.ts'
import type { FulfilmentProviderCase } from './fulfilment-provider-case.ts'

/** Calls of which nobody knows what came. */
export const outageCases: readonly FulfilmentProviderCase[] = [
  {
    name: 'a delivery to a provider that does not answer is unknown, and is done when repeated',
    needs: ['done', 'breakNext', 'has', 'changesBy'],
    async run(bench) {
      await bench.breakNext?.('deliver', 'before')
      expectOutcome(await deliver(bench), 'unknown', 'deliver')
      expectSame(await hasOf(bench), null, 'what the recipient has')
      expectOutcome(await deliver(bench), 'done', 'the repeated call')
      expectSame(await changesOf(bench), 1, 'changes')
    },
  },
  {
    name: 'a delivery whose answer is lost is unknown; repeated, it is done once, with the state before it',
    needs: ['done', 'breakNext', 'changesBy'],
    async run(bench) {
      const untouched = beforeOf(await deliver(bench, { grantId: 'grant-0' }))
      await bench.provider.withdraw(withdrawalOf(bench, { grantId: 'grant-0', before: untouched }))
      await bench.breakNext?.('deliver', 'after')
      expectOutcome(await deliver(bench), 'unknown', 'deliver')
      expectSame(beforeOf(await deliver(bench)), untouched, 'the state before')
      expectSame(await changesOf(bench), 1, 'changes')
    },
  },
  {
    name: 'a withdrawal that was lost is unknown, and is done when repeated',
    needs: ['done', 'breakNext', 'has'],
    async run(bench) {
      await deliver(bench)
      await bench.breakNext?.('withdraw', 'before')
      expectOutcome(await bench.provider.withdraw(withdrawalOf(bench)), 'unknown', 'withdraw')
      await bench.breakNext?.('withdraw', 'after')
      expectOutcome(await bench.provider.withdraw(withdrawalOf(bench)), 'unknown', 'withdraw again')
      expectOutcome(await bench.provider.withdraw(withdrawalOf(bench)), 'done', 'withdraw at last')
      expectSame(await hasOf(bench), null, 'what the recipient has')
    },
  },
]
