import { type Customer, customers, learnerOf } from '../customer/index.ts'
import { type Grant, grants } from '../entitlement/index.ts'
import { ownValue } from '../json/index.ts'
import type { Change, DeliveryRecipient, Scope, Stored } from '../ports/index.ts'
import { byId, decide, put, readAll } from '../storage/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { learnerHash } from './learner-hash.ts'
import { subjectOf } from './remember-before.ts'

/** A grant, and its recipient as the provider is shown it. */
export interface OpenGrant {
  /** The grant. */
  grant: Stored<Grant>
  /** Who gets it. */
  recipient: DeliveryRecipient
  /** Hash of the recipient's account at the provider, or null where none is known. */
  learner: string | null
}

/** A grant, and who is to get it as far as that is known: then both are read in one round trip. */
export interface GrantRef {
  readonly grantId: string
  readonly customerId?: string | undefined
}

/** Reads a grant and its recipient; null where there is none. */
export async function openGrant(
  { storage }: Pick<FulfilmentPorts, 'storage'>,
  scope: Scope,
  { grantId, customerId: guess }: GrantRef,
): Promise<OpenGrant | null> {
  const guessed = guess === undefined ? [] : [byId(customers, guess)]
  const [grant, known = null] = await readAll(storage, scope, byId(grants, grantId), ...guessed)
  if (grant === null) return null
  const { customerId } = grant.body
  // Somebody else may have claimed the order since.
  const [customer] = customerId === guess ? [known] : await readAll(storage, scope, byId(customers, customerId))
  return { grant, ...toAccountOf(scope, grant.body, customer?.body ?? null) }
}

/** Who gets a grant, by the account that it was begun for where the customer has it still: a link may have changed since. */
export function toAccountOf(scope: Scope, grant: Grant, customer: Customer | null): Omit<OpenGrant, 'grant'> {
  const recipient = recipientOf(grant, customer)
  const accounts = [recipient.learnerId, customer?.hostId ?? null].flatMap((learnerId) =>
    learnerId === null ? [] : [{ learnerId, learner: learnerHash(scope, grant.provider, learnerId) }],
  )
  const account = accounts.find(({ learner }) => learner === grant.learner) ?? accounts[0]
  return { recipient: { ...recipient, learnerId: account?.learnerId ?? null }, learner: account?.learner ?? null }
}

/**
 * Why nothing of a grant is asked of anybody, and what to do: it was begun for an account that its customer has no more, and
 * another one's is left alone. Null where it was not.
 */
export function learnerChanged({ grant: { body }, learner }: OpenGrant): string | null {
  if ((body.learner ?? null) === null || body.learner === learner) return null
  return "learner_changed: it was begun for another learner's account than its customer has now. Put that account back among the customer's links and retry it, or do it by hand at the platform and complete it."
}

/** Who gets it: the learner's account by its link, else the id that the host knows the customer by. */
export function recipientOf(
  { customerId, provider }: { customerId: string; provider: string },
  customer: Customer | null,
): DeliveryRecipient {
  return {
    customerId,
    learnerId: customer === null ? null : learnerOf(customer, provider),
    email: customer?.email ?? null,
    name: customer?.name ?? null,
  }
}

/**
 * Runs after what goes on with grants that are counted together with this one, in this process. The task is given the
 * grant as it is then: who has waited reads it anew.
 */
export function inTurnOfSubject<T>(
  ports: Pick<FulfilmentPorts, 'storage' | 'fulfilment' | 'queue'>,
  scope: Scope,
  seen: OpenGrant,
  task: (opened: OpenGrant | null) => Promise<T>,
): Promise<T> {
  const { operator } = scope
  const { id, customerId, provider, target, learner = null } = seen.grant.body
  const subject = subjectOf(ownValue(ports.fulfilment, provider), target)
  const key =
    subject === null
      ? `grant ${operator} ${id}`
      : `subject ${JSON.stringify([operator, learner ?? seen.learner ?? customerId, provider, subject])}`
  return ports.queue.run(key, async (hasWaited) =>
    task(hasWaited ? await openGrant(ports, scope, { grantId: id, customerId }) : seen),
  )
}

/**
 * Changes a grant as it is now.
 *
 * @param options `known`: as this process read or wrote it a moment ago, and is not read again where it is still so; `jobs`:
 * what is enqueued with the change
 */
export function changeGrant(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime'>,
  scope: Scope,
  grantId: string,
  change: (grant: Grant) => Grant,
  { known = null, jobs = () => [] }: GrantChange = {},
): Promise<Grant | null> {
  return decide<Grant | null>(ports, scope, async (tries) => {
    const isKnown = tries === 1 && known !== null
    const [stored] = isKnown ? [known] : await readAll(ports.storage, scope, byId(grants, grantId))
    if (stored === null) return { answer: null }
    const next = change(stored.body)
    if (next === stored.body) return { answer: next }
    return { changes: [put(grants, stored, next), ...jobs(next, stored.body)], done: () => next }
  })
}

interface GrantChange {
  readonly known?: Stored<Grant> | null
  readonly jobs?: (next: Grant, before: Grant) => readonly Change[]
}
