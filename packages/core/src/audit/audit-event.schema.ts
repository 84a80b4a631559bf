import { compoundId } from '../ids/id.schema.ts'
import { model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, items, text } from '../json/field.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { Actor, AuditEvent } from './audit-event.ts'

/** Who did something. */
export const actor: SchemaOf<Actor> = part<Actor>()({
  type: choice('shopper', 'customer', 'staff', 'service', 'system'),
  id: text(0, 200),
  actingFor: text(1, 200).optional(),
})

/** Who changed what, when. */
export const auditEvent: SchemaOf<AuditEvent> = model<AuditEvent>('AuditEvent')({
  id: compoundId,
  collection: text(1, 100),
  record: compoundId,
  site: text(0, 64),
  operation: text(1, 100),
  actor,
  fields: items(text(1, 100)),
  at: instant,
})
