import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import {
  look,
  openApproved,
  openRequest,
  paymentOf,
  TRIAL_AMOUNT,
  totalsOf,
  trialMoney,
} from '../payment-processor-bench.ts'
import type { PaymentProcessorCase } from './payment-processor-case.ts'

/** Opening a payment, and its key. */
export const openCases: readonly PaymentProcessorCase[] = [
  {
    name: 'an approved payment is captured to the cent, and found by its reference',
    needs: ['approve', 'totals'],
    async run(bench) {
      const payment = await openApproved(bench)
      const expected = { state: 'captured', amount: trialMoney(bench), captured: TRIAL_AMOUNT, refunded: 0 }
      const { state, amount, captured, refunded } = payment
      expectSame({ state, amount, captured, refunded }, expected, 'the answer')
      expectSame(await look(bench, payment.reference), payment, 'lookup')
      expectSame(await totalsOf(bench), { charged: TRIAL_AMOUNT, refunded: 0 }, 'the processor')
    },
  },
  {
    name: 'a payment is found by the key that opened it',
    needs: ['approve', 'lookupByKey'],
    async run(bench) {
      const payment = await openApproved(bench)
      await openApproved(bench, { key: 'key-open-2' })
      expectSame(await look(bench, null), payment, 'lookup by key')
    },
  },
  {
    name: 'a payment opened for manual capture is authorised and takes nothing',
    needs: ['approve', 'totals'],
    async run(bench) {
      const payment = await openApproved(bench, { capture: 'manual' })
      expectSame([payment.state, payment.captured], ['authorized', 0], 'the payment')
      expectSame((await totalsOf(bench)).charged, 0, 'charged')
    },
  },
  {
    name: 'opening again with the same key has one effect and the same answer',
    needs: ['approve', 'totals'],
    async run(bench) {
      const first = await openApproved(bench)
      expectSame(await openApproved(bench), first, 'the second answer')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'opening many times at once with one key has one effect',
    needs: ['approve', 'totals'],
    async run(bench) {
      const request = openRequest(bench, { paymentToken: bench.tokens.approve })
      const answers = await Promise.all(Array.from({ length: 5 }, () => bench.processor.open(bench.account, request)))
      const references = answers.flatMap((answer) =>
        'payment' in answer && answer.payment ? [answer.payment.reference] : [],
      )
      expectThat(references.length > 0, 'one of the calls is answered')
      expectSame(new Set(references).size, 1, 'payments opened')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'a key used again with another amount is a definite failure, and changes nothing',
    needs: ['approve', 'totals'],
    async run(bench) {
      const first = await openApproved(bench)
      const other = openRequest(bench, { amount: trialMoney(bench, 2500), paymentToken: bench.tokens.approve })
      expectOutcome(await bench.processor.open(bench.account, other), 'failed', 'the second call')
      expectSame(await look(bench, first.reference), first, 'the first payment')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'a declined payment takes nothing, and its key stays spent',
    needs: ['decline', 'totals'],
    async run(bench) {
      const request = openRequest(bench, { paymentToken: bench.tokens.decline })
      const first = expectOutcome(await bench.processor.open(bench.account, request), 'declined', 'the first call')
      expectThat(first.reason.length > 0, 'a decline has a reason')
      const again = await bench.processor.open(bench.account, request)
      expectSame(again, first, 'the repeated call')
      if (first.payment !== undefined) {
        expectSame([first.payment.state, first.payment.captured], ['failed', 0], 'the payment')
        expectSame((await look(bench, first.payment.reference)).state, 'failed', 'lookup')
      }
      expectSame((await totalsOf(bench)).charged, 0, 'charged')
    },
  },
  {
    name: 'after a decline another key is another attempt',
    needs: ['decline', 'approve', 'totals'],
    async run(bench) {
      await bench.processor.open(bench.account, openRequest(bench, { paymentToken: bench.tokens.decline }))
      const second = await openApproved(bench, { key: 'key-open-2' })
      expectSame(second.captured, TRIAL_AMOUNT, 'captured')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'a payment without a token waits, says what comes next, and takes nothing',
    needs: [],
    async run(bench) {
      const answer = await bench.processor.open(bench.account, openRequest(bench))
      expectThat(
        answer.outcome === 'requires_action' || answer.outcome === 'pending',
        `it waits, not ${answer.outcome}`,
      )
      expectThat(answer.next !== undefined, 'the answer says what comes next')
      const { state, captured, reference } = paymentOf(answer)
      expectThat(state === 'requires_action' || state === 'processing', `it waits, not ${state}`)
      expectSame(captured, 0, 'captured')
      expectSame((await look(bench, reference)).captured, 0, 'captured, by lookup')
    },
  },
  {
    name: 'while it waits for the shopper, lookup tells the step as well',
    needs: ['confirm'],
    async run(bench) {
      const answer = await bench.processor.open(bench.account, openRequest(bench))
      const { payment, next } = expectOutcome(answer, 'requires_action', 'open')
      const request = { reference: payment.reference, key: 'key-open-1' }
      const found = expectOutcome(await bench.processor.lookup(bench.account, request), 'found', 'lookup')
      expectSame(found.next?.type, next.type, 'what the shopper has to do')
    },
  },
  {
    name: 'the shopper approves: captured once, however often the page is sent',
    needs: ['confirm', 'totals'],
    async run(bench) {
      const { reference, clientSecret } = await openForShopper(bench)
      await bench.confirm?.(clientSecret, 'approve')
      await bench.confirm?.(clientSecret, 'approve')
      const { state, captured } = await look(bench, reference)
      expectSame([state, captured], ['captured', TRIAL_AMOUNT], 'the payment')
      expectSame((await totalsOf(bench)).charged, TRIAL_AMOUNT, 'charged')
    },
  },
  {
    name: 'the shopper is declined: nothing is taken',
    needs: ['confirm', 'totals'],
    async run(bench) {
      const { reference, clientSecret } = await openForShopper(bench)
      await bench.confirm?.(clientSecret, 'decline')
      const { state, captured } = await look(bench, reference)
      expectThat(state === 'failed' || state === 'requires_action', `not paid, found ${state}`)
      expectSame(captured, 0, 'captured')
      expectSame((await totalsOf(bench)).charged, 0, 'charged')
    },
  },
  {
    name: 'a late payment is pending, and captured only when it settles',
    needs: ['late', 'settle', 'totals'],
    async run(bench) {
      const request = openRequest(bench, { paymentToken: bench.tokens.late })
      const { payment } = expectOutcome(await bench.processor.open(bench.account, request), 'pending', 'open')
      expectSame([payment.state, payment.captured], ['processing', 0], 'the payment')
      expectSame((await totalsOf(bench)).charged, 0, 'charged before')
      await bench.settle?.(bench.account, payment.reference)
      const { state, captured } = await look(bench, payment.reference)
      expectSame([state, captured], ['captured', TRIAL_AMOUNT], 'the payment afterwards')
    },
  },
  {
    name: 'a capture that fails later is failed, with nothing captured',
    needs: ['approve', 'failCapture'],
    async run(bench) {
      const { reference } = await openApproved(bench)
      await bench.failCapture?.(bench.account, reference)
      const { state, captured } = await look(bench, reference)
      expectSame([state, captured], ['failed', 0], 'the payment')
    },
  },
]

async function openForShopper(bench: Parameters<PaymentProcessorCase['run']>[0]) {
  const answer = await bench.processor.open(bench.account, openRequest(bench))
  const { payment, next } = expectOutcome(answer, 'requires_action', 'open')
  expectThat(next.type === 'client_secret', `a client secret, found ${next.type}`)
  return { reference: payment.reference, clientSecret: next.clientSecret }
}
