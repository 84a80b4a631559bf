import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import {
  expectFound,
  look,
  openApproved,
  openRequest,
  type PaymentProcessorBench,
  paymentOf,
  TRIAL_AMOUNT,
  totalsOf,
  trialMoney,
} from '../payment-processor-bench.ts'
import type { PaymentProcessorCase } from './payment-processor-case.ts'

const capture = (bench: PaymentProcessorBench, reference: string, amount = TRIAL_AMOUNT, key = 'key-capture-1') =>
  bench.processor.capture(bench.account, { key, reference, amount: trialMoney(bench, amount) })

/** Taking authorised money, and closing a payment. */
export const captureAndVoidCases: readonly PaymentProcessorCase[] = [
  {
    name: 'what an authorisation and its capture answer is what a look-up finds',
    needs: ['approve'],
    async run(bench) {
      const authorized = await openApproved(bench, { capture: 'manual' })
      expectSame(await look(bench, authorized.reference), authorized, 'lookup of the authorisation')
      const answer = await capture(bench, authorized.reference)
      await expectFound(bench, answer, { state: 'captured', captured: TRIAL_AMOUNT }, 'capture')
    },
  },
  {
    name: 'what a capture of a part answers is what a look-up finds',
    needs: ['approve', 'partialCapture'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      await expectFound(bench, await capture(bench, reference, 999), { captured: 999 }, 'capture')
    },
  },
  {
    name: 'what a void answers is what a look-up finds',
    needs: ['approve', 'voidable'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      const answer = await bench.processor.void(bench.account, { key: 'key-void-1', reference })
      await expectFound(bench, answer, { state: 'cancelled', captured: 0 }, 'void')
    },
  },
  {
    name: 'authorised money is captured once, however often it is asked',
    needs: ['approve', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      const first = expectOutcome(await capture(bench, reference), 'succeeded', 'capture')
      expectSame([first.payment.state, first.payment.captured], ['captured', TRIAL_AMOUNT], 'the payment')
      expectSame(await capture(bench, reference), first, 'the repeated call')
      expectOutcome(await capture(bench, reference, TRIAL_AMOUNT, 'key-capture-2'), 'failed', 'with another key')
      expectSame(await look(bench, reference), first.payment, 'lookup')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'part of an authorisation can be captured; the rest is released',
    needs: ['approve', 'partialCapture', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      expectSame(paymentOf(await capture(bench, reference, 999)).captured, 999, 'captured')
      expectOutcome(await capture(bench, reference, 1000, 'key-capture-2'), 'failed', 'the rest')
      expectSame((await totalsOf(bench)).charged, 999, 'charged')
    },
  },
  {
    name: 'no more than was authorised is captured, and only in its currency',
    needs: ['approve', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      for (const amount of [TRIAL_AMOUNT + 1, 0, -1]) {
        expectOutcome(await capture(bench, reference, amount, `key-capture-${amount}`), 'failed', `${amount}`)
      }
      const other = { amount: TRIAL_AMOUNT, currency: bench.currency === 'GBP' ? 'EUR' : 'GBP' }
      const request = { key: 'key-capture-currency', reference, amount: other }
      expectOutcome(await bench.processor.capture(bench.account, request), 'failed', 'another currency')
      expectSame((await look(bench, reference)).state, 'authorized', 'the payment')
      expectSame((await totalsOf(bench)).charged, 0, 'charged')
    },
  },
  {
    name: 'a void closes an authorisation: nothing can be captured afterwards',
    needs: ['approve', 'voidable', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      const request = { key: 'key-void-1', reference }
      const first = expectOutcome(await bench.processor.void(bench.account, request), 'succeeded', 'void')
      expectSame(first.payment.state, 'cancelled', 'the answer')
      expectSame(await bench.processor.void(bench.account, request), first, 'the repeated call')
      expectSame((await look(bench, reference)).state, 'cancelled', 'lookup')
      expectOutcome(await capture(bench, reference), 'failed', 'capture')
      expectSame((await totalsOf(bench)).charged, 0, 'charged')
    },
  },
  {
    name: 'a void closes a payment that waits for the shopper: nobody can pay it afterwards',
    needs: ['confirm', 'voidable', 'totals'],
    async run(bench) {
      const { payment, next } = expectOutcome(
        await bench.processor.open(bench.account, openRequest(bench)),
        'requires_action',
        'open',
      )
      expectThat(next.type === 'client_secret', `a client secret, found ${next.type}`)
      await bench.processor.void(bench.account, { key: 'key-void-1', reference: payment.reference })
      await bench.confirm?.(next.clientSecret, 'approve')
      expectSame((await look(bench, payment.reference)).state, 'cancelled', 'the payment')
      expectSame((await totalsOf(bench)).charged, 0, 'charged')
    },
  },
  {
    name: 'a void that comes too late says so, and leaves the money where it is',
    needs: ['approve', 'voidable', 'totals'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      const answer = await bench.processor.void(bench.account, { key: 'key-void-1', reference })
      const { payment } = expectOutcome(answer, 'succeeded', 'void')
      expectSame([payment.state, payment.captured], ['captured', TRIAL_AMOUNT], 'the answer')
      expectSame((await look(bench, reference)).state, 'captured', 'lookup')
      expectSame(await totalsOf(bench), { charged: TRIAL_AMOUNT, refunded: 0 }, 'the processor')
    },
  },
  {
    name: 'a void of what cannot be closed is a definite failure, and it can be paid as before',
    needs: ['confirm', 'notVoidable'],
    async run(bench) {
      const opened = await bench.processor.open(bench.account, openRequest(bench))
      const { payment, next } = expectOutcome(opened, 'requires_action', 'open')
      expectThat(next.type === 'client_secret', `a client secret, found ${next.type}`)
      const request = { key: 'key-void-1', reference: payment.reference }
      expectOutcome(await bench.processor.void(bench.account, request), 'failed', 'void')
      expectSame(await look(bench, payment.reference), payment, 'the payment')
      await bench.confirm?.(next.clientSecret, 'approve')
      expectSame((await look(bench, payment.reference)).captured, TRIAL_AMOUNT, 'captured')
    },
  },
  {
    name: 'where nothing open can be closed, an authorisation is let go of, or a void of it is a definite failure',
    needs: ['approve', 'notVoidable'],
    async run(bench) {
      const { reference } = await openApproved(bench, { capture: 'manual' })
      const answer = await bench.processor.void(bench.account, { key: 'key-void-1', reference })
      if (answer.outcome !== 'succeeded') expectOutcome(answer, 'failed', 'void')
      const expected = answer.outcome === 'succeeded' ? 'cancelled' : 'authorized'
      expectSame((await look(bench, reference)).state, expected, 'lookup')
    },
  },
  {
    name: 'an accepted invoice is settled by capture, once',
    needs: ['onAccount'],
    async run(bench) {
      const opened = expectOutcome(await bench.processor.open(bench.account, openRequest(bench)), 'pending', 'open')
      expectSame(await bench.processor.open(bench.account, openRequest(bench)), opened, 'the repeated call')
      const { reference } = opened.payment
      const first = expectOutcome(await capture(bench, reference), 'succeeded', 'capture')
      expectSame([first.payment.state, first.payment.captured], ['captured', TRIAL_AMOUNT], 'the payment')
      expectSame(await capture(bench, reference), first, 'the repeated capture')
      expectOutcome(await capture(bench, reference, TRIAL_AMOUNT + 1, 'key-capture-2'), 'failed', 'more than is owed')
    },
  },
]
