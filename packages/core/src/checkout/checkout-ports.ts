import type { CartPorts } from '../cart/index.ts'
import { ownValue } from '../json/index.ts'
import type { ProcessorPorts } from '../payment/index.ts'
import type { Failpoint, FulfilmentProvider } from '../ports/index.ts'

/** What the use cases of checkout need. */
export interface CheckoutPorts extends CartPorts, ProcessorPorts {
  /** Providers by name. */
  fulfilment: { readonly [name: string]: FulfilmentProvider }
  /** For tests that end the process at a step. */
  step: Failpoint
}

/** Does this provider deliver to a learner's account only? One that is not configured waits like one that does. */
export function needsLearner(ports: Pick<CheckoutPorts, 'fulfilment'>, provider: string): boolean {
  const kind = ownValue(ports.fulfilment, provider)?.kind
  return kind === undefined || kind === 'learning'
}
