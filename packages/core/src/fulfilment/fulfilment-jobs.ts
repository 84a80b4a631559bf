import type { JobHandler } from '../storage/index.ts'
import { deliverJob } from './deliver-grant.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import type { ProviderGate } from './provider-gate.ts'
import { withdrawJob } from './withdraw-grant.ts'

/** What delivers and takes back. */
export interface FulfilmentJobs {
  'grant.deliver': JobHandler<'grant.deliver'>
  'grant.withdraw': JobHandler<'grant.withdraw'>
}

/** The handlers of the grants' queues; by the gate they know together which providers do not answer. */
export function fulfilmentJobs(ports: FulfilmentPorts, gate: ProviderGate): FulfilmentJobs {
  return { 'grant.deliver': deliverJob(ports, gate), 'grant.withdraw': withdrawJob(ports, gate) }
}
