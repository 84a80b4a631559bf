import type { StaffPrincipal } from '../../ports/index.ts'
import type { Promised, Promises } from './promises.ts'
import { isRefused, type Person, request } from './request.ts'
import type { World } from './world.ts'

const LONGEST_PAUSE_MS = 40_000

/** Somebody of the staff, as some shops have: ends orders, takes what is authorised, notes that an invoice was paid. */
export async function staffLife(world: World, promises: Promises, calm: string): Promise<void> {
  const { random, scheduler, life } = world
  const { sleep, now } = scheduler.runtimeOf(life)
  if (random.percent(40)) return
  for (let act = 1; ; act += 1) {
    await sleep(1 + random.below(LONGEST_PAUSE_MS))
    if (now() >= calm) return
    if (promises.orders.length === 0) continue
    const order = random.pick(promises.orders)
    await (random.percent(40) ? cancel(world, promises, order, act) : takeMoney(world, promises, order, act))
  }
}

async function cancel(world: World, promises: Promises, { orderId, principal }: Promised, act: number): Promise<void> {
  const answer = await request(world, staffOf(world, principal.site), promises, ({ admin }) =>
    admin.orders.cancel({ orderId, reason: 'not wanted' }, { idempotencyKey: `cancel-${act}` }),
  )
  if (answer !== null && !isRefused(answer)) promises.cancelled.add(orderId)
}

async function takeMoney(
  world: World,
  promises: Promises,
  { orderId, principal }: Promised,
  act: number,
): Promise<void> {
  const staff = staffOf(world, principal.site)
  const order = await request(world, staff, promises, ({ admin }) => admin.orders.get({ orderId }))
  if (order === null || isRefused(order) || order.payment === null) return
  const { id: paymentId } = order.payment
  const answer = await request(world, staff, promises, ({ admin }) =>
    admin.payments.capture({ paymentId }, { idempotencyKey: `capture-${act}` }),
  )
  if (answer !== null && !isRefused(answer)) promises.paid.add(orderId)
}

/** Half of the time they press once, and look no further whatever is answered. */
function staffOf({ random }: World, site: string): Person {
  const principal: StaffPrincipal = { type: 'staff', site, staffId: 'staff', roles: [{ role: 'admin' }] }
  return { name: 'staff', principal, patience: random.percent(50) ? 1 : undefined }
}
