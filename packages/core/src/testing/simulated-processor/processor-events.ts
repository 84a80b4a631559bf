import type { EventAnswer, ProcessorAccount, ProcessorEvent } from '../../ports/index.ts'
import { fromInstant, type Instant } from '../../time/index.ts'
import type { SimulationLog } from '../simulation-log.ts'
import { eventsOf } from './processor-records.ts'
import type { ProcessorRules } from './processor-rules.ts'
import { readTestSignature, TEST_SIGNATURE_HEADER } from './test-signature.ts'

/** A request to the webhook address of an account. */
export interface TestEventRequest {
  readonly account: ProcessorAccount
  readonly rawBody: Uint8Array
  readonly headers: { get(name: string): string | null }
  readonly now: Instant
  readonly rules: ProcessorRules
}

/** Checks the signature, then the account and the mode; only then is the body an event. */
export async function parseTestEvent(request: TestEventRequest): Promise<EventAnswer> {
  const { account, rawBody, headers, now, rules } = request
  if (account.mode !== 'test') return badSignature('The test processor signs nothing for live accounts.')
  const secret = await account.secret('webhook')
  const signature = await readTestSignature({ header: headers.get(TEST_SIGNATURE_HEADER), secret, rawBody })
  if (signature === null) return badSignature(`The header ${TEST_SIGNATURE_HEADER} is missing or not of its form.`)
  if (!rules.acceptsSignature(signature.isGenuine)) return badSignature('No signature matches the body and the secret.')
  const ageSeconds = Math.abs(Math.floor(fromInstant(now) / 1000) - signature.time)
  if (ageSeconds > rules.signatureTolerance) return badSignature(`The signature is ${ageSeconds} seconds off.`)
  const body = readBody(rawBody)
  if (body === null) return { outcome: 'ignored', reason: 'The body is no event of the test processor.' }
  if (!rules.isEventOfAccount(body.account, account)) return badSignature('The event is about another account.')
  if (!rules.isEventOfMode(body.event, account)) {
    return { outcome: 'ignored', reason: `A ${body.event.mode} event for a ${account.mode} account.` }
  }
  return { outcome: 'event', event: body.event }
}

/** An account's events after a cursor, oldest first. */
export function listEvents(request: {
  readonly log: SimulationLog
  readonly account: ProcessorAccount
  readonly cursor: string | null
  readonly rules: ProcessorRules
}): { events: ProcessorEvent[]; cursor: string | null } {
  const { log, account, cursor, rules } = request
  const after = rules.listsAfter(Number(cursor ?? 0))
  const rows = account.mode === 'test' ? log.list(eventsOf(rules.shelf('events', account.id)), { after }) : []
  const last = rows.at(-1)
  return { events: rows.map(({ document }) => document.event), cursor: last === undefined ? cursor : String(last.seq) }
}

function badSignature(reason: string): EventAnswer {
  return { outcome: 'bad_signature', reason }
}

function readBody(rawBody: Uint8Array): { account: unknown; event: ProcessorEvent } | null {
  const body = parseObject(rawBody)
  if (body === null) return null
  const { id, account, mode, type, payment, key } = body
  if (typeof id !== 'string' || typeof type !== 'string' || typeof payment !== 'string') return null
  if (mode !== 'test' && mode !== 'live') return null
  const event = { eventId: id, reference: payment, type, mode } as const
  return { account, event: typeof key === 'string' ? { ...event, key } : event }
}

function parseObject(rawBody: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
