import type { Instant } from '../time/index.ts'

/** Who did something: opaque ids only. */
export interface Actor {
  /** Kind of principal. */
  type: 'shopper' | 'customer' | 'staff' | 'service' | 'system'
  /** Opaque id: customer id of Bursar's, staff id, service id; empty for an unknown shopper and the system. */
  id: string
  /** Customer for whom a service acted. */
  actingFor?: string | undefined
}

/** Who changed what, when. Holds ids and names of fields, never values that can be personal. Append-only. */
export interface AuditEvent {
  /** `aud_…` */
  id: string
  /** Collection of the record. */
  collection: string
  /** Record id. */
  record: string
  /** Site id through which it was done. */
  site: string
  /** Operation's name, such as `admin.products.update`. */
  operation: string
  /** Who. */
  actor: Actor
  /** Names of the members that changed. */
  fields: readonly string[]
  /** When. */
  at: Instant
}
