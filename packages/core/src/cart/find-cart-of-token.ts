import { sha256Hex } from '../ids/index.ts'
import type { Scope } from '../ports/index.ts'
import { listBy } from '../storage/index.ts'
import { carts } from './cart.collection.ts'
import type { Cart } from './cart.ts'
import type { CartPorts } from './cart-ports.ts'

/** More carts of one token than this one were not ordered one after the other, each with something added meanwhile. */
const ORDERED = 20

/** The anonymous cart that this token opens: the one that still takes commands, or else one that was ordered; null for neither. */
export async function findCartOfToken(
  ports: Pick<CartPorts, 'storage'>,
  scope: Scope & { site: string },
  token: string,
): Promise<Cart | null> {
  const page = await listBy(ports.storage, scope, carts, { index: 'token', equals: [sha256Hex(token)], limit: ORDERED })
  const own = page.items.filter(({ body }) => body.customerId === null)
  return (own.find(({ body }) => body.orderId === undefined) ?? own[0])?.body ?? null
}
