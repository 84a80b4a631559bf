import { sha256Hex } from '../ids/index.ts'
import type { Scope } from '../ports/index.ts'
import { listBy } from '../storage/index.ts'
import { carts } from './cart.collection.ts'
import type { Cart } from './cart.ts'
import type { CartPorts } from './cart-ports.ts'

/** More carts of one token than this one were not ordered one after the other, each with something added meanwhile. */
const ORDERED = 20

/** The anonymous cart that this token opens and that still takes commands, or null. */
export async function findCartOfToken(
  ports: Pick<CartPorts, 'storage'>,
  scope: Scope & { site: string },
  token: string,
): Promise<Cart | null> {
  const page = await listBy(ports.storage, scope, carts, { index: 'token', equals: [sha256Hex(token)], limit: ORDERED })
  const open = page.items.find(({ body }) => body.customerId === null && body.orderId === undefined)
  return open?.body ?? null
}
