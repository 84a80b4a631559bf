import type { Runtime } from '../../ports/index.ts'
import { addMilliseconds } from '../../time/index.ts'
import type { PaymentProcessorBench, SignedRequest } from '../payment-processor-bench.ts'
import { testAccount } from '../test-account.ts'
import type { ProcessorEffect } from './processor-records.ts'
import type { SimulatedProcessor } from './simulated-processor.ts'
import { signTestEvent, TEST_SIGNATURE_HEADER } from './test-signature.ts'

/** A bench for the conformance suite of a simulated processor, whatever its log is. */
export function simulatedProcessorBench(
  processor: SimulatedProcessor,
  runtime: Pick<Runtime, 'now'>,
): PaymentProcessorBench {
  return {
    processor,
    account: testAccount('pac_one', { webhook: 'secret of one', key: 'key of one' }),
    otherAccount: testAccount('pac_two', { webhook: 'secret of two', key: 'key of two' }),
    currency: 'USD',
    tokens: {
      approve: 'tok_approve',
      decline: 'tok_decline',
      timeoutBefore: 'tok_timeout_before',
      timeoutAfter: 'tok_timeout_after',
      late: 'tok_late',
    },
    async totals({ id }) {
      const effects = processor.log().filter(({ account }) => account === id)
      const charged = sum(effects, 'captured') - sum(effects, 'capture_failed')
      return { charged, refunded: sum(effects, 'refunded') }
    },
    async confirm(clientSecret, choice) {
      await processor.confirm(clientSecret, choice)
    },
    async settle({ id }, reference) {
      processor.settle({ account: id, reference }, 'captured')
    },
    async failCapture({ id }, reference) {
      processor.failCapture({ account: id, reference })
    },
    async signEvent({ signedBy, about, mode, reference, ageSeconds }): Promise<SignedRequest> {
      const body = { id: 'evt_1', account: about.id, mode, type: 'payment.captured', payment: reference, key: 'key-1' }
      const rawBody = new TextEncoder().encode(JSON.stringify(body))
      const at = addMilliseconds(runtime.now(), -ageSeconds * 1000)
      const secrets = [await signedBy.secret('webhook')]
      const headers = new Headers({ [TEST_SIGNATURE_HEADER]: await signTestEvent({ secrets, rawBody, at }) })
      return { rawBody, headers }
    },
  }
}

function sum(effects: readonly ProcessorEffect[], effect: ProcessorEffect['effect']): number {
  return effects.filter((one) => one.effect === effect).reduce((total, { amount }) => total + amount.amount, 0)
}
