import { cancelUnpaidOrder } from '../checkout/index.ts'
import { type Bought, type ShopFixture, shopFixture } from './shop-fixture.ts'

/** All kinds of orders: paid, of a guest, free, on account, pending, declined, cancelled, replaced; on two sites. */
export interface BusyShop extends ShopFixture {
  readonly paid: Bought
  readonly program: Bought
  readonly invoice: Bought
  readonly pending: Bought
  readonly declined: Bought
  readonly ended: Bought
}

/** Opens the shop. Tests break what they are given, and ask the doctor themselves. */
export async function busyShop(): Promise<BusyShop> {
  const shop = await shopFixture({ isExamined: false })
  const { variants, accounts } = shop.ids
  const paid = await shop.buy({ codes: ['spring'] })
  const program = await shop.buy({
    hostId: null,
    lines: [{ variantId: variants.program }, { variantId: variants.book, quantity: 3 }],
  })
  await shop.buy({ hostId: 'learner-2', codes: ['free'], lines: [{ variantId: variants.book }] })
  const declined = await shop.buy({
    hostId: 'learner-2',
    lines: [{ variantId: variants.service, quantity: 2 }],
    paymentToken: 'tok_decline',
  })
  await shop.buy({ hostId: 'learner-3', site: 'north', lines: [{ variantId: variants.book, quantity: 2 }] })
  const invoice = await shop.buy({
    hostId: 'learner-4',
    paymentAccount: accounts.invoice,
    lines: [{ variantId: variants.book }],
  })
  const ended = await shop.buy({
    hostId: 'learner-5',
    paymentAccount: accounts.invoice,
    lines: [{ variantId: variants.service }],
  })
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: ended.order.id, reason: 'asked for it' })
  await shop.runJobs()
  const pending = await shop.buy({ hostId: 'learner-6', paymentToken: 'tok_requires_action' })
  return { ...shop, paid, program, invoice, pending, declined, ended }
}
