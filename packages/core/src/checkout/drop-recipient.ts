import { type Cart, carts, peopleNamed } from '../cart/index.ts'
import { type CustomerRecord, customers, relyOn } from '../customer/index.ts'
import { entitlements, grants } from '../entitlement/index.ts'
import { orders } from '../order/index.ts'
import type { Change, Scope, Stored } from '../ports/index.ts'
import { codes } from '../promotion/index.ts'
import { listOfAllSites } from '../site/index.ts'
import { byId, decide, type JobHandler, listAll, listBy, put, readAll, remove } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'

const DAY = 24 * 60 * 60 * 1000

/**
 * The job that lets go of somebody whom a cart names no more, or that was named in a cart that is gone. A record that was made
 * for carts alone is removed with the last of them. Whatever else comes to need it meanwhile changes it, and wins.
 */
export function dropRecipientJob(ports: Pick<CheckoutPorts, 'storage' | 'runtime'>): JobHandler<'recipient.drop'> {
  return async ({ customerId, cartId }, { scope }) => {
    await decide(ports, scope, async () => {
      const [person, cart] = await readAll(ports.storage, scope, byId(customers, customerId), byId(carts, cartId))
      const { namedIn } = person?.body ?? {}
      if (!person || !namedIn?.includes(cartId) || isNaming(cart, customerId)) return { answer: undefined }
      const carriesOn = namedIn.filter((id) => id !== cartId)
      const changes = await dropped(ports, scope, { person, cartId, namedIn: carriesOn })
      return { changes, done: () => undefined }
    })
    return { outcome: 'done' }
  }
}

const isNaming = (cart: Stored<Cart> | null, customerId: string): boolean =>
  cart !== null && peopleNamed(cart.body).includes(customerId)

/** A person, the cart that names them no more, and the carts that may name them. */
interface Dropped {
  person: Stored<CustomerRecord>
  cartId: string
  namedIn: readonly string[]
}

async function dropped(ports: Pick<CheckoutPorts, 'storage'>, scope: Scope, who: Dropped): Promise<Change[]> {
  const { person, namedIn } = who
  if (await isNeeded(ports, scope, who)) return relyOn(person)
  return [namedIn.length > 0 ? put(customers, person, { ...person.body, namedIn }) : remove(customers, person)]
}

/** Processes of a release before this one rely on a record without a word in it. Goes once none of them can run any more. */
async function isNeeded({ storage }: Pick<CheckoutPorts, 'storage'>, scope: Scope, who: Dropped): Promise<boolean> {
  const { id, body } = who.person
  // No order names somebody who was not there yet, but for clocks that differ.
  const waiting = { index: 'state', equals: ['pending'], range: { from: addMilliseconds(body.createdAt, -DAY) } }
  const naming = await Promise.all([
    listAll(storage, scope, orders, { index: 'cart', equals: [who.cartId] }),
    listOfAllSites(storage, scope, orders, waiting),
  ])
  if (naming.flat().some(({ body }) => peopleNamed(body).includes(id))) return true
  const mine = { equals: [id], limit: 1 }
  const bought = await listOfAllSites(storage, scope, orders, { index: 'customer', equals: [id] })
  const found = await Promise.all([
    listBy(storage, scope, entitlements, { index: 'customer', ...mine }),
    listBy(storage, scope, grants, { index: 'customerProvider', ...mine }),
    listBy(storage, scope, codes, { index: 'assignee', ...mine }),
  ])
  return bought.length > 0 || found.some(({ items }) => items.length > 0)
}
