import { actorOf, audit } from '../audit/index.ts'
import { type Call, type Change, customerHostId, type Runtime } from '../ports/index.ts'

/** What was changed of which record. */
interface Changed {
  collection: string
  record: string
  fields: readonly string[]
}

/** Names who calls, and the customer where it is done by them or for them. */
export function auditOf(ports: { runtime: Runtime }, call: Call, customerId: string, changed: Changed): Change {
  const actingFor = customerHostId(call.principal) === null ? null : customerId
  return audit({
    id: ports.runtime.newId('aud'),
    ...changed,
    operation: call.operation,
    site: call.scope.site,
    actor: actorOf(call.principal, actingFor),
    at: call.now,
  })
}
