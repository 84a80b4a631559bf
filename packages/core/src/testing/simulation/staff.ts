import type { StaffPrincipal } from '../../ports/index.ts'
import { SHOP_IDS } from '../shop-fixture-data.ts'
import type { Promised, Promises } from './promises.ts'
import { isRefused, type Person, request } from './request.ts'
import type { World } from './world.ts'

const LONGEST_PAUSE_MS = 40_000

/** Somebody of the staff, as some shops have: ends orders, takes what is authorised, notes that an invoice was paid, changes prices. */
export async function staffLife(world: World, promises: Promises, calm: string): Promise<void> {
  const { random, scheduler, life, longestThoughtMs } = world
  const { sleep, now } = scheduler.runtimeOf(life)
  if (random.percent(40)) return
  for (let act = 1; ; act += 1) {
    // Where there is a rush, it is in the midst of one.
    await sleep(1 + random.below(act <= 2 ? longestThoughtMs : LONGEST_PAUSE_MS))
    if (now() >= calm) return
    if (promises.orders.length === 0 || random.percent(20)) {
      await changePrice(world, promises, act)
      continue
    }
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

/** While people look at the price of before: of a product, or of what a code gives. */
async function changePrice(world: World, promises: Promises, act: number): Promise<void> {
  const { random } = world
  const staff = staffOf(world, SHOP_IDS.sites.main)
  const options = { idempotencyKey: `price-of-${act}` }
  if (random.percent(30)) {
    const benefit = { type: 'percent', percent: random.pick(['10', '20', '30']) } as const
    await request(world, staff, promises, ({ admin }) =>
      admin.promotions.update({ id: SHOP_IDS.promotions.spring, benefit }, options),
    )
    return
  }
  const name = random.pick(['book', 'course', 'service'])
  const prices = [{ priceList: 'prl_eur', amount: random.pick([2500, 5000, 10_000]) }]
  const publication = { slug: `the-${name}` }
  await request(world, staff, promises, ({ admin }) =>
    admin.products.update({ productId: `prd_${name}`, variants: [{ name, prices }], publication }, options),
  )
}

/** Half of the time they press once, and look no further whatever is answered. */
function staffOf({ random }: World, site: string): Person {
  const principal: StaffPrincipal = { type: 'staff', site, staffId: 'staff', roles: [{ role: 'admin' }] }
  return { name: 'staff', principal, patience: random.percent(50) ? 1 : undefined }
}
