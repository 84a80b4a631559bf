import type { Call, Storage } from '../ports/index.ts'
import { listPage, type PageAnswer, type PageAsked } from '../storage/index.ts'
import { auditEvents } from './audit.collection.ts'
import type { AuditEvent } from './audit-event.ts'

/** Who changed a record, newest first. */
export async function listAuditEvents(
  ports: { storage: Storage },
  call: Call,
  input: PageAsked & { record: string },
): Promise<PageAnswer<AuditEvent>> {
  const query = { index: 'record', equals: [input.record], order: 'desc', page: input, mayLag: true } as const
  const { items, nextCursor } = await listPage(ports.storage, call.scope, auditEvents, query)
  return { items: items.map(({ body }) => body), nextCursor }
}
