import type { Instant } from '../time/index.ts'

/** Where an entitlement stands. */
export type EntitlementState = 'pending' | 'active' | 'suspended' | 'used' | 'expired' | 'withdrawn'

/** What gave an entitlement. */
export interface EntitlementSource {
  /** An order; seats and grants by staff follow. */
  type: 'order'
  /** Site id of the order. */
  site: string
  /** Order id. */
  orderId: string
  /** Order line id. */
  lineId: string
  /** Unit of the line, from 1. */
  unit: number
  /** Part of the line. */
  part: string
}

/** A recipient's right to a variant. Belongs to the operator. */
export interface Entitlement {
  /** `ent_…` */
  id: string
  /** Who has it. */
  customerId: string
  /** Who bought it. */
  buyerId: string
  /** Variant id. */
  variantId: string
  /** Product id. */
  productId: string
  /** What gave it. */
  source: EntitlementSource
  /** Where it stands. It is never stored as `expired`: that follows from `validUntil`. */
  state: EntitlementState
  /** From when it counts. One that waits begins later: once what it waits for is there. */
  validFrom: Instant
  /** Until when (exclusive), or null. Of one that waits this only says how long it will last from `validFrom`. */
  validUntil: Instant | null
  /** When it was sold: deadlines are judged by it. */
  soldAt: Instant
}
