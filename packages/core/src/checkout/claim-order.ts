import { type Customer, type CustomerRecord, customers, customerView, newCustomer, relyOn } from '../customer/index.ts'
import { grants } from '../entitlement/index.ts'
import { BursarError } from '../errors/index.ts'
import { claimOrder, isClaimable, type Order, type OrderView, openOrder, orders, viewOrder } from '../order/index.ts'
import { type Call, type Change, customerHostId, type Stored } from '../ports/index.ts'
import { byId, byKey, decide, insert, listBy, put, readAll } from '../storage/index.ts'
import { auditOf } from './audit-of.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { openDraft } from './settle-payment.ts'

/**
 * A guest's order becomes the signed-in customer's, by the token of the cart that was bought. Repeated, it changes nothing.
 * @throws BursarError `not_found` alike for none and without its token, `wrong_state` before it is placed
 */
export function claimOwnOrder(ports: CheckoutPorts, call: Call, input: { orderId: string }): Promise<OrderView> {
  const hostId = customerHostId(call.principal)
  if (hostId === null) throw new BursarError('unauthenticated')
  return claim(ports, call, { orderId: input.orderId, hostId, from: null })
}

/**
 * Staff give a guest's order, or what it holds for an e-mail or a learner that was named in it, to the customer whose it is.
 * Repeated, it changes nothing.
 * @throws BursarError `not_found`, `wrong_state` before it is placed or when nothing in it waits for that person
 */
export function claimOrderFor(
  ports: CheckoutPorts,
  call: Call,
  input: { orderId: string; hostId: string; recipientId?: string | undefined },
): Promise<OrderView> {
  return claim(ports, call, { orderId: input.orderId, hostId: input.hostId, from: input.recipientId ?? null })
}

/** `from` is the waiting person's customer id; null: who bought it. */
interface ClaimRequest {
  orderId: string
  hostId: string
  from: string | null
}

async function claim(ports: CheckoutPorts, call: Call, request: ClaimRequest): Promise<OrderView> {
  const made = newCustomer(ports.runtime, call.now, { hostId: request.hostId })
  const claimed = await decide<Stored<Order>>(ports, call.scope, async () => {
    await openOrder(ports, call, request.orderId)
    const { order, draft, context } = await openDraft(ports, call.scope, request.orderId)
    const from = request.from ?? order.body.customerId
    const [waiting, known] = await readAll(
      ports.storage,
      call.scope,
      byId(customers, from),
      byKey(customers, 'hostId', request.hostId),
    )
    const claimer = await withLinksOf(ports, call, known?.body ?? made, waiting?.body ?? null)
    if (isDone(order.body, request, claimer)) return { answer: order }
    assertClaimable(order.body, from, waiting?.body ?? null)
    const recipients = new Map([...context.recipients, [claimer.id, claimer]])
    claimOrder(draft, { from, to: claimer.id }, { ...context, recipients })
    const changes: Change[] = [
      put(orders, order, draft.order),
      ...draft.changes,
      auditOf(ports, call, claimer.id, { collection: orders.name, record: order.id, fields: ['customerId', 'lines'] }),
      ...(known === null ? [insert(customers, made.id, claimer)] : claimerChanges(ports, call, known, claimer)),
    ]
    return { changes, done: () => ({ ...order, body: draft.order, version: order.version + 1 }) }
  })
  return viewOrder(ports, call, claimed)
}

/**
 * A learner who was named by their id is the claimer's account there, so that what it got is theirs, and is taken back from it.
 * What the claimer has already stays: a link, and the account by their id at the host, once anything was for it.
 */
async function withLinksOf(
  { storage }: CheckoutPorts,
  { scope }: Call,
  claimer: Customer,
  waiting: Customer | null,
): Promise<Customer> {
  const links = (waiting?.links ?? []).filter(
    ({ platform, learnerId }) =>
      learnerId !== claimer.hostId && claimer.links.every((link) => link.platform !== platform),
  )
  const own = await Promise.all(
    links.map(({ platform }) =>
      listBy(storage, scope, grants, { index: 'customerProvider', equals: [claimer.id, platform], limit: 1 }),
    ),
  )
  const free = links.filter((_link, place) => own[place]?.items.length === 0)
  return free.length === 0 ? claimer : { ...claimer, links: [...claimer.links, ...free] }
}

function claimerChanges(ports: CheckoutPorts, call: Call, known: Stored<CustomerRecord>, claimer: Customer): Change[] {
  if (claimer === known.body) return relyOn(known)
  const what = { collection: customers.name, record: claimer.id, fields: ['links'] }
  return [put(customers, known, customerView(claimer)), auditOf(ports, call, claimer.id, what)]
}

/** Was it claimed by this customer before? */
function isDone(order: Order, { from }: ClaimRequest, claimer: Customer): boolean {
  if (from === null || from === claimer.id) return order.customerId === claimer.id
  const isMoved = order.lines.some(
    ({ recipient }) => recipient.type === 'customer' && recipient.customerId === claimer.id,
  )
  return isMoved && !isClaimable(order, from)
}

function assertClaimable(order: Order, from: string, waiting: Customer | null): void {
  if (order.state === 'pending' || order.state === 'cancelled') {
    throw new BursarError('wrong_state', { reason: order.state })
  }
  if (!isClaimable(order, from)) throw new BursarError('wrong_state', { reason: 'nothing_to_claim' })
  if (waiting === null || waiting.hostId !== null) throw new BursarError('wrong_state', { reason: 'claimed' })
  if (waiting.erasedAt !== null) throw new BursarError('wrong_state', { reason: 'erased' })
}
