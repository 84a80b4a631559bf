import type { Change, Principal } from '../ports/index.ts'
import { insert } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import { auditEvents } from './audit.collection.ts'
import type { Actor, AuditEvent } from './audit-event.ts'

/**
 * Who a principal is, in opaque ids. A customer's id at the host is personal, so the caller gives Bursar's own id
 * where it is known.
 */
export function actorOf(principal: Principal, customerId: string | null = null): Actor {
  switch (principal.type) {
    case 'shopper':
    case 'customer':
      return { type: principal.type, id: customerId ?? '' }
    case 'staff':
      return { type: 'staff', id: principal.staffId }
    case 'service':
      return customerId === null
        ? { type: 'service', id: principal.serviceId }
        : { type: 'service', id: principal.serviceId, actingFor: customerId }
    case 'system':
      return { type: 'system', id: '' }
  }
}

/** What an audit event says of a change. */
export interface AuditedChange {
  /** Id of the event, `aud_…`. */
  id: string
  /** Collection of the record. */
  collection: string
  /** Record id. */
  record: string
  /** Operation's name. */
  operation: string
  /** Site through which it was done. */
  site: string
  /** Who. */
  actor: Actor
  /** Names of the members that changed; never their values. */
  fields: readonly string[]
  /** When. */
  at: Instant
}

/** The change that records it, to be committed with what it is about. */
export function audit(event: AuditedChange): Change {
  const record: AuditEvent = event
  return insert(auditEvents, event.id, record)
}
