import { type Cart, carts, peopleNamed } from '../cart/index.ts'
import { customers } from '../customer/index.ts'
import { entitlements, grants } from '../entitlement/index.ts'
import { journal, sumsByCurrency } from '../journal/index.ts'
import { domainEvents, orders } from '../order/index.ts'
import { paymentEvents, payments } from '../payment/index.ts'
import type { Collection, Scope, Storage, Stored } from '../ports/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { checks, WHOLE_JOURNAL } from './checks.ts'
import type { Examination } from './examination.ts'
import type { OperatorFacts } from './gather-order-facts.ts'
import type { BelongingFacts, CartFacts, CartPeopleFacts } from './record-facts.ts'
import { walkPages } from './walk.ts'

/** Looks at every transaction by itself, and at all of them together. */
export async function examineJournal(storage: Storage, known: OperatorFacts, examination: Examination): Promise<void> {
  const sums = new Map<string, number>()
  for await (const page of walkPages(storage, { operator: known.operator }, journal, 'recordedAt')) {
    for (const { body: transaction } of page) {
      for (const [currency, sum] of sumsByCurrency(transaction.entries)) {
        sums.set(currency, (sums.get(currency) ?? 0) + sum)
      }
      await examination.look(checks.transaction, { transaction }, async () => ({ transaction })) // it can't change
    }
    examination.count(WHOLE_JOURNAL, page.length)
  }
  for (const [currency, sum] of sums) {
    if (sum === 0) continue
    const message = `all entries in ${currency} sum to ${sum}, not to 0`
    examination.add({ invariant: 'I1', check: WHOLE_JOURNAL, severity: 'broken', record: 'journal', message })
  }
}

/** A record, the order that it belongs to and its site. */
type Belonging = Omit<BelongingFacts, 'hasOrder'>

/** Looks at every record that belongs to an order, from the record's side: those that belong to none are found here. */
export async function examineBelonging(
  storage: Storage,
  known: OperatorFacts,
  examination: Examination,
): Promise<void> {
  const look = <T>(collection: Collection<T>, index: string, ownerOf: (body: T) => { orderId: string; site: string }) =>
    examineOwned(storage, known, examination, { collection, index, ownerOf })
  await look(payments, 'createdAt', (payment) => payment)
  await look(grants, 'siteState', (grant) => grant)
  await look(entitlements, 'soldAt', ({ source }) => source)
  await look(journal, 'recordedAt', ({ stream, site }) => ({ orderId: stream, site }))
  await look(domainEvents, 'stream', ({ stream, site }) => ({ orderId: stream, site }))
}

async function examineOwned<T>(
  storage: Storage,
  { operator }: OperatorFacts,
  examination: Examination,
  what: {
    collection: Collection<T>
    index: string
    ownerOf: (body: T) => { orderId: string; site: string }
  },
): Promise<void> {
  const { collection, index, ownerOf } = what
  for await (const page of walkPages(storage, { operator }, collection, index)) {
    const records = page.map(({ id, body }): Belonging => {
      const { orderId, site } = ownerOf(body)
      return { collection: collection.name, id, orderId, site }
    })
    for (const facts of await withOrders(storage, operator, records)) {
      await examination.look(checks.belonging, facts, async () => {
        const [now] = await withOrders(storage, operator, [facts])
        return now ?? null
      })
    }
  }
}

async function withOrders(
  storage: Storage,
  operator: string,
  records: readonly Belonging[],
): Promise<BelongingFacts[]> {
  const there = new Set<string>()
  for (const site of new Set(records.map((record) => record.site))) {
    const own = records.filter((record) => record.site === site)
    const ids = [...new Set(own.map(({ orderId }) => orderId))]
    const found = await readAll(storage, { operator, site }, ...ids.map((id) => byId(orders, id)))
    for (const order of found) if (order !== null) there.add(`${site} ${order.id}`)
  }
  return records.map((record) => ({ ...record, hasOrder: there.has(`${record.site} ${record.orderId}`) }))
}

/** Looks at every cart that names an order. */
export async function examineCarts(storage: Storage, known: OperatorFacts, examination: Examination): Promise<void> {
  for (const { id: site } of known.sites) {
    const scope = { operator: known.operator, site }
    for await (const page of walkPages(storage, scope, carts, 'createdAt')) {
      for (const stored of page.filter(namesOrder)) {
        const facts = await cartFacts(storage, scope, stored.id)
        if (facts === null) continue
        await examination.look(checks.cart, facts, () => cartFacts(storage, scope, stored.id))
      }
    }
  }
}

const namesOrder = ({ body }: Stored<Cart>): boolean => body.orderId !== undefined || body.checkout !== undefined

async function cartFacts(
  storage: Storage,
  scope: { operator: string; site: string },
  cartId: string,
): Promise<CartFacts | null> {
  const [cart] = await readAll(storage, scope, byId(carts, cartId))
  if (cart === null) return null
  const { orderId = '', checkout } = cart.body
  const [order, pending] = await readAll(storage, scope, byId(orders, orderId), byId(orders, checkout?.orderId ?? ''))
  return { cart: cart.body, order: order?.body ?? null, pending: pending?.body ?? null }
}

/** Looks at every cart that somebody owns or that names somebody. */
export async function examineCartPeople(
  storage: Storage,
  known: OperatorFacts,
  examination: Examination,
): Promise<void> {
  for (const { id: site } of known.sites) {
    const scope = { operator: known.operator, site }
    for await (const page of walkPages(storage, scope, carts, 'createdAt')) {
      for (const facts of await cartPeople(storage, scope, page)) {
        await examination.look(checks.cartPeople, facts, async () => {
          const now = await readAll(storage, scope, byId(carts, facts.cartId))
          const [again] = await cartPeople(storage, scope, now)
          return again ?? null
        })
      }
    }
  }
}

async function cartPeople(
  storage: Storage,
  scope: Scope,
  page: readonly (Stored<Cart> | null)[],
): Promise<CartPeopleFacts[]> {
  const named = page.flatMap((cart) => {
    const owner = cart?.body.customerId ?? null
    const people = cart === null ? [] : [...(owner === null ? [] : [owner]), ...peopleNamed(cart.body)]
    return cart === null || people.length === 0 ? [] : [{ cartId: cart.id, people }]
  })
  const ids = [...new Set(named.flatMap(({ people }) => people))]
  const found = await readAll(storage, scope, ...ids.map((id) => byId(customers, id)))
  const known = new Set(found.flatMap((customer) => (customer === null ? [] : [customer.id])))
  return named.map((one) => ({ ...one, known }))
}

/** Looks at every event of the operator's processors. */
export async function examineEvents(storage: Storage, known: OperatorFacts, examination: Examination): Promise<void> {
  for await (const page of walkPages(storage, { operator: known.operator }, paymentEvents, 'receivedAt')) {
    for (const { id, body: event } of page) {
      const facts = { id, event, isOwnAccount: known.accounts.has(event.account) }
      await examination.look(checks.event, facts, async () => facts) // append-only: it can't change
    }
  }
}

/** Looks at every job that was set aside. */
export async function examineParkedJobs(
  storage: Storage,
  known: OperatorFacts,
  examination: Examination,
): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await storage.jobs.list({
      state: 'parked',
      operator: known.operator,
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const job of page.items) await examination.look(checks.parkedJob, { job }, async () => ({ job }))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
