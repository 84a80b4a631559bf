import type { ProcessorAccount } from '../../ports/index.ts'
import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import {
  look,
  openApproved,
  type PaymentProcessorBench,
  TRIAL_AMOUNT,
  totalsOf,
  trialMoney,
} from '../payment-processor-bench.ts'
import type { PaymentProcessorCase } from './payment-processor-case.ts'

/** Two accounts of one processor know nothing of each other. */
export const accountCases: readonly PaymentProcessorCase[] = [
  {
    name: 'one key on two accounts is two payments',
    needs: ['approve', 'otherAccount', 'totals'],
    async run(bench) {
      const other = otherAccountOf(bench)
      const first = await openApproved(bench)
      const second = await openApproved(bench, {}, other)
      expectThat(first.reference !== second.reference, 'two references')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged on the one')
      expectSame((await totalsOf(bench, other)).charged, TRIAL_AMOUNT, 'charged on the other')
    },
  },
  {
    name: 'the payments of one account are not found from another, by reference or by key',
    needs: ['approve', 'otherAccount'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      const other = otherAccountOf(bench)
      const key = 'key-open-1'
      expectOutcome(await bench.processor.lookup(other, { reference, key }), 'not_found', 'by reference')
      const byKey = await bench.processor.lookup(other, { reference: null, key })
      expectThat(byKey.outcome !== 'found', 'not found by key')
    },
  },
  {
    name: 'the money of one account is not moved from another',
    needs: ['approve', 'otherAccount', 'totals'],
    async run(bench) {
      const other = otherAccountOf(bench)
      const amount = trialMoney(bench)
      const captured = await openApproved(bench)
      const authorized = await openApproved(bench, { key: 'key-open-2', capture: 'manual' })
      const refund = { key: 'key-1', reference: captured.reference, amount }
      const capture = { key: 'key-2', reference: authorized.reference, amount }
      const close = { key: 'key-3', reference: authorized.reference }
      expectOutcome(await bench.processor.refund(other, refund), 'failed', 'refund')
      expectOutcome(await bench.processor.capture(other, capture), 'failed', 'capture')
      expectOutcome(await bench.processor.void(other, close), 'failed', 'void')
      expectSame((await look(bench, authorized.reference, 'key-open-2')).state, 'authorized', 'the authorisation')
      expectSame(await totalsOf(bench), { charged: TRIAL_AMOUNT, refunded: 0 }, 'the processor')
    },
  },
]

function otherAccountOf(bench: PaymentProcessorBench): ProcessorAccount {
  expectThat(bench.otherAccount !== undefined, 'the case must need another account')
  return bench.otherAccount
}
