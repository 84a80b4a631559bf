import { hashOf } from '../ids/index.ts'
import { type JournalCause, type JournalEntry, recordTransaction } from '../journal/index.ts'
import type { JsonObject } from '../json/index.ts'
import type { Change } from '../ports/index.ts'
import { insert } from '../storage/index.ts'
import { type Instant, localDate } from '../time/index.ts'
import type { DomainEvent } from './domain-event.ts'
import { domainEvents } from './order.collection.ts'
import type { Order } from './order.ts'

/** An order while a decision changes it, and what is to be committed with it. */
export interface OrderDraft {
  /** The order as it will be. */
  order: Order
  /** Journal, events, entitlements, grants, jobs. */
  changes: Change[]
  /** The clock. */
  now: Instant
  /** Site id of the order. */
  site: string
  /** The seller's zone, for business dates. */
  timeZone: string
}

/** Writes a transaction to the order's stream. */
export function post(draft: OrderDraft, cause: JournalCause, entries: readonly JournalEntry[]): void {
  if (entries.length === 0) return
  const { head, change } = recordTransaction(draft.order.journal, {
    stream: draft.order.id,
    occurredAt: localDate(draft.now, draft.timeZone),
    recordedAt: draft.now,
    seller: draft.order.seller,
    site: draft.site,
    cause,
    entries,
  })
  draft.order = { ...draft.order, journal: head }
  draft.changes.push(change)
}

/** Writes an event to the order's stream. */
export function emit(draft: OrderDraft, type: DomainEvent['type'], data: JsonObject = {}): void {
  const seq = draft.order.events.seq + 1
  const event: DomainEvent = {
    id: `${draft.order.id}:${seq}`,
    stream: draft.order.id,
    seq,
    type,
    site: draft.site,
    data,
    at: draft.now,
  }
  draft.order = { ...draft.order, events: { seq, hash: hashOf({ previous: draft.order.events.hash, event }) } }
  draft.changes.push(insert(domainEvents, event.id, event))
}
