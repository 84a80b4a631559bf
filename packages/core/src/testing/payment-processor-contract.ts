import type { ContractCase } from './contract-case.ts'
import type { PaymentProcessorBench, PaymentProcessorNeed } from './payment-processor-bench.ts'
import { accountCases } from './payment-processor-cases/account-cases.ts'
import { captureAndVoidCases } from './payment-processor-cases/capture-and-void-cases.ts'
import { eventCases } from './payment-processor-cases/event-cases.ts'
import { openCases } from './payment-processor-cases/open-cases.ts'
import { refundCases } from './payment-processor-cases/refund-cases.ts'
import { refusalCases } from './payment-processor-cases/refusal-cases.ts'
import { unknownCases } from './payment-processor-cases/unknown-cases.ts'

/**
 * What every `PaymentProcessor` keeps, one case per guarantee. Run each on a fresh bench:
 *
 * ```ts
 * const { run } = chooseCases(paymentProcessorContract, paymentProcessorAbilities(makeBench()))
 * for (const { name, run: check } of run) test(name, () => check(makeBench()))
 * ```
 */
export const paymentProcessorContract: readonly ContractCase<PaymentProcessorBench, PaymentProcessorNeed>[] = [
  ...openCases,
  ...unknownCases,
  ...refusalCases,
  ...captureAndVoidCases,
  ...refundCases,
  ...accountCases,
  ...eventCases,
]
