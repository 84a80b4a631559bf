import { cancelUnpaidOrder } from '../checkout/index.ts'
import { orders } from '../order/index.ts'
import { payments } from '../payment/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { Bought, ShopFixture } from './shop-fixture.ts'

export const HOUR = 60 * 60 * 1000
const scope = { operator: 'opr_school', site: 'main' }

/** Jobs of so many hours, each hour once. */
export async function hours(shop: ShopFixture, n: number): Promise<void> {
  for (let hour = 0; hour < n; hour += 1) {
    await shop.runtime.advance(HOUR)
    await shop.runJobs()
  }
}

export async function stateOf({ storage }: ShopFixture, { payment, order }: Bought) {
  const [paid, bought] = await readAll(storage, scope, byId(payments, payment?.id ?? ''), byId(orders, order.id))
  return { payment: paid?.body.state, order: bought?.body.state, operations: paid?.body.operations ?? [] }
}

export const cancel = (shop: ShopFixture, { order }: Bought) =>
  cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'nobody pays' })
