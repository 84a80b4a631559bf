import { auditedWrite, writeChanges } from '../audit/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { type CustomerRecord, customers, newWaiting, relyOn, withEmail } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, Change, Stored } from '../ports/index.ts'
import { type Code, type CodeBatch, codeBatches, codes, promotions, spelledCode } from '../promotion/index.ts'
import {
  byId,
  counter,
  decide,
  insert,
  listBy,
  listPage,
  type PageAnswer,
  type PageAsked,
  put,
  readAll,
} from '../storage/index.ts'

/** A code and the person whose it is. */
export interface AssignedCode {
  /** Code id. */
  id: string
  /** As it is handed out. */
  code: string
  /** Customer id of the person, known or waiting to be claimed. */
  customerId: string
  /** The person's e-mail address; null once they were erased. */
  email: string | null
}

/**
 * Gives each address a code of the batch that nobody has, all or none; an address that has one keeps it. The address stands
 * in the person's record alone, the code holds that record's id.
 * @throws BursarError `not_found`, `wrong_state` when too few codes are left or the batch is revoked
 */
export async function assignCodes(
  ports: AdminPorts,
  call: Call,
  input: { id: string; emails: readonly string[] },
): Promise<{ items: readonly AssignedCode[] }> {
  const emails = [...new Set(input.emails.map((email) => email.toLowerCase()))]
  const write = auditedWrite(ports.runtime, call)
  const items = await decide(ports, call.scope, async () => {
    const batch = await readBatch(ports, call, input.id)
    if (batch.status === 'revoked') throw new BursarError('wrong_state', { reason: 'revoked' })
    const owned = await Promise.all(emails.map((email) => codeOf(ports, call, batch.id, email)))
    const free = await freeCodes(ports, call, batch.id, owned.filter(({ code }) => code === null).length)
    const changes: Change[] = []
    const assigned = emails.map((email, place): AssignedCode => {
      const { person: known = null, code: own = null } = owned[place] ?? {}
      const person = known?.body ?? newWaiting(ports.runtime, call.now, { email })
      const code = own ?? free.shift()
      if (code === undefined) throw new BursarError('wrong_state', { reason: 'no_codes_left' })
      if (known === null) changes.push(insert(customers, person.id, person))
      if (own === null) {
        changes.push(put(codes, code, { ...code.body, assignedTo: person.id }))
        if (known !== null) changes.push(...relyOn(known))
      }
      return { id: code.id, code: spelledCode(code.body.code, batch.prefix), customerId: person.id, email }
    })
    if (changes.length === 0) return { answer: assigned }
    const what = { collection: codeBatches.name, record: batch.id, fields: ['assignedTo'] }
    return { changes: [...changes, ...writeChanges(call, write, what)], commitId: write.eventId, done: () => assigned }
  })
  return { items }
}

/**
 * Whom to remind: people whose code of the batch was not used, and who were not reminded yet. Nobody while the batch is revoked or
 * over, its promotion archived or over, or whose own code is.
 */
export async function codesToRemind(
  ports: Pick<AdminPorts, 'storage'>,
  call: Call,
  { id, ...page }: PageAsked & { id: string },
): Promise<PageAnswer<AssignedCode>> {
  const batch = await readBatch(ports, call, id)
  const [promotion] = await readAll(ports.storage, call.scope, byId(promotions, batch.promotionId))
  const gives = batch.status === 'active' && promotion?.body.status === 'active'
  if (!gives || isOver(batch, call) || isOver(promotion.body, call)) return { items: [], nextCursor: null }
  const found = await listPage(ports.storage, call.scope, codes, { index: 'toRemind', equals: [id], page })
  const unused = (await onlyUnused(ports, call, found.items)).filter(({ body }) => !isOver(body, call))
  const people = await readAll(
    ports.storage,
    call.scope,
    ...unused.map(({ body }) => byId(customers, body.assignedTo ?? '')),
  )
  const items = unused.map(({ body }, place) => ({
    ...{ id: body.id, code: spelledCode(body.code, batch.prefix), customerId: body.assignedTo ?? '' },
    email: people[place]?.body.email ?? null,
  }))
  return { items, nextCursor: found.nextCursor }
}

const isOver = ({ until }: Pick<Code, 'until'>, { now }: Call): boolean => until !== null && until <= now

/** Says that the people of these codes were reminded. Repeated, it changes nothing. @throws BursarError `not_found` */
export async function markReminded(
  ports: AdminPorts,
  call: Call,
  input: { id: string; codes: readonly string[] },
): Promise<{ reminded: number }> {
  const reminded = await decide(ports, call.scope, async () => {
    await readBatch(ports, call, input.id)
    const found = await readAll(ports.storage, call.scope, ...[...new Set(input.codes)].map((id) => byId(codes, id)))
    const due = found.flatMap((code) => {
      if (code === null || code.body.batchId !== input.id || !code.body.assignedTo) throw new BursarError('not_found')
      return code.body.remindedAt ? [] : [code]
    })
    if (due.length === 0) return { answer: 0 }
    return {
      changes: due.map((code) => put(codes, code, { ...code.body, remindedAt: call.now })),
      done: () => due.length,
    }
  })
  return { reminded }
}

async function readBatch({ storage }: Pick<AdminPorts, 'storage'>, call: Call, id: string): Promise<CodeBatch> {
  const [batch] = await readAll(storage, call.scope, byId(codeBatches, id))
  if (batch === null) throw new BursarError('not_found')
  return batch.body
}

/**
 * The code of an address in the batch, and whose it is; else who is to get one: somebody who has an account before one who
 * waits to be claimed. All records of the address are asked: the code stays with the one who waited, though an account came.
 */
async function codeOf(
  { storage }: AdminPorts,
  call: Call,
  batchId: string,
  email: string,
): Promise<{ person: Stored<CustomerRecord> | null; code: Stored<Code> | null }> {
  let first: Stored<CustomerRecord> | null = null
  for await (const person of withEmail(storage, call.scope, email)) {
    const query = { index: 'assigned', equals: [batchId, person.id], limit: 1 }
    const [code] = (await listBy(storage, call.scope, codes, query)).items
    if (code !== undefined) return { person, code }
    if (first === null || (first.body.hostId === null && person.body.hostId !== null)) first = person
  }
  return { person: first, code: null }
}

/** Codes that nobody has and nobody used, as many as are wanted or there are. */
async function freeCodes(ports: AdminPorts, call: Call, batchId: string, wanted: number): Promise<Stored<Code>[]> {
  const free: Stored<Code>[] = []
  let cursor: string | undefined
  while (free.length < wanted) {
    const page = await listBy(ports.storage, call.scope, codes, { index: 'free', equals: [batchId], cursor })
    free.push(...(await onlyUnused(ports, call, page.items)))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return free
}

async function onlyUnused(
  { storage }: Pick<AdminPorts, 'storage'>,
  call: Call,
  found: readonly Stored<Code>[],
): Promise<Stored<Code>[]> {
  const active = found.filter(({ body }) => body.status === 'active')
  const counted = await readAll(storage, call.scope, ...active.map(({ id }) => counter(`code:${id}`)))
  return active.filter((_code, place) => (counted[place]?.used ?? 0) + (counted[place]?.held ?? 0) === 0)
}
