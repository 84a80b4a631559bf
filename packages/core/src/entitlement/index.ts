export { entitlements, grants } from './entitlement.collection.ts'
export type { Entitlement, EntitlementSource, EntitlementState } from './entitlement.ts'
export type { DeliveryState, Grant, WaitingFor } from './grant.ts'
