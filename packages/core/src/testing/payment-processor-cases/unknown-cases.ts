import { expectOutcome, expectSame } from '../expectations.ts'
import { look, openRequest, paymentOf, TRIAL_AMOUNT, totalsOf } from '../payment-processor-bench.ts'
import type { PaymentProcessorCase } from './payment-processor-case.ts'

/** Calls of which nobody knows what came. */
export const unknownCases: readonly PaymentProcessorCase[] = [
  {
    name: 'a call lost on its way is unknown, and its key finds nothing',
    needs: ['timeoutBefore', 'lookupByKey', 'totals'],
    async run(bench) {
      const request = openRequest(bench, { paymentToken: bench.tokens.timeoutBefore })
      expectOutcome(await bench.processor.open(bench.account, request), 'unknown', 'open')
      const lookup = await bench.processor.lookup(bench.account, { reference: null, key: request.key })
      expectOutcome(lookup, 'not_found', 'lookup')
      expectSame((await totalsOf(bench)).charged, 0, 'charged')
    },
  },
  {
    name: 'a call lost on its way can be made again with its key, and acts once',
    needs: ['timeoutBefore', 'totals'],
    async run(bench) {
      const request = openRequest(bench, { paymentToken: bench.tokens.timeoutBefore })
      await bench.processor.open(bench.account, request)
      expectSame(paymentOf(await bench.processor.open(bench.account, request)).captured, TRIAL_AMOUNT, 'captured')
      await bench.processor.open(bench.account, request)
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'an answer lost is unknown, and the key finds the payment',
    needs: ['timeoutAfter', 'lookupByKey', 'totals'],
    async run(bench) {
      const request = openRequest(bench, { paymentToken: bench.tokens.timeoutAfter })
      expectOutcome(await bench.processor.open(bench.account, request), 'unknown', 'open')
      const { state, captured } = await look(bench, null)
      expectSame([state, captured], ['captured', TRIAL_AMOUNT], 'the payment')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'a call repeated after its answer was lost does not charge again',
    needs: ['timeoutAfter', 'totals'],
    async run(bench) {
      const request = openRequest(bench, { paymentToken: bench.tokens.timeoutAfter })
      await bench.processor.open(bench.account, request)
      await bench.processor.open(bench.account, request)
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'a payment that was never opened is not found',
    needs: [],
    async run(bench) {
      const lookup = await bench.processor.lookup(bench.account, { reference: 'no-such-reference', key: 'no-such-key' })
      expectOutcome(lookup, 'not_found', 'by reference')
    },
  },
]
