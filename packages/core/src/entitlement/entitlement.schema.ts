import { id } from '../ids/id.schema.ts'
import { model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, flag, text, whole } from '../json/field.schema.ts'
import { json } from '../json/json.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { EntitlementState } from './entitlement.ts'
import type { DeliveryDelay, DeliveryState, Grant, WaitingFor } from './grant.ts'

/** Where an entitlement stands. */
export const entitlementState: SchemaOf<EntitlementState> = choice(
  'pending',
  'active',
  'suspended',
  'used',
  'expired',
  'withdrawn',
)

/** Where a delivery stands. */
export const deliveryState: SchemaOf<DeliveryState> = choice(
  'waiting',
  'queued',
  'delivered',
  'parked',
  'withdrawing',
  'withdrawn',
  'withdraw_parked',
)

/** What a delivery waits for. */
export const waitingFor: SchemaOf<WaitingFor> = choice(
  'payment',
  'approval',
  'verification',
  'run_choice',
  'redemption',
  'claim',
  'start',
)

/** A delivery as staff see it. */
export const grant: SchemaOf<Grant> = model<Grant>('Grant')({
  id,
  round: whole(1, 1000),
  entitlementId: id,
  customerId: id,
  provider: text(1, 100),
  target: json,
  site: id,
  orderId: id,
  orderNumber: text(1, 100),
  lineId: id,
  unit: whole(1, 1000),
  part: id,
  run: id.nullable().optional(),
  seatReturned: flag.optional(),
  state: deliveryState,
  waitingFor: waitingFor.nullable(),
  reason: text(0, 1000).nullable(),
  delay: part<DeliveryDelay>()({
    reason: choice('not_answering', 'under_way', 'not_configured'),
    nextAttemptAt: instant,
  }).nullable(),
  before: json.nullable(),
  learner: text(1, 100).nullable().optional(),
  found: part<NonNullable<Grant['found']>>()({ before: json, learner: text(1, 100).nullable() }).optional(),
  detail: json.nullable(),
  soldAt: instant,
  serviceStart: instant.nullable(),
  deliveredAt: instant.nullable(),
})
