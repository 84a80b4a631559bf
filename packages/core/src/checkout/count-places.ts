import { carts } from '../cart/index.ts'
import { variants } from '../catalog/index.ts'
import { type Order, orders } from '../order/index.ts'
import type { Change, Scope, Stored } from '../ports/index.ts'
import { capacityCounter, type Hold } from '../pricing/index.ts'
import { sites } from '../site/index.ts'
import { byId, decide, type JobHandler, listAll, listBy, put, readAll } from '../storage/index.ts'
import { addMilliseconds, type Instant } from '../time/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'

type Ports = Pick<CheckoutPorts, 'storage' | 'runtime'>

/** Orders of a page; large ones are some 10 kB each. */
const PAGE = 200
/** Wait of a walk for the one under way, in milliseconds. */
const WAIT = 1000

/** Which variants have a capacity, as far as a walk has asked. */
type Limited = Map<string, boolean>

/**
 * The job that counts what was sold of variants while they had no capacity, once they get one: orders hold no place of what has
 * no limit. Each that stands takes its places, past the capacity too, for they were sold; so they come back with it. Whatever
 * is ordered after the capacity was stored holds its places itself. Every change of a capacity brings it: one that an older
 * version set is counted then. One walk is for all variants of an operator, so those that wait are joined; and of one process
 * only one walks at a time, so that deliveries have the other hands.
 */
export function countPlacesJob(ports: Ports): JobHandler<'places.count'> {
  let isWalking = false
  return async (_ofAll, { scope: { operator } }) => {
    if (isWalking) {
      const runAt = addMilliseconds(ports.runtime.now(), WAIT)
      return { outcome: 'again', runAt, reason: 'Places are being counted already.' }
    }
    isWalking = true
    try {
      const limited: Limited = new Map()
      for (const site of await listAll(ports.storage, { operator }, sites, { index: 'id' })) {
        await countOnSite(ports, { operator, site: site.id }, limited)
      }
      return { outcome: 'done' }
    } finally {
      isWalking = false
    }
  }
}

async function countOnSite(ports: Ports, scope: Scope, limited: Limited): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await listBy(ports.storage, scope, orders, { index: 'createdAt', cursor, limit: PAGE })
    await learnLimited(ports, scope, limited, page.items)
    for (const { id, body } of page.items) {
      if (placesLacking(body, limited).length > 0) await take(ports, scope, id, limited)
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** Each variant is read once: the commit that gives it a capacity after that enqueues the next walk. */
async function learnLimited(
  { storage }: Ports,
  { operator }: Scope,
  limited: Limited,
  found: readonly Stored<Order>[],
): Promise<void> {
  const sold = new Set(found.flatMap(({ body }) => [...placesSold(body).keys()]))
  const unknown = [...sold].filter((id) => !limited.has(id))
  const read = await readAll(storage, { operator }, ...unknown.map((id) => byId(variants, id)))
  for (const [place, id] of unknown.entries()) limited.set(id, (read[place]?.body.capacity ?? null) !== null)
}

/** How many places of each variant an order that stands has sold, bundles' parts included. */
function placesSold({ state, lines }: Order): Map<string, number> {
  const sold = new Map<string, number>()
  if (state === 'cancelled') return sold
  for (const { variantId: own, parts, quantity } of lines) {
    const taken = new Set([own, ...parts.map(({ variantId }) => variantId)])
    for (const id of taken) sold.set(id, (sold.get(id) ?? 0) + quantity)
  }
  return sold
}

/** What an order has to hold of variants with a capacity, and does not. */
function placesLacking(order: Order, limited: Limited): Hold[] {
  const held = new Set(order.holds.map(({ counter }) => counter))
  return [...placesSold(order)]
    .filter(([id]) => limited.get(id))
    .map(([id, n]) => ({ counter: capacityCounter(id), n }))
    .filter(({ counter }) => !held.has(counter))
}

function take({ storage, runtime }: Ports, scope: Scope, orderId: string, limited: Limited): Promise<void> {
  return decide<void>({ storage, runtime }, scope, async () => {
    const [order] = await readAll(storage, scope, byId(orders, orderId))
    const lacking = order === null ? [] : placesLacking(order.body, limited)
    if (order === null || lacking.length === 0) return { answer: undefined }
    const holds = [...order.body.holds, ...lacking]
    const isPlaced = order.body.placedAt !== null
    const changes: Change[] = [
      put(orders, order, { ...order.body, holds }),
      ...lacking.flatMap((hold) => taken(hold, { orderId, isPlaced, due: runtime.now() })),
      ...(isPlaced ? [] : await cartThatWaits(storage, scope, order, holds)),
    ]
    return { changes, done: () => undefined }
  })
}

/** A hold past the capacity too; of an order that is placed, it is a use. */
function taken(
  { counter, n }: Hold,
  { orderId, isPlaced, due }: { orderId: string; isPlaced: boolean; due: Instant },
): Change[] {
  const hold: Change = { do: 'hold', counter, hold: orderId, n, limit: Number.MAX_SAFE_INTEGER, due }
  return isPlaced ? [hold, { do: 'commitHold', counter, hold: orderId }] : [hold]
}

/** The cart of an order that is not paid yet knows what that order holds, so that it does not count against itself. */
async function cartThatWaits(
  storage: Ports['storage'],
  scope: Scope,
  { id, body }: Stored<Order>,
  holds: Order['holds'],
): Promise<Change[]> {
  const [cart] = await readAll(storage, scope, byId(carts, body.cartId))
  if (cart?.body.checkout?.orderId !== id) return []
  return [put(carts, cart, { ...cart.body, checkout: { orderId: id, holds } })]
}
