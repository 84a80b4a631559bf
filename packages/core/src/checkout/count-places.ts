import { carts } from '../cart/index.ts'
import { variants } from '../catalog/index.ts'
import { type Order, orders } from '../order/index.ts'
import type { Change, Scope, Stored } from '../ports/index.ts'
import { capacityCounter } from '../pricing/index.ts'
import { sites } from '../site/index.ts'
import { byId, decide, type JobHandler, listAll, listBy, put, readAll } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'

type Ports = Pick<CheckoutPorts, 'storage' | 'runtime'>

/**
 * The job that counts what was sold of a variant while it had no capacity, once it gets one: orders hold no place of what has
 * no limit. Each that stands takes its places, past the capacity too, for they were sold; so they come back with it. Whatever
 * is ordered after the capacity was stored holds its places itself.
 */
export function countPlacesJob(ports: Ports): JobHandler<'places.count'> {
  return async ({ variantId }, { scope: { operator } }) => {
    const [variant] = await readAll(ports.storage, { operator }, byId(variants, variantId))
    if (variant === null || variant.body.capacity === null) return { outcome: 'done' }
    for (const site of await listAll(ports.storage, { operator }, sites, { index: 'id' })) {
      await countOnSite(ports, { operator, site: site.id }, variantId)
    }
    return { outcome: 'done' }
  }
}

async function countOnSite(ports: Ports, scope: Scope, variantId: string): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await listBy(ports.storage, scope, orders, { index: 'createdAt', cursor })
    for (const { id, body } of page.items)
      if (placesLacking(body, variantId) > 0) await take(ports, scope, id, variantId)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** How many places of a variant an order that stands has sold, bundles' parts included, and holds none of. */
function placesLacking({ state, lines, holds }: Order, variantId: string): number {
  if (state === 'cancelled' || holds.some((hold) => hold.counter === capacityCounter(variantId))) return 0
  return lines.reduce((sum, { variantId: own, parts, quantity }) => {
    const isSold = own === variantId || parts.some((part) => part.variantId === variantId)
    return isSold ? sum + quantity : sum
  }, 0)
}

function take({ storage, runtime }: Ports, scope: Scope, orderId: string, variantId: string): Promise<void> {
  return decide<void>({ storage, runtime }, scope, async () => {
    const [order] = await readAll(storage, scope, byId(orders, orderId))
    const n = order === null ? 0 : placesLacking(order.body, variantId)
    if (order === null || n === 0) return { answer: undefined }
    const counter = capacityCounter(variantId)
    const holds = [...order.body.holds, { counter, n }]
    const due = runtime.now()
    const changes: Change[] = [
      put(orders, order, { ...order.body, holds }),
      { do: 'hold', counter, hold: orderId, n, limit: Number.MAX_SAFE_INTEGER, due },
      ...(order.body.placedAt === null ? await cartThatWaits(storage, scope, order, holds) : []),
      ...(order.body.placedAt === null ? [] : [{ do: 'commitHold', counter, hold: orderId } as const]),
    ]
    return { changes, done: () => undefined }
  })
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
