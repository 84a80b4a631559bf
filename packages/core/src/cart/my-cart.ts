import { customerRef } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { listBy, readAll } from '../storage/index.ts'
import { carts } from './cart.collection.ts'
import type { CartWithQuote } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { getCart } from './get-cart.ts'

/** Carts that are looked at in one round trip: the newest one is nearly always the one. */
const PAGE = 20

/**
 * The newest cart on this site that the customer who calls has not ordered, and its price now; null where there is none.
 * @throws BursarError `unauthenticated` where the call names no customer
 */
export async function myCart(ports: CartPorts, call: Call): Promise<CartWithQuote | null> {
  const refs = customerRef(call)
  if (refs.length === 0) throw new BursarError('unauthenticated')
  const [customer] = await readAll(ports.storage, call.scope, ...refs)
  const cartId = customer && (await newestOpen(ports, call, customer.body.id))
  if (!cartId) return null
  const answer = await getCart(ports, call, { cartId })
  return answer.cart.orderId === null ? answer : null // ordered in between
}

async function newestOpen(ports: CartPorts, call: Call, customerId: string): Promise<string | null> {
  let cursor: string | undefined
  do {
    const query = { index: 'customer', equals: [customerId], order: 'desc', limit: PAGE, cursor } as const
    const page = await listBy(ports.storage, call.scope, carts, query)
    const open = page.items.find(({ body }) => body.orderId === undefined)
    if (open) return open.body.id
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return null
}
