import { carts, peopleNamed } from '../cart/index.ts'
import { variants } from '../catalog/index.ts'
import { customers } from '../customer/index.ts'
import { type Entitlement, entitlements, type Grant, grants } from '../entitlement/index.ts'
import { journal } from '../journal/index.ts'
import { domainEvents, type Order, orders } from '../order/index.ts'
import { type PaymentAccount, payments } from '../payment/index.ts'
import type { HoldRecord, Scope, Storage } from '../ports/index.ts'
import { creditedPart, isCredit, pricingInputs } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import type { Site } from '../site/index.ts'
import { byId, listAll, listBy, readAll } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import { holdRecords } from './hold-records.ts'
import type { JobIndex } from './job-index.ts'
import type { OrderFacts } from './order-facts.ts'

/** What the doctor knows of an operator before it looks at the records. */
export interface OperatorFacts {
  /** Operator id. */
  operator: string
  /** Its sites. */
  sites: readonly Site[]
  /** Its payment accounts, by id. */
  accounts: ReadonlyMap<string, PaymentAccount>
  /** Ids of its sellers. */
  sellers: ReadonlySet<string>
  /** The kinds of promotions by which its orders are priced. @default Bursar's own */
  rules?: PromotionRules | undefined
  /** Its jobs. */
  jobs: JobIndex
  /** The clock. */
  now: Instant
}

/** Reads an order with all that belongs to it; null when it is not there. */
export async function gatherOrderFacts(
  storage: Storage,
  known: OperatorFacts,
  site: Site,
  orderId: string,
): Promise<OrderFacts | null> {
  const scope = { operator: known.operator, site: site.id }
  const [stored] = await readAll(storage, scope, byId(orders, orderId))
  if (stored === null) return null
  const order = stored.body
  const ofOrder = { index: 'order', equals: [orderId] }
  const stream = { index: 'stream', equals: [orderId] }
  const [[cart, inputs], siblings, attempts, rights, given, transactions, events, holds, credited] = await Promise.all([
    readAll(storage, scope, byId(carts, order.cartId), byId(pricingInputs, order.inputsHash)),
    listAll(storage, scope, orders, { index: 'cart', equals: [order.cartId] }),
    listAll(storage, scope, payments, { index: 'orderId', equals: [orderId] }),
    listAll(storage, scope, entitlements, ofOrder),
    listAll(storage, scope, grants, ofOrder),
    listAll(storage, scope, journal, stream),
    listAll(storage, scope, domainEvents, stream),
    readHolds(storage, known.operator, order),
    readCredited(storage, known, order),
  ])
  const entitled = bodies(rights)
  const named = [order.customerId, ...peopleNamed(order)]
  const people = [...named, ...entitled.flatMap(({ customerId, buyerId }) => [customerId, buyerId])]
  const found = await readAll(storage, scope, ...[...new Set(people)].map((id) => byId(customers, id)))
  return {
    order,
    site,
    cart: cart?.body ?? null,
    ordersOfCart: bodies(siblings).map(({ id, state }) => ({ id, state })),
    inputs: inputs?.body ?? null,
    rules: known.rules,
    payments: bodies(attempts),
    credited,
    accounts: known.accounts,
    sellers: known.sellers,
    entitlements: entitled,
    grants: bodies(given),
    runless: await readRunless(storage, scope, { rights: entitled, given: bodies(given) }),
    customers: new Set(found.flatMap((customer) => (customer === null ? [] : [customer.id]))),
    erased: new Set(found.flatMap((customer) => (customer?.body.erasedAt ? [customer.id] : []))),
    journal: bodies(transactions),
    events: bodies(events),
    holds,
    jobs: known.jobs,
    now: known.now,
  }
}

/** The variants of rights that wait for a run, those that have a list of runs left out. */
async function readRunless(
  storage: Storage,
  scope: Scope,
  { rights, given }: { rights: readonly Entitlement[]; given: readonly Grant[] },
): Promise<Set<string>> {
  const choosing = new Set(given.flatMap((one) => (one.waitingFor === 'run_choice' ? [one.entitlementId] : [])))
  const ids = [...new Set(rights.flatMap(({ id, variantId }) => (choosing.has(id) ? [variantId] : [])))]
  const found = await readAll(storage, scope, ...ids.map((id) => byId(variants, id)))
  return new Set(ids.filter((_id, place) => !found[place]?.body.runs))
}

const bodies = <T>(stored: readonly { body: T }[]): T[] => stored.map(({ body }) => body)

async function readHolds(storage: Storage, operator: string, order: Order): Promise<HoldRecord[]> {
  const pages = await Promise.all(
    order.holds.map(({ counter }) =>
      listBy(storage, { operator }, holdRecords, { index: 'counter', equals: [counter, order.id], limit: 1 }),
    ),
  )
  return pages.flatMap((page) => bodies(page.items))
}

/** What was credited may have been bought on another site. */
async function readCredited(
  storage: Storage,
  { operator, sites }: OperatorFacts,
  { holds }: Order,
): Promise<OrderFacts['credited']> {
  const credits = holds.filter(isCredit).flatMap((hold) => {
    const part = creditedPart(hold)
    return part === null ? [] : [{ ...part, n: hold.n }]
  })
  const found = await Promise.all(
    [...Map.groupBy(credits, ({ orderId }) => orderId)].flatMap(([id, ofOrder]) =>
      sites.map(async (site) => {
        const [stored] = await readAll(storage, { operator, site: site.id }, byId(orders, id))
        if (stored === null) return []
        const amounts = ofOrder.map((one) => Math.min(one.n, paidFor(stored.body, one)))
        return [{ order: stored.body, amounts: amounts.filter((amount) => amount > 0) }]
      }),
    ),
  )
  return found.flat()
}

/** What an order took for one part of a unit. A credit may be more: it carries what an upgrade credited, or is a list price. */
function paidFor({ lines }: Order, { lineId, unit, part }: NonNullable<ReturnType<typeof creditedPart>>): number {
  const line = lines.find(({ id }) => id === lineId)
  const run = line?.units.find(({ first, count }) => first <= unit && unit < first + count)
  return run?.allocations.find((one) => one.part === part)?.total ?? 0
}
