export type { Actor, AuditEvent } from './audit-event.ts'
export { actorOf, audit, type AuditedChange } from './audit.ts'
export { auditEvents } from './audit.collection.ts'
export {
  assertVersion,
  type AuditedWrite,
  auditedCall,
  auditedWrite,
  writeChanges,
  type WriteState,
  type WrittenRecord,
  writeRefs,
  writtenBefore,
} from './audited-write.ts'
export { listAuditEvents } from './list-audit-events.ts'
