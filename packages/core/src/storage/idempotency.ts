import { BursarError } from '../errors/index.ts'
import { sha256Hex } from '../ids/index.ts'
import type { Call, Change, Collection, Stored } from '../ports/index.ts'
import { addMilliseconds, type Instant } from '../time/index.ts'
import { byId, insert, type RecordRef } from './records.ts'

/** Keys are kept so long after their first use, in milliseconds: 30 days. */
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000

/** A key that was used, and what the request made. Holds ids only. */
export interface IdempotencyRecord {
  /** Hash of operation, path and body. */
  fingerprint: string
  /** Id of the record that the request made. */
  result: string
  /** When it was first used. */
  at: Instant
  /** When it may be forgotten. */
  expiresAt: Instant
}

/** Keys of checkout and of admin writes; carts keep their own. The id is a hash of site, caller and key. */
export const idempotencyRecords: Collection<IdempotencyRecord> = {
  name: 'idempotencyRecords',
  of: 'operator',
  columns: { expiresAt: (record) => record.expiresAt },
  unique: {},
  indexes: { expiresAt: ['expiresAt'] },
}

/** Where a call's key is kept; `owner` tells callers apart, so that one's key is never another's. */
export function idempotencyRef(
  call: Call & { readonly key: string },
  owner: string,
): RecordRef<Stored<IdempotencyRecord>> & { id: string } {
  const id = sha256Hex(`${call.scope.site}\n${owner}\n${call.key}`)
  return { ...byId(idempotencyRecords, id), id }
}

/** What the request made when its key was first used, or null. @throws BursarError `idempotency_key_reused` */
export function resultOfRepeat(call: Call, stored: Stored<IdempotencyRecord> | null): string | null {
  if (stored === null) return null
  if (stored.body.fingerprint !== call.fingerprint) throw new BursarError('idempotency_key_reused')
  return stored.body.result
}

/** The change that remembers a key with what the request made. */
export function rememberResult(call: Call, id: string, result: string): Change {
  return insert(idempotencyRecords, id, {
    fingerprint: call.fingerprint,
    result,
    at: call.now,
    expiresAt: addMilliseconds(call.now, KEPT_FOR),
  })
}
