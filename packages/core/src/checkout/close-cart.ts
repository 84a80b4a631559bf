import { type Cart, type CartLine, carts, emptied, peopleNamed, usedAt } from '../cart/index.ts'
import { customers, nameIn } from '../customer/index.ts'
import type { Order } from '../order/index.ts'
import type { Change, Runtime, Scope, Storage, Stored } from '../ports/index.ts'
import { byId, insert, put, readAll } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'

/**
 * Closes the cart of an order that was placed. What was put into it while the order was being paid is not in the order: it
 * goes on in a new cart, which the same customer or the same token opens.
 */
export async function closeCart(
  cart: Stored<Cart>,
  order: Order,
  { storage, scope, runtime, now }: { storage: Storage; scope: Scope; runtime: Runtime; now: Instant },
): Promise<Change[]> {
  const { checkout: _ended, ...body } = cart.body
  const lines = leftOver(cart.body, order)
  const closed = { ...body, orderId: order.id }
  if (lines.length === 0) return [put(carts, cart, closed)]
  const { keys: _used, ...kept } = body
  const id = runtime.newId('crt')
  const found = await readAll(storage, scope, ...peopleNamed({ lines }).map((one) => byId(customers, one)))
  return [
    ...found.flatMap((one) => (one === null ? [] : nameIn(one, { id }))),
    put(carts, cart, { ...closed, nextCartId: id }),
    insert(carts, id, usedAt({ ...kept, id, lines, createdAt: now }, now)),
  ]
}

/**
 * The cart of an order that has ended, open again. What went on in a new cart stays there alone; what was paid and given back
 * is wanted no more.
 */
export function reopened(cart: Cart, order: Order): Cart {
  const { checkout: _ended, orderId: _order, nextCartId, ...open } = cart
  if (order.money.captured > 0) return emptied(open)
  return nextCartId === undefined ? open : { ...open, lines: ordered(cart, order) }
}

function ordered({ lines }: Cart, order: Order): CartLine[] {
  return lines.flatMap(({ quantity = 1, ...line }) => {
    const kept = Math.min(quantity, soldOf(line, order))
    return kept > 0 ? [{ ...line, ...(kept === 1 ? {} : { quantity: kept }) }] : []
  })
}

function leftOver(cart: Cart, order: Order): CartLine[] {
  return cart.lines.flatMap(({ quantity = 1, ...line }) => {
    const left = quantity - soldOf(line, order)
    return left > 0 ? [{ ...line, ...(left === 1 ? {} : { quantity: left }) }] : []
  })
}

/** How many of a line are in the order. */
function soldOf(line: CartLine, { lines }: Order): number {
  return lines.find(({ id, variantId }) => id === line.id && variantId === line.variantId)?.quantity ?? 0
}
