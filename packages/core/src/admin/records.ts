import {
  type AuditedWrite,
  assertVersion,
  audit,
  auditedCall,
  auditedWrite,
  writeChanges,
  writeRefs,
  writtenBefore,
} from '../audit/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { BursarError, refuseInput } from '../errors/index.ts'
import type { Call, Change, Conflict, Scope, Stored } from '../ports/index.ts'
import { PRICING_VERSION_ID, type PricingVersion, pricingChange, pricingVersions, WHOLE } from '../pricing/index.ts'
import {
  byId,
  changedFields,
  decide,
  insert,
  listPage,
  type PageAnswer,
  type PageAsked,
  present,
  put,
  type RecordKind,
  type RecordUpdate,
  readAll,
  type VersionedRecord,
} from '../storage/index.ts'
import { findNamed } from './named-records.ts'

/** A page of the operator's records of one kind. */
export async function listRecords<T extends { id: string }, New>(
  ports: Pick<AdminPorts, 'storage'>,
  call: Call,
  kind: RecordKind<T, New>,
  input: PageAsked,
): Promise<PageAnswer<VersionedRecord<T>>> {
  const query = { ...kind.listed(call), page: input }
  const { items, nextCursor } = await listPage(ports.storage, scopeOf(kind, call), kind.collection, query)
  return { items: items.map(versioned), nextCursor }
}

/** One record. @throws BursarError `not_found`, alike for one that is not there and one of another operator */
export async function getRecord<T extends { id: string }, New>(
  ports: Pick<AdminPorts, 'storage'>,
  call: Call,
  kind: RecordKind<T, New>,
  input: { id: string },
): Promise<VersionedRecord<T>> {
  const [stored] = await readAll(ports.storage, scopeOf(kind, call), byId(kind.collection, input.id))
  return versioned(visible(kind, call, stored))
}

/** What happens beside the record itself. */
export interface Beside<T> {
  /** Runs when the record was found good, before it is stored. Several times, if the commit is tried again. */
  before?: ((record: T) => Promise<void>) | undefined
}

/**
 * Makes a record. Repeated with the same idempotency key it answers the first one.
 * @throws BursarError `invalid_input`, `unique_taken` with the member, `idempotency_key_reused`
 */
export async function createRecord<T extends { id: string }, New extends { id?: string | undefined }>(
  ports: AdminPorts,
  call: Call,
  kind: RecordKind<T, New>,
  input: NoInfer<New>,
  beside: Beside<T> = {},
): Promise<VersionedRecord<T>> {
  const write = auditedWrite(ports.runtime, call)
  const record = stored(kind, kind.complete(input, input.id ?? kind.id(input, ports.runtime), call))
  const fields = changedFields(null, record)
  let isRepeat = false
  const answer = await decide(ports, scopeOf(kind, call), async () => {
    const found = await readForWrite(ports, call, kind, { write, id: record.id })
    if (found.isStored && found.own !== null) return { answer: versioned(found.own) }
    isRepeat = found.madeBefore !== null
    if (found.madeBefore !== null) return { answer: await getRecord(ports, call, kind, { id: found.madeBefore }) }
    const named = await findNamed(ports.storage, call, kind.names(record, call))
    refuseInput([...named.issues, ...kind.check(record, null)])
    if (found.own !== null) throw taken('id')
    await beside.before?.(record)
    return {
      changes: [
        insert(kind.collection, record.id, record),
        ...named.people,
        ...changesBeside(ports, call, kind, { write, record: record.id, fields, pricing: found.pricing }),
      ],
      done: () => ({ record, version: 1 }),
      onConflict: (conflict, changes) => uniqueTaken(kind, conflict, changes),
    }
  })
  if (!isRepeat) await copyAudit(ports, call, kind, { write, record: record.id, fields })
  return answer
}

/**
 * Changes a record; what is absent in the input stays. One that would not change is answered as it is.
 * @throws BursarError `not_found`, `version_conflict`, `invalid_input`, `unique_taken` with the member
 */
