export { deliverJob } from './deliver-grant.ts'
export type { FulfilmentPorts } from './fulfilment-ports.ts'
export { completeGrant, listGrants, retryGrant, type VersionedGrant } from './staff-grants.ts'
export { withdrawJob } from './withdraw-grant.ts'
