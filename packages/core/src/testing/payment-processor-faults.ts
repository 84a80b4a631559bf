import type { PaymentProcessor, ProcessorAccount, ProcessorAnswer, ProcessorPayment, Runtime } from '../ports/index.ts'
import type { PaymentProcessorBench } from './payment-processor-bench.ts'
import { type ProcessorRules, soundRules, viewPayment } from './simulated-processor/processor-rules.ts'
import { simulatedProcessor } from './simulated-processor/simulated-processor.ts'
import { simulatedProcessorBench } from './simulated-processor/simulated-processor-bench.ts'

/** A processor that is wrong in one way. */
export interface PaymentProcessorFault {
  /** What is wrong. */
  readonly name: string
  /** A fresh bench with it. */
  bench(runtime: Pick<Runtime, 'now' | 'sleep' | 'randomBytes'>): PaymentProcessorBench
}

/** Processors, each wrong in one named way: the conformance suite must catch every one. */
export const paymentProcessorFaults: readonly PaymentProcessorFault[] = [
  fault('a key repeated acts again', { recall: () => 'new' }),
  fault('a key repeated with other parameters answers as if nothing was wrong', {
    recall: (...call) => (soundRules.recall(...call) === 'mismatch' ? 'replay' : soundRules.recall(...call)),
  }),
  fault('the key of a declined payment is free again', {
    recall: (stored, ...call) => (stored?.answer?.outcome === 'declined' ? 'new' : soundRules.recall(stored, ...call)),
  }),
  fault('keys are shared by all accounts', { shelf: (rows, account) => (rows === 'keys' ? '' : account) }),
  fault('payments are shared by all accounts', { shelf: (rows, account) => (rows === 'payments' ? '' : account) }),
  fault('events are shared by all accounts', { shelf: (rows, account) => (rows === 'events' ? '' : account) }),
  fault('no amount is refused', { cannotOpen: () => null }),
  fault('a card number is taken for a token', {
    cannotOpen: (request, capabilities) => soundRules.cannotOpen({ ...request, paymentToken: undefined }, capabilities),
  }),
  fault('the least charge is not looked at', {
    cannotOpen: (request, capabilities) => soundRules.cannotOpen(request, { ...capabilities, minimum: {} }),
  }),
  fault('amounts pass through floating point', {
    amountOf: ({ amount, currency }) => ({ amount: Math.trunc((amount / 100) * 100), currency }),
  }),
  fault('every currency is taken to have two decimals', {
    amountOf: ({ amount, currency }) => ({ amount: currency === 'JPY' ? amount * 100 : amount, currency }),
  }),
  fault('manual capture is forgotten', { capturesAtOnce: () => true }),
  fault('nobody waits for the shopper', { needsShopper: () => false }),
  fault('a payment can be confirmed whatever its state', { cannotConfirm: () => null }),
  fault('more than was authorised can be captured', {
    cannotCapture: (payment, amount) =>
      amount.amount > payment.amount.amount ? null : soundRules.cannotCapture(payment, amount),
  }),
  fault('a closed payment can be captured', { cannotCapture: () => null }),
  fault('a void closes nothing', { canCancel: () => false }),
  fault('a void cancels captured money', { canCancel: () => true }),
  fault('more than was captured can be refunded', {
    cannotRefund: (payment, amount) => soundRules.cannotRefund({ ...payment, refunded: 0 }, amount),
  }),
  fault('what was not captured can be refunded', {
    cannotRefund: (payment, amount) =>
      soundRules.cannotRefund({ ...payment, state: 'captured', captured: payment.amount.amount }, amount),
  }),
  fault('negative amounts are refunded', {
    cannotRefund: (payment, amount) => (amount.amount < 0 ? null : soundRules.cannotRefund(payment, amount)),
  }),
  fault('the currency of a refund is not looked at', {
    cannotRefund: (payment, { amount }) =>
      soundRules.cannotRefund(payment, { amount, currency: payment.amount.currency }),
  }),
  fault('refunds are not told', { view: (payment) => ({ ...viewPayment(payment), refunded: 0 }) }),
  fault('a late payment counts as captured', {
    view: (payment) => {
      const view = viewPayment(payment)
      return view.state === 'processing' ? { ...view, state: 'captured', captured: view.amount.amount } : view
    },
  }),
  fault('a decline counts as captured', {
    view: (payment) => {
      const view = viewPayment(payment)
      return view.state === 'failed' ? { ...view, state: 'captured' } : view
    },
  }),
  fault('a lost answer is called a failure', { lostReply: (reason) => ({ outcome: 'failed', reason }) }),
  fault('a lost answer is thrown', {
    lostReply: (reason) => {
      throw new Error(reason)
    },
  }),
  fault('nothing is found by its key', { findsByKey: false }),
  fault('there is a pause between check and write', {
    alone: async (log, check, write) => {
      const refused = log.transact(check)
      await Promise.resolve()
      return refused ?? log.transact(write)
    },
  }),
  fault('any signature of the right form is accepted', { acceptsSignature: () => true }),
  fault('old signatures are accepted', { signatureTolerance: Number.POSITIVE_INFINITY }),
  fault('the account in an event is not looked at', { isEventOfAccount: () => true }),
  fault('the mode of an event is not looked at', { isEventOfMode: () => true }),
  fault('events are listed from the beginning each time', { listsAfter: () => 0 }),
  faultBeside('an event has a new id each time it is read', ({ parseEvent }, { randomBytes }) => ({
    parseEvent: async (...call) => {
      const answer = await parseEvent(...call)
      if (answer.outcome !== 'event') return answer
      return { ...answer, event: { ...answer.event, eventId: randomBytes(8).join('-') } }
    },
  })),
  faultBeside('a void that closes nothing is called a success', ({ capabilities, lookup }) => ({
    capabilities: { ...capabilities, voidable: false },
    void: async (account, { key, reference }) => {
      const answer = await lookup(account, { reference, key })
      if (answer.outcome !== 'found') return { outcome: 'unknown', reason: answer.outcome }
      return { outcome: 'succeeded', payment: answer.payment }
    },
  })),
  faultBeside('a void that cannot be is called unknown', ({ capabilities }) => ({
    capabilities: { ...capabilities, voidable: false },
    void: async () => ({ outcome: 'unknown', reason: 'it cannot be closed' }),
  })),
  faultBeside('lookup leaves out what the shopper has to do', ({ lookup }) => ({
    lookup: async (...call) => {
      const answer = await lookup(...call)
      return answer.outcome === 'found' ? { outcome: 'found', payment: answer.payment } : answer
    },
  })),
  // A vendor seldom tells a trial what it moved: these are to be seen by looking up alone.
  faultUnseen('a capture is answered, and not made', (processor) => ({
    capture: async (account, { reference, key, amount: { amount } }) =>
      said(processor, account, { reference, key }, { state: 'captured', captured: amount }),
  })),
  faultUnseen('a capture that is only taken in is answered as if its money was there', (processor) => ({
    capture: async (account, { reference, key, amount: { amount } }) => {
      const answer = await said(processor, account, { reference, key }, { state: 'captured', captured: amount })
      return answer.outcome === 'succeeded' ? { ...answer, outcome: 'pending' } : answer
    },
  })),
  faultUnseen('all is captured where a part was asked for and answered', (processor) => ({
    capture: async (account, request) => {
      const { amount } = request.amount
      const all = await said(processor, account, request, {})
      if (all.outcome !== 'succeeded') return all
      const answer = await processor.capture(account, { ...request, amount: all.payment.amount })
      return answer.outcome === 'succeeded' ? { ...answer, payment: { ...answer.payment, captured: amount } } : answer
    },
  })),
  faultUnseen('money is taken, and answered as authorised', ({ open }) => ({
    open: async (account, request) => {
      const answer = await open(account, { ...request, capture: 'automatic' })
      if (request.capture === 'automatic' || answer.outcome !== 'succeeded') return answer
      return { ...answer, payment: { ...answer.payment, state: 'authorized', captured: 0 } }
    },
  })),
  faultUnseen('a void is answered, and not made', (processor) => ({
    void: (account, request) => said(processor, account, request, { state: 'cancelled' }),
  })),
  faultUnseen('a refund is answered, and not made', (processor) => ({
    refund: (account, { reference, key, amount: { amount } }) =>
      said(processor, account, { reference, key }, { refunded: amount }),
  })),
]

