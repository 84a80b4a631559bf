import type { AdminPorts } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, Stored } from '../ports/index.ts'
import {
  type Code,
  type CodeBatch,
  codeBatches,
  codeBatchKind,
  codes,
  mintedCode,
  type NewCodeBatch,
  spelledCode,
} from '../promotion/index.ts'
import {
  byId,
  counter,
  type Decision,
  decide,
  insert,
  listPage,
  type PageAnswer,
  type PageAsked,
  put,
  readAll,
  type VersionedRecord,
} from '../storage/index.ts'
import { createRecord } from './records.ts'

/** So many codes are stored by one commit: more gain nothing, and others wait for it. */
const CHUNK = 100

/**
 * Makes a batch and its codes. They are stored a hundred at a time; where that is interrupted, {@link mintCodes} or a
 * repeat with the same idempotency key makes the rest.
 * @throws BursarError `invalid_input`, `unique_taken`, `idempotency_key_reused`
 */
export async function createCodeBatch(
  ports: AdminPorts,
  call: Call,
  input: NewCodeBatch,
): Promise<VersionedRecord<CodeBatch>> {
  const { record } = await createRecord(ports, call, codeBatchKind, input)
  return mintCodes(ports, call, { id: record.id })
}

/** Makes the codes that a batch lacks. Repeated, and by several at once, it makes no more than the batch is to have. */
export async function mintCodes(
  ports: AdminPorts,
  call: Call,
  { id }: { id: string },
): Promise<VersionedRecord<CodeBatch>> {
  for (;;) {
    const { body, version } = await decide(ports, call.scope, () => mintSome(ports, call, id))
    if (body.minted >= body.count || body.status === 'revoked') return { record: body, version }
  }
}

async function mintSome(ports: AdminPorts, call: Call, id: string): Promise<Decision<Stored<CodeBatch>>> {
  const [stored] = await readAll(ports.storage, call.scope, byId(codeBatches, id))
  if (stored === null) throw new BursarError('not_found')
  const { count, minted, status } = stored.body
  const missing = Math.min(CHUNK, count - minted)
  if (missing <= 0 || status === 'revoked') return { answer: stored }
  const made = Array.from({ length: missing }, () => mintedCode(stored.body, ports.runtime))
  const body = { ...stored.body, minted: minted + missing }
  return {
    changes: [put(codeBatches, stored, body), ...made.map((code) => insert(codes, code.id, code))],
    done: () => ({ ...stored, body, version: stored.version + 1 }),
  }
}

/** A code of a batch as it is handed out. */
export interface BatchCode {
  /** Code id. */
  id: string
  /** As it is handed out, in groups of four. */
  code: string
  /** How often it was used, or is held by an order that is being paid. */
  used: number
  /** Where it stands: `revoked` with its batch, too. */
  status: Code['status']
}

/** Codes of a batch, a page at a time. @throws BursarError `not_found` */
export async function codesOfBatch(
  { storage }: Pick<AdminPorts, 'storage'>,
  call: Call,
  { id, ...page }: PageAsked & { id: string },
): Promise<PageAnswer<BatchCode>> {
  const [batch] = await readAll(storage, call.scope, byId(codeBatches, id))
  if (batch === null) throw new BursarError('not_found')
  const found = await listPage(storage, call.scope, codes, { index: 'batch', equals: [id], page })
  const counted = await readAll(storage, call.scope, ...found.items.map((code) => counter(`code:${code.id}`)))
  const items = found.items.map(({ body }, place) => ({
    id: body.id,
    code: spelledCode(body.code, batch.body.prefix),
    used: (counted[place]?.used ?? 0) + (counted[place]?.held ?? 0),
    status: batch.body.status === 'revoked' ? batch.body.status : body.status,
  }))
  return { items, nextCursor: found.nextCursor }
}
