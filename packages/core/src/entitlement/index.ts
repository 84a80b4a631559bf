export { enqueueGrant } from './enqueue-grant.ts'
export { entitlements, grants } from './entitlement.collection.ts'
export type { Entitlement, EntitlementSource, EntitlementState } from './entitlement.ts'
export type { DeliveryDelay, DeliveryState, Grant, WaitingFor } from './grant.ts'
