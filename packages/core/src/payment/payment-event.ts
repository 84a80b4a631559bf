import type { Instant } from '../time/index.ts'

/** A genuine event of a processor, stored before it is acknowledged. Its id is account and event id: each is applied once. */
export interface PaymentEvent {
  /** `<account>:<event id>` */
  id: string
  /** Payment account id. */
  account: string
  /** The vendor's type, for logs. */
  type: string
  /** The processor's id of the payment, or null. */
  reference: string | null
  /** The key of the call that opened it, where given. */
  key: string | null
  /** When it came. */
  receivedAt: Instant
}
