export { enqueueGrant } from './enqueue-grant.ts'
export { entitlements, grants } from './entitlement.collection.ts'
export type { Entitlement, EntitlementSource, EntitlementState } from './entitlement.ts'
export { type DeliveryDelay, type DeliveryState, deliveryKey, type Grant, type WaitingFor } from './grant.ts'
