import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import { beforeOf, degreesOf, deliver, hasOf, RECIPIENT, withdrawalOf } from '../fulfilment-provider-bench.ts'
import type { FulfilmentProviderCase } from './fulfilment-provider-case.ts'

/** Taking back. */
export const withdrawCases: readonly FulfilmentProviderCase[] = [
  {
    name: 'what is withdrawn is gone, once nothing else gives it',
    needs: ['done', 'has'],
    async run(bench) {
      const before = beforeOf(await deliver(bench))
      expectThat((await hasOf(bench)) !== null, 'it was there')
      expectOutcome(await bench.provider.withdraw(withdrawalOf(bench, { before })), 'done', 'withdraw')
      expectSame(await hasOf(bench), null, 'what the recipient has')
    },
  },
  {
    name: 'what another grant gives stays',
    needs: ['done', 'has'],
    async run(bench) {
      const before = beforeOf(await deliver(bench))
      await deliver(bench, { grantId: 'grant-2' })
      const found = await hasOf(bench)
      await bench.provider.withdraw(withdrawalOf(bench, { before, remaining: [bench.target] }))
      expectSame(await hasOf(bench), found, 'what the recipient has')
      await bench.provider.withdraw(withdrawalOf(bench, { grantId: 'grant-2', before }))
      expectSame(await hasOf(bench), null, 'after the last one')
    },
  },
  {
    name: 'when the higher of two grants ends, the lower one is left',
    needs: ['done', 'has', 'degrees'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      const before = beforeOf(await deliver(bench, { target: lower }))
      const found = await hasOf(bench, lower)
      await deliver(bench, { grantId: 'grant-2', target: higher })
      const withdrawal = withdrawalOf(bench, { grantId: 'grant-2', target: higher, before, remaining: [lower] })
      await bench.provider.withdraw(withdrawal)
      expectSame(await hasOf(bench, lower), found, 'what the recipient has')
    },
  },
  {
    name: 'what was there before the first grant stays, also where it is higher',
    needs: ['done', 'has', 'degrees', 'giveDirectly'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      await bench.giveDirectly?.(RECIPIENT, higher)
      const found = await hasOf(bench, higher)
      const before = beforeOf(await deliver(bench, { target: lower }))
      await bench.provider.withdraw(withdrawalOf(bench, { target: lower, before }))
      expectSame(await hasOf(bench, higher), found, 'what the recipient has')
    },
  },
  {
    name: 'what somebody else gave since stays where it is higher',
    needs: ['done', 'has', 'degrees', 'giveDirectly'],
    async run(bench) {
      const { lower, higher } = degreesOf(bench)
      const before = beforeOf(await deliver(bench, { target: lower }))
      await bench.giveDirectly?.(RECIPIENT, higher)
      const found = await hasOf(bench, higher)
      const answer = await bench.provider.withdraw(withdrawalOf(bench, { target: lower, before }))
      expectOutcome(answer, 'done', 'withdraw')
      expectSame(await hasOf(bench, higher), found, 'what the recipient has')
    },
  },
  {
    name: 'targets of other things do not keep a thing',
    needs: ['done', 'has', 'degrees'],
    async run(bench) {
      const { lower } = degreesOf(bench)
      const before = beforeOf(await deliver(bench))
      await deliver(bench, { grantId: 'grant-2', target: lower })
      await bench.provider.withdraw(withdrawalOf(bench, { before, remaining: [lower] }))
      expectSame(await hasOf(bench), null, 'the thing withdrawn')
      expectThat((await hasOf(bench, lower)) !== null, 'the other thing is there')
    },
  },
  {
    name: 'a withdrawal repeated changes nothing that came later',
    needs: ['done', 'has', 'remembersGrants'],
    async run(bench) {
      const before = beforeOf(await deliver(bench))
      await bench.provider.withdraw(withdrawalOf(bench, { before }))
      await deliver(bench, { grantId: 'grant-2' })
      const found = await hasOf(bench)
      expectOutcome(await bench.provider.withdraw(withdrawalOf(bench, { before })), 'done', 'the repeated call')
      expectSame(await hasOf(bench), found, 'what the recipient has')
    },
  },
  {
    name: 'a delivery that comes after the withdrawal of its grant gives nothing',
    needs: ['done', 'has', 'remembersGrants'],
    async run(bench) {
      const before = beforeOf(await deliver(bench))
      await bench.provider.withdraw(withdrawalOf(bench, { before }))
      expectOutcome(await deliver(bench), 'refused', 'deliver')
      expectSame(await hasOf(bench), null, 'what the recipient has')
    },
  },
  {
    name: 'a withdrawal that overtakes its delivery is done, and the delivery gives nothing',
    needs: ['done', 'has', 'remembersGrants'],
    async run(bench) {
      expectOutcome(await bench.provider.withdraw(withdrawalOf(bench)), 'done', 'withdraw')
      expectOutcome(await deliver(bench), 'refused', 'deliver')
      expectSame(await hasOf(bench), null, 'what the recipient has')
    },
  },
]
