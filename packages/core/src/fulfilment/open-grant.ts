import { type Customer, customers } from '../customer/index.ts'
import { type Grant, grants } from '../entitlement/index.ts'
import type { DeliveryRecipient, Scope, Stored } from '../ports/index.ts'
import { byId, decide, put, readAll } from '../storage/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { subjectOf } from './remember-before.ts'

/** A grant, and its recipient as the provider is shown it. */
export interface OpenGrant {
  /** The grant. */
  grant: Stored<Grant>
  /** Who gets it. */
  recipient: DeliveryRecipient
}

/** Reads a grant and its recipient; null where there is none. */
export async function openGrant(
  ports: Pick<FulfilmentPorts, 'storage'>,
  scope: Scope,
  grantId: string,
): Promise<OpenGrant | null> {
  const [grant] = await readAll(ports.storage, scope, byId(grants, grantId))
  if (grant === null) return null
  const { customerId, provider } = grant.body
  const [customer] = await readAll(ports.storage, scope, byId(customers, customerId))
  return { grant, recipient: recipientOf({ customerId, provider }, customer?.body ?? null) }
}

/** Who gets it: the learner's account by its link, else the id that the host knows the customer by. */
export function recipientOf(
  { customerId, provider }: { customerId: string; provider: string },
  customer: Customer | null,
): DeliveryRecipient {
  const link = customer?.links.find(({ platform }) => platform === provider)
  return {
    customerId,
    learnerId: link?.learnerId ?? customer?.hostId ?? null,
    email: customer?.email ?? null,
    name: customer?.name ?? null,
  }
}

/** Runs after what goes on with grants that are counted together with this one, in this process. */
export function inTurnOfSubject<T>(
  ports: Pick<FulfilmentPorts, 'fulfilment' | 'queue'>,
  { operator }: Scope,
  { id, customerId, provider, target }: Grant,
  task: () => Promise<T>,
): Promise<T> {
  const subject = subjectOf(ports.fulfilment[provider], target)
  if (subject === null) return ports.queue.run(`grant ${operator} ${id}`, task)
  return ports.queue.run(`subject ${JSON.stringify([operator, customerId, provider, subject])}`, task)
}

/** Changes a grant as it is now. */
export function changeGrant(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime'>,
  scope: Scope,
  grantId: string,
  change: (grant: Grant) => Grant,
): Promise<Grant | null> {
  return decide<Grant | null>(ports, scope, async () => {
    const [stored] = await readAll(ports.storage, scope, byId(grants, grantId))
    if (stored === null) return { answer: null }
    const next = change(stored.body)
    return next === stored.body ? { answer: next } : { changes: [put(grants, stored, next)], done: () => next }
  })
}
