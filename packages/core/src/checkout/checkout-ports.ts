import type { CartPorts } from '../cart/index.ts'
import type { ProcessorPorts } from '../payment/index.ts'
import type { Failpoint } from '../ports/index.ts'

/** What the use cases of checkout need. */
export interface CheckoutPorts extends CartPorts, ProcessorPorts {
  /** For tests that end the process at a step. */
  step: Failpoint
}
