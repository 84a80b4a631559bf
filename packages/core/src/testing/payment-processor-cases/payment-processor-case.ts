import type { ContractCase } from '../contract-case.ts'
import type { PaymentProcessorBench, PaymentProcessorNeed } from '../payment-processor-bench.ts'

/** A guarantee of the port, checked. */
export type PaymentProcessorCase = ContractCase<PaymentProcessorBench, PaymentProcessorNeed>
