import type { Collection } from '../ports/index.ts'
import type { AuditEvent } from './audit-event.ts'

/** Audit events of an operator. */
export const auditEvents: Collection<AuditEvent> = {
  name: 'auditEvents',
  of: 'operator',
  appendOnly: true,
  columns: { record: (event) => event.record, at: (event) => event.at, actor: (event) => event.actor.id },
  unique: {},
  indexes: { record: ['record', 'at'], at: ['at'], actor: ['actor', 'at'] },
}
