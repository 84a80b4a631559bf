export { auditEvents } from './audit.collection.ts'
export { type AuditedChange, actorOf, audit } from './audit.ts'
export type { Actor, AuditEvent } from './audit-event.ts'
export {
  type AuditedWrite,
  assertVersion,
  auditedCall,
  auditedWrite,
  type WriteState,
  type WrittenRecord,
  writeChanges,
  writeRefs,
  writtenBefore,
} from './audited-write.ts'
export { listAuditEvents } from './list-audit-events.ts'