/** An answer as if it was done, of a call that is not made. */
async function said(
  { lookup }: PaymentProcessor,
  account: ProcessorAccount,
  { reference, key }: { reference: string; key: string },
  done: Partial<ProcessorPayment>,
): Promise<ProcessorAnswer> {
  const found = await lookup(account, { reference, key })
  if (found.outcome !== 'found') return { outcome: 'failed', reason: 'no such payment' }
  return { outcome: 'succeeded', payment: { ...found.payment, ...done } }
}

function fault(name: string, rules: Partial<ProcessorRules>): PaymentProcessorFault {
  return { name, bench: (runtime) => simulatedProcessorBench(simulatedProcessor({ runtime, rules }), runtime) }
}

/** The same, at a vendor that does not say what it moved. */
function faultUnseen(...[name, change]: Parameters<typeof faultBeside>): PaymentProcessorFault {
  const { bench } = faultBeside(name, change)
  return {
    name,
    bench(runtime) {
      const { totals: _untold, ...rest } = bench(runtime)
      return rest
    },
  }
}

/** A sound processor, of which a method is wrong in the adapter beside it. */
function faultBeside(
  name: string,
  change: (processor: PaymentProcessor, runtime: Pick<Runtime, 'randomBytes'>) => Partial<PaymentProcessor>,
): PaymentProcessorFault {
  return {
    name,
    bench: (runtime) => {
      const bench = simulatedProcessorBench(simulatedProcessor({ runtime }), runtime)
      return { ...bench, processor: { ...bench.processor, ...change(bench.processor, runtime) } }
    },
  }
}
