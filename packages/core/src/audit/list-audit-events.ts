import type { Call, Storage } from '../ports/index.ts'
import { listPage, type PageAnswer, type PageAsked } from '../storage/index.ts'
import { auditEvents } from './audit.collection.ts'
import type { AuditEvent } from './audit-event.ts'

/** Records that are found at their own site alone: what was done to one was done through that. */
const OF_ONE_SITE: ReadonlySet<string> = new Set(['orders', 'payments', 'grants'])

/** Who changed a record, newest first. What is found at another site alone has no events here, as if it were not there. */
export async function listAuditEvents(
  ports: { storage: Storage },
  call: Call,
  input: PageAsked & { record: string },
): Promise<PageAnswer<AuditEvent>> {
  const query = { index: 'record', equals: [input.record], order: 'desc', page: input, mayLag: true } as const
  const { items, nextCursor } = await listPage(ports.storage, call.scope, auditEvents, query)
  const shown = items
    .map(({ body }) => body)
    .filter(({ collection, site }) => !OF_ONE_SITE.has(collection) || site === call.scope.site)
  // Of such a record either all events are shown or none: a cursor would say that there are some.
  return { items: shown, nextCursor: shown.length === 0 ? null : nextCursor }
}
