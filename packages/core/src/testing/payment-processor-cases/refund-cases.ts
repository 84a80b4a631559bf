import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import {
  expectFound,
  look,
  openApproved,
  type PaymentProcessorBench,
  paymentOf,
  TRIAL_AMOUNT,
  totalsOf,
  trialMoney,
} from '../payment-processor-bench.ts'
import type { PaymentProcessorCase } from './payment-processor-case.ts'

const refund = (bench: PaymentProcessorBench, reference: string, amount = TRIAL_AMOUNT, key = 'key-refund-1') =>
  bench.processor.refund(bench.account, { key, reference, amount: trialMoney(bench, amount) })

/** Giving money back. */
export const refundCases: readonly PaymentProcessorCase[] = [
  {
    name: 'what a refund answers is what a look-up finds',
    needs: ['approve'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      const done = { captured: TRIAL_AMOUNT, refunded: TRIAL_AMOUNT }
      await expectFound(bench, await refund(bench, reference), done, 'refund')
    },
  },
  {
    name: 'a refund gives back once, however often it is asked',
    needs: ['approve', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      const first = expectOutcome(await refund(bench, reference), 'succeeded', 'refund')
      expectSame([first.payment.captured, first.payment.refunded], [TRIAL_AMOUNT, TRIAL_AMOUNT], 'the payment')
      expectSame(await refund(bench, reference), first, 'the repeated call')
      expectSame(await totalsOf(bench), { charged: TRIAL_AMOUNT, refunded: TRIAL_AMOUNT }, 'the processor')
    },
  },
  {
    name: 'refunds in parts add up, and never to more than was captured',
    needs: ['approve', 'partialRefund', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      expectSame(paymentOf(await refund(bench, reference, 1000)).refunded, 1000, 'the first part')
      expectOutcome(await refund(bench, reference, 1000, 'key-refund-2'), 'failed', 'more than is left')
      expectSame(paymentOf(await refund(bench, reference, 999, 'key-refund-3')).refunded, TRIAL_AMOUNT, 'the sum')
      expectOutcome(await refund(bench, reference, 1, 'key-refund-4'), 'failed', 'one cent more')
      expectSame((await look(bench, reference)).refunded, TRIAL_AMOUNT, 'lookup')
      expectSame((await totalsOf(bench)).refunded, TRIAL_AMOUNT, 'refunded')
    },
  },
  {
    name: 'refunds at once never give back more than was captured',
    needs: ['approve', 'partialRefund', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      const keys = ['a', 'b', 'c', 'd', 'e'].map((name) => `key-refund-${name}`)
      const answers = await Promise.all(keys.map((key) => refund(bench, reference, 1000, key)))
      expectSame(answers.filter(({ outcome }) => outcome === 'succeeded').length, 1, 'refunds that succeeded')
      expectSame((await totalsOf(bench)).refunded, 1000, 'refunded')
    },
  },
  {
    name: 'the key of a refund used with another amount is a definite failure',
    needs: ['approve', 'partialRefund', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      await refund(bench, reference, 500)
      expectOutcome(await refund(bench, reference, 600), 'failed', 'the second call')
      expectSame((await totalsOf(bench)).refunded, 500, 'refunded')
    },
  },
  {
    name: 'what was not captured is not refunded',
    needs: ['approve', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      expectOutcome(await refund(bench, reference), 'failed', 'an authorisation')
      expectOutcome(await refund(bench, 'no-such-reference', 1, 'key-refund-2'), 'failed', 'no payment')
      expectSame((await totalsOf(bench)).refunded, 0, 'refunded')
    },
  },
  {
    name: 'a refund in another currency is refused',
    needs: ['approve', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      const amount = { amount: TRIAL_AMOUNT, currency: bench.currency === 'GBP' ? 'EUR' : 'GBP' }
      const answer = await bench.processor.refund(bench.account, { key: 'key-refund-currency', reference, amount })
      expectOutcome(answer, 'failed', 'refund')
      expectSame((await look(bench, reference)).refunded, 0, 'refunded, by lookup')
      expectSame((await totalsOf(bench)).refunded, 0, 'refunded')
    },
  },
  {
    name: 'an amount that cannot be is not refunded',
    needs: ['approve', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      for (const amount of [0, -500, TRIAL_AMOUNT + 1]) {
        const answer = await refund(bench, reference, amount, `key-refund-${amount}`)
        expectThat(answer.outcome === 'failed', `${amount} is refused, found ${answer.outcome}`)
      }
      expectSame((await totalsOf(bench)).refunded, 0, 'refunded')
    },
  },
]
