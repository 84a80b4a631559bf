import { customerRef } from '../customer/index.ts'
import { entitlements } from '../entitlement/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import type { PriceBooks } from '../pricing/index.ts'
import { byKey, listPage, type PageAnswer, type PageAsked, readAll } from '../storage/index.ts'
import { orders } from './order.collection.ts'
import type { EntitlementView, OrderView } from './order-api.ts'
import { type ViewPorts, viewOrder } from './read-order.ts'
import { viewEntitlements } from './view-entitlements.ts'

/** Orders of the customer who calls, on this site, newest first. */
export async function myOrders(ports: ViewPorts, call: Call, input: PageAsked): Promise<PageAnswer<OrderView>> {
  const customerId = await callingCustomer(ports, call)
  if (customerId === null) return { items: [], nextCursor: null }
  return listOrders(ports, call, { ...input, index: 'customer', equals: [customerId] })
}

/** Orders of the site, newest first; with a number the one that has it. */
export function siteOrders(
  ports: ViewPorts,
  call: Call,
  input: PageAsked & { state?: string | undefined; number?: string | undefined },
): Promise<PageAnswer<OrderView>> {
  const { state, number, ...page } = input
  if (number !== undefined) return orderOfNumber(ports, call, { number, state })
  return state === undefined
    ? listOrders(ports, call, { ...page, index: 'createdAt', equals: [], mayLag: true })
    : listOrders(ports, call, { ...page, index: 'state', equals: [state], mayLag: true })
}

/** Rights of the customer who calls, over all sites of the operator, newest first. */
export async function myEntitlements(
  ports: ViewPorts & { books: PriceBooks },
  call: Call,
  input: PageAsked,
): Promise<PageAnswer<EntitlementView>> {
  const customerId = await callingCustomer(ports, call)
  if (customerId === null) return { items: [], nextCursor: null }
  const page = await listPage(ports.storage, call.scope, entitlements, {
    index: 'customer',
    equals: [customerId],
    order: 'desc',
    page: input,
  })
  return {
    nextCursor: page.nextCursor,
    items: await viewEntitlements(
      ports,
      call,
      page.items.map(({ body }) => body),
    ),
  }
}

/** A number is a site's. */
async function orderOfNumber(
  ports: ViewPorts,
  call: Call,
  { number, state }: { number: string; state: string | undefined },
): Promise<PageAnswer<OrderView>> {
  const [found] = await readAll(ports.storage, call.scope, byKey(orders, 'number', number))
  const isAsked = found !== null && (state ?? found.body.state) === found.body.state
  return { items: isAsked ? [await viewOrder(ports, call, found)] : [], nextCursor: null }
}

async function listOrders(
  ports: ViewPorts,
  call: Call,
  query: PageAsked & { index: string; equals: readonly string[]; mayLag?: boolean },
): Promise<PageAnswer<OrderView>> {
  const { cursor, limit, ...rest } = query
  const page = await listPage(ports.storage, call.scope, orders, { ...rest, order: 'desc', page: { cursor, limit } })
  const items = await Promise.all(page.items.map((stored) => viewOrder(ports, call, stored)))
  return { items, nextCursor: page.nextCursor }
}

/** Id of the customer who calls, or null before their first record. @throws BursarError `unauthenticated` */
export async function callingCustomer(ports: { storage: Storage }, call: Call): Promise<string | null> {
  const refs = customerRef(call)
  if (refs.length === 0) throw new BursarError('unauthenticated')
  const [customer] = await readAll(ports.storage, call.scope, ...refs)
  return customer?.body.id ?? null
}
