export { type FulfilmentJobs, fulfilmentJobs } from './fulfilment-jobs.ts'
export type { FulfilmentPorts } from './fulfilment-ports.ts'
export { ownershipReader } from './read-ownership.ts'
export { completeGrant, listGrants, retryGrant, type VersionedGrant } from './staff-grants.ts'
