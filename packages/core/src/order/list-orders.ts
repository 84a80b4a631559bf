import { customerRef } from '../customer/index.ts'
import { entitlements, grants } from '../entitlement/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import { PRICING_VERSION_ID, type PriceBooks, pricingVersions } from '../pricing/index.ts'
import { byId, byKey, listBy, readAll } from '../storage/index.ts'
import { orders } from './order.collection.ts'
import type { EntitlementView, OrderView } from './order-api.ts'
import { deliveryView } from './order-view.ts'
import { viewOrder } from './read-order.ts'

/** A page asked for. */
interface PageAsked {
  cursor?: string | undefined
  limit?: number | undefined
}

/** A page of something. */
interface PageAnswer<T> {
  items: readonly T[]
  nextCursor: string | null
}

/** Items per page unless asked otherwise. */
const PAGE = 50

/** Orders of the customer who calls, on this site, newest first. */
export async function myOrders(
  ports: { storage: Storage },
  call: Call,
  input: PageAsked,
): Promise<PageAnswer<OrderView>> {
  const customerId = await callingCustomer(ports, call)
  if (customerId === null) return { items: [], nextCursor: null }
  return listOrders(ports, call, { ...input, index: 'customer', equals: [customerId] })
}

/** Orders of the site, newest first. */
export function siteOrders(
  ports: { storage: Storage },
  call: Call,
  input: PageAsked & { state?: string | undefined },
): Promise<PageAnswer<OrderView>> {
  const { state, ...page } = input
  return state === undefined
    ? listOrders(ports, call, { ...page, index: 'createdAt', equals: [], mayLag: true })
    : listOrders(ports, call, { ...page, index: 'state', equals: [state], mayLag: true })
}

/** Rights of the customer who calls, over all sites of the operator, newest first. */
export async function myEntitlements(
  ports: { storage: Storage; books: PriceBooks },
  call: Call,
  input: PageAsked,
): Promise<PageAnswer<EntitlementView>> {
  const customerId = await callingCustomer(ports, call)
  if (customerId === null) return { items: [], nextCursor: null }
  const page = await listBy(ports.storage, call.scope, entitlements, {
    index: 'customer',
    equals: [customerId],
    order: 'desc',
    cursor: input.cursor,
    limit: input.limit ?? PAGE,
  })
  const rights = page.items.map(({ body }) => body)
  const [pricing, ...deliveries] = await readAll(
    ports.storage,
    call.scope,
    byId(pricingVersions, PRICING_VERSION_ID),
    ...rights.map((right) => byKey(grants, 'entitlement', right.id)),
  )
  const book = ports.books.of(call.scope.operator)
  book.sync(pricing)
  const entries = await book.entries([...new Set(rights.map((right) => right.variantId))])
  return {
    nextCursor: page.nextCursor,
    items: rights.map((right, index): EntitlementView => {
      const entry = entries.get(right.variantId) ?? null
      const { id, variantId, productId, state, validFrom, validUntil } = right
      const grant = deliveries[index]?.body
      return {
        ...{ id, variantId, productId, state, validFrom, validUntil },
        title: entry?.product.title ?? '',
        variantName: entry?.variant.name ?? '',
        orderId: right.source.orderId,
        delivery: grant === undefined ? null : deliveryView(grant),
      }
    }),
  }
}

async function listOrders(
  ports: { storage: Storage },
  call: Call,
  query: PageAsked & { index: string; equals: readonly string[]; mayLag?: boolean },
): Promise<PageAnswer<OrderView>> {
  const page = await listBy(ports.storage, call.scope, orders, { ...query, order: 'desc', limit: query.limit ?? PAGE })
  const items = await Promise.all(page.items.map((stored) => viewOrder(ports.storage, call.scope, stored)))
  return { items, nextCursor: page.nextCursor }
}

async function callingCustomer(ports: { storage: Storage }, call: Call): Promise<string | null> {
  const refs = customerRef(call)
  if (refs.length === 0) throw new BursarError('unauthenticated')
  const [customer] = await readAll(ports.storage, call.scope, ...refs)
  return customer?.body.id ?? null
}
