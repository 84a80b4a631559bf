import type { Change, Stored } from '../ports/index.ts'
import { sites } from '../site/index.ts'
import { decide, type JobHandler, listAll, listBy, nextRound, put, remove } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import { carts } from './cart.collection.ts'
import { type Cart, dayOf, usedAt } from './cart.ts'
import type { CartPorts } from './cart-ports.ts'
import { dropPeople, peopleNamed } from './named-people.ts'

/** So many days a cart is kept after its last command, where the host says nothing else. */
export const CARTS_KEPT_DAYS = 180
/** Carts forgotten in one commit. */
const AT_ONCE = 200
/** Fewer of them where they name many people: each is a job of the commit. */
const MOST_CHANGES = 400
const DAY = 24 * 60 * 60 * 1000

/** What forgetting needs. */
type ForgetCartsPorts = Pick<CartPorts, 'storage' | 'runtime'> & {
  /** Days; null keeps all. */
  cartsKeptDays: number | null
}

/**
 * The job that deletes an operator's carts that nobody has used for long, day by day. What is in an order or in a checkout is
 * left alone, and a command that comes meanwhile wins. Whom its lines have named is let go of by jobs of the same commit. The days
 * of a cart of an earlier release count from now.
 */
export function forgetCartsJob(ports: ForgetCartsPorts): JobHandler<'carts.forget'> {
  return async (_data, job) => {
    const { operator } = job.scope
    if (ports.cartsKeptDays !== null) {
      const until = dayOf(addMilliseconds(ports.runtime.now(), -ports.cartsKeptDays * DAY))
      for (const { id: site } of await listAll(ports.storage, { operator }, sites, { index: 'id' })) {
        const isLast = await forgetSome(ports, { operator, site }, until)
        if (!isLast) return { outcome: 'again', runAt: ports.runtime.now(), reason: 'there are more carts' }
      }
    }
    const changes = [nextRound(ports.runtime, 'carts.forget', operator)]
    await decide(ports, { operator }, async () => ({ changes, done: () => undefined }))
    return { outcome: 'done' }
  }
}

/** Forgets the oldest ones of a site. Were those all? */
function forgetSome(
  ports: ForgetCartsPorts,
  scope: { operator: string; site: string },
  until: string,
): Promise<boolean> {
  // An index may lag where older processes write: what an order has is never removed, whatever it says.
  const end = (stored: Stored<Cart>): Change[] => {
    const { usedOn, orderId, checkout } = stored.body
    const isDone = usedOn !== undefined && orderId === undefined && checkout === undefined
    if (!isDone) return [put(carts, stored, usedAt(stored.body, ports.runtime.now()))]
    return [remove(carts, stored), ...dropPeople(ports.runtime, stored.id, peopleNamed(stored.body))]
  }
  return decide(ports, scope, async () => {
    const { items } = await listBy(ports.storage, scope, carts, { index: 'usedOn', range: { until }, limit: AT_ONCE })
    const changes: Change[] = []
    let ended = 0
    for (; ended < items.length && changes.length < MOST_CHANGES; ended += 1) {
      changes.push(...end(items[ended] as Stored<Cart>)) // there: it is counted
    }
    return { changes, done: () => ended === items.length && ended < AT_ONCE }
  })
}
