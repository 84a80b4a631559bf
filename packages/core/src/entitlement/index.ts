export type { Entitlement, EntitlementSource, EntitlementState } from './entitlement.ts'
export type { DeliveryState, Grant, WaitingFor } from './grant.ts'
export { entitlements, grants } from './entitlement.collection.ts'