export async function updateRecord<T extends { id: string }, New>(
  ports: AdminPorts,
  call: Call,
  kind: RecordKind<T, New>,
  input: RecordUpdate<NoInfer<T>>,
  beside: Beside<T> = {},
): Promise<VersionedRecord<T>> {
  const write = auditedWrite(ports.runtime, call)
  let fields: readonly string[] = []
  const answer = await decide(ports, scopeOf(kind, call), async () => {
    const { own, pricing, isStored } = await readForWrite(ports, call, kind, { write, id: input.id })
    const before = visible(kind, call, own)
    if (isStored) return { answer: versioned(before) }
    assertVersion(call, before.version)
    const record = stored(kind, { ...before.body, ...present(input) })
    fields = changedFields(before.body, record)
    const named = await findNamed(ports.storage, call, fields.length > 0 ? kind.names(record, call) : [])
    if (fields.length > 0) refuseInput([...named.issues, ...kind.check(record, before.body)])
    await beside.before?.(record)
    if (fields.length === 0) return { answer: versioned(before) }
    return {
      changes: [
        put(kind.collection, before, record),
        ...named.people,
        ...changesBeside(ports, call, kind, { write, record: record.id, fields, pricing }),
      ],
      done: () => ({ record, version: before.version + 1 }),
      onConflict: (conflict, changes) => uniqueTaken(kind, conflict, changes),
    }
  })
  if (fields.length > 0) await copyAudit(ports, call, kind, { write, record: input.id, fields })
  return answer
}

/** Another record has what must be unique. */
export function taken(path: string): BursarError {
  return new BursarError('unique_taken', { issues: [{ path, message: 'is taken by another record' }], reason: path })
}

const scopeOf = (kind: { readonly scope?: Scope | undefined }, call: Call): Scope => kind.scope ?? call.scope

function stored<T extends { id: string }, New>(kind: RecordKind<T, New>, record: T): T {
  return kind.normalise?.(record) ?? record
}

function versioned<T>({ body, version }: Stored<T>): VersionedRecord<T> {
  return { record: body, version }
}

function visible<T extends { id: string }, New>(
  kind: RecordKind<T, New>,
  call: Call,
  found: Stored<T> | null,
): Stored<T> {
  if (found === null || kind.isOf?.(found.body, call) === false) throw new BursarError('not_found')
  return found
}

async function readForWrite<T extends { id: string }, New>(
  ports: AdminPorts,
  call: Call,
  kind: RecordKind<T, New>,
  { write, id }: { write: AuditedWrite; id: string },
) {
  const [own, pricing, ...state] = await readAll(
    ports.storage,
    scopeOf(kind, call),
    byId(kind.collection, id),
    byId(pricingVersions, PRICING_VERSION_ID),
    ...writeRefs(write),
  )
  return { own, pricing, ...writtenBefore(call, state) }
}

interface WriteOf {
  write: AuditedWrite
  /** Record id. */
  record: string
  fields: readonly string[]
}

function changesBeside<T extends { id: string }, New>(
  { runtime }: AdminPorts,
  call: Call,
  kind: RecordKind<T, New>,
  { write, record, fields, pricing }: WriteOf & { pricing: Stored<PricingVersion> | null },
): Change[] {
  const recorded = writeChanges(call, write, { collection: kind.collection.name, record, fields })
  return kind.changesPrices
    ? [...recorded, pricingChange(runtime, pricing, kind.isReadAfresh === true ? [] : [WHOLE])]
    : recorded
}

function uniqueTaken<T extends { id: string }, New>(
  kind: RecordKind<T, New>,
  conflict: Conflict,
  changes: readonly Change[],
): BursarError | 'again' {
  const change = changes[conflict.change]
  if (conflict.why !== 'unique' || change === undefined || !('in' in change)) return 'again'
  if (change.in !== kind.collection.name) return 'again'
  return taken(conflict.key === 'id' ? 'id' : (kind.uniqueMembers[conflict.key] ?? conflict.key))
}

/** What is kept in the system's scope was recorded there; the operator's own audit gets the same event. */
async function copyAudit<T extends { id: string }, New>(
  ports: AdminPorts,
  call: Call,
  kind: RecordKind<T, New>,
  { write, record, fields }: WriteOf,
): Promise<void> {
  if (kind.scope === undefined) return
  const event = { ...auditedCall(call), collection: kind.collection.name, record, fields, id: write.eventId }
  await decide(ports, call.scope, async () => ({
    changes: [audit(event)],
    commitId: write.eventId,
    done: () => undefined,
  }))
}
