import { BursarError } from '../errors/index.ts'
import type { Call, Change, Runtime, Stored } from '../ports/index.ts'
import {
  byId,
  type IdempotencyRecord,
  idempotencyRecords,
  idempotencyRef,
  type RecordRef,
  rememberResult,
  resultOfRepeat,
} from '../storage/index.ts'
import { auditEvents } from './audit.collection.ts'
import { actorOf, audit } from './audit.ts'
import type { AuditEvent } from './audit-event.ts'

/**
 * One write by staff or a service: its audit event shows whether it is stored, and its idempotency key, if it has one,
 * shows what an earlier request with it made.
 */
export interface AuditedWrite {
  /** Id of the audit event, the same in every attempt. */
  readonly eventId: string
  /** Where the idempotency key is kept, or null. */
  readonly key: ReturnType<typeof idempotencyRef> | null
}

/** Begins a write: outside of the attempts, so that all of them are the same write. */
export function auditedWrite(runtime: Pick<Runtime, 'newId'>, call: Call): AuditedWrite {
  const { type, id } = actorOf(call.principal)
  const key = call.key === null ? null : idempotencyRef({ ...call, key: call.key }, `${type}:${id}`)
  return { eventId: runtime.newId('aud'), key }
}

/** What {@link writeRefs} find. */
export type WriteState = readonly [event: Stored<AuditEvent> | null, key: Stored<IdempotencyRecord> | null]

/** What an attempt reads of its own write, with the documents that it is about. */
export function writeRefs(
  write: AuditedWrite,
): readonly [RecordRef<Stored<AuditEvent>>, RecordRef<Stored<IdempotencyRecord>>] {
  // Without a key there is nothing to find: no hash is this id.
  return [byId(auditEvents, write.eventId), write.key ?? byId(idempotencyRecords, 'none')]
}

/**
 * Whether this write is stored already (its reply was lost), and what an earlier request with its key made.
 * @throws BursarError `idempotency_key_reused`
 */
export function writtenBefore(call: Call, [event, key]: WriteState): { isStored: boolean; madeBefore: string | null } {
  return { isStored: event !== null, madeBefore: event === null ? resultOfRepeat(call, key) : null }
}

/** What a write is about. */
export interface WrittenRecord {
  /** Name of the collection. */
  collection: string
  /** Record id. */
  record: string
  /** Names of the members that changed. */
  fields: readonly string[]
}

/** The changes that record a write: its audit event, and its key with the id of what it made. */
export function writeChanges(call: Call, write: AuditedWrite, what: WrittenRecord): Change[] {
  const event = audit({ ...auditedCall(call), ...what, id: write.eventId })
  return write.key === null ? [event] : [event, rememberResult(call, write.key.id, what.record)]
}

/** What every audit event says of its call. */
export function auditedCall(call: Call): Pick<AuditEvent, 'operation' | 'site' | 'actor' | 'at'> {
  return { operation: call.operation, site: call.scope.site, actor: actorOf(call.principal), at: call.now }
}

/** @throws BursarError `version_conflict` when the caller saw another version */
export function assertVersion(call: Call, version: number): void {
  if (call.ifVersion === null || call.ifVersion === version) return
  throw new BursarError('version_conflict', { data: { version } })
}
