import type { JsonObject } from '../json/index.ts'
import type { Instant } from '../time/index.ts'

/** What happened, for handlers and webhooks. Holds ids and amounts, never personal data. Append-only, in order per stream. */
export interface DomainEvent {
  /** `<stream>:<seq>` */
  id: string
  /** Owner of the stream: an order id. */
  stream: string
  /** Place in the stream, from 1. */
  seq: number
  /** What happened. */
  type: 'order.started' | 'order.placed' | 'order.paid' | 'order.payment_failed' | 'order.cancelled' | 'order.claimed'
  /** Site id. */
  site: string
  /** Ids and amounts. */
  data: JsonObject
  /** When. */
  at: Instant
}
