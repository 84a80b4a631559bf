import { expect, test } from 'vitest'
import { auditEvents } from '../audit/index.ts'
import { addLine, createCart, getCart } from '../cart/index.ts'
import { entitlements } from '../entitlement/index.ts'
import { orders } from '../order/index.ts'
import { payments } from '../payment/index.ts'
import type { PaymentProcessor } from '../ports/index.ts'
import { byId, listAll, readAll } from '../storage/index.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { cancelUnpaidOrder, refreshPayment, settlePayment, startCheckout } from './index.ts'
import { mergeCheckedOut } from './merge-checked-out.ts'

const MINUTE = 60 * 1000
const DAY = 24 * 60 * MINUTE
const scope = { operator: 'opr_school', site: 'main' }

async function orderOf({ storage }: ShopFixture, id: string) {
  const [order] = await readAll(storage, scope, byId(orders, id))
  const rights = await listAll(storage, scope, entitlements, { index: 'order', equals: [id] })
  const { state, cancelReason } = order?.body ?? {}
  return { state, cancelReason, rights: rights.map(({ body }) => body.state) }
}

const cardOf = ({ ports }: ShopFixture): PaymentProcessor => {
  if (ports.payments.test === undefined) throw new Error('The fixture has a card processor.')
  return ports.payments.test
}

/** The shop over a processor that says so of the payment that was declined. */
function told({ ports, processor }: ShopFixture, { order }: Bought) {
  const amount = { amount: order.total, currency: 'EUR' }
  const seen = { reference: 'late', state: 'captured', amount, captured: order.total, refunded: 0 } as const
  let payment: object = seen
  const lookup = async () => ({ outcome: 'found', payment }) as never // only what is set here is looked at
  return {
    ports: { ...ports, payments: { ...ports.payments, test: { ...processor, lookup } } },
    fail: () => {
      payment = { ...seen, state: 'failed', captured: 0 }
    },
  }
}

test('an order that another payment paid, and whose money failed, is not ended for what placed it was closed', async () => {
  const shop = await shopFixture({ site: { capture: 'manual', onPaymentFailure: 'keep' } })
  const first = await shop.buy({ paymentToken: 'tok_decline' })
  const call = shop.call(shop.customer())
  await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_approve' })
  const { ports, fail } = told(shop, first)
  await settlePayment(ports, scope, first.payment?.id ?? '')
  await shop.runtime.advance(60 * MINUTE)
  await shop.runJobs()
  fail()
  await settlePayment(ports, scope, first.payment?.id ?? '')
  await refreshPayment(shop.ports, shop.call(shop.customer()), { orderId: first.order.id })
  expect(await orderOf(shop, first.order.id)).toMatchObject({ state: 'placed', rights: ['active'] })
})

test('what staff could not end, for it was paid, is not ended when that money fails', async () => {
  const shop = await shopFixture({ site: { deliversOnAccount: true, onPaymentFailure: 'keep' } })
  const first = await shop.buy({ paymentToken: 'tok_decline' })
  const { paymentToken: _none, ...input } = first.checkout.input
  await startCheckout(shop.ports, shop.call(shop.customer()), { ...input, paymentAccount: shop.ids.accounts.invoice })
  const { ports, fail } = told(shop, first)
  await settlePayment(ports, scope, first.payment?.id ?? '')
  const cancelling = cancelUnpaidOrder(ports, shop.call(shop.staff()), { orderId: first.order.id, reason: 'oops' })
  await expect(cancelling).rejects.toMatchObject({ code: 'wrong_state', reason: 'paid' })
  fail()
  await settlePayment(ports, scope, first.payment?.id ?? '')
  await refreshPayment(ports, shop.call(shop.customer()), { orderId: first.order.id })
  expect(await orderOf(shop, first.order.id)).toMatchObject({ state: 'placed' })
})

test('an authorisation that has just placed its order is not closed by who starts again, and the order is the answer', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  await confirm(shop, bought)
  const call = shop.call(shop.customer())
  const { id: cartId, lines } = bought.cart.cart
  await addLine(shop.ports, call, { cartId, lineId: 'more', variantId: lines[0]?.variantId ?? '' })
  const { quote } = await getCart(shop.ports, call, { cartId })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const again = { ...bought.checkout.input, expectedTotal, paymentToken: 'tok_approve' }
  const { order } = await startCheckout(shop.ports, shop.call(shop.customer()), again)
  expect(order.id).toBe(bought.order.id)
  expect(await orderOf(shop, bought.order.id)).toMatchObject({ state: 'placed' })
  expect(shop.processor.payments().map(({ state }) => state)).toEqual(['authorized'])
  await shop.runtime.advance(3 * 60 * MINUTE)
  await shop.runJobs()
  expect(await orderOf(shop, bought.order.id)).toMatchObject({ state: 'placed' })
})

test('nor by a guest’s cart that is merged after a sign-in', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const made = await createCart(shop.ports, shop.call({ type: 'shopper', site: 'main' }), {})
  const cartToken = 'token' in made ? String(made.token) : ''
  const guest = { type: 'shopper', site: 'main', cartToken } as const
  const line = { cartId: made.cart.id, lineId: 'a', variantId: shop.ids.variants.course }
  const { quote } = await addLine(shop.ports, shop.call(guest), line)
  const { order } = await startCheckout(shop.ports, shop.call(guest), {
    ...{ cartId: made.cart.id, expectedTotal: { amount: quote.total, currency: quote.currency } },
    ...{ paymentToken: 'tok_requires_action', guest: { email: 'guest@example.org' } },
  })
  const [{ clientSecret = '' } = {}] = shop.processor.payments() as { clientSecret?: string }[]
  await shop.processor.confirm(clientSecret, 'approve')
  const own = await createCart(shop.ports, shop.call(shop.customer()), {})
  const merge = { cartId: own.cart.id, fromCartId: made.cart.id, fromToken: cartToken }
  await expect(mergeCheckedOut(shop.ports, shop.call(shop.customer()), merge)).rejects.toMatchObject({
    code: 'cart_not_open',
  })
  expect(await orderOf(shop, order.id)).toMatchObject({ state: 'placed' })
})

test('an authorisation that lapses is not closed by us for a call of before it placed the order, which closed nothing', async () => {
  const shop = await shopFixture({ site: { capture: 'manual', onPaymentFailure: 'suspend' } })
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  const card = cardOf(shop)
  const idle: PaymentProcessor['void'] = async (account, request) => {
    const found = await card.lookup(account, request)
    if (found.outcome !== 'found') throw new Error(found.outcome)
    return { outcome: 'pending', payment: found.payment }
  }
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...card, void: idle } } }
  const call = shop.call(shop.customer())
  const { id: cartId, lines } = bought.cart.cart
  await addLine(ports, call, { cartId, lineId: 'more', variantId: lines[0]?.variantId ?? '' })
  const { quote } = await getCart(ports, call, { cartId })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const again = startCheckout(ports, shop.call(shop.customer()), { ...bought.checkout.input, expectedTotal })
  await expect(again).rejects.toMatchObject({ code: 'payment_in_progress' })
  await shop.runtime.advance(MINUTE)
  await confirm(shop, bought)
  await settlePayment(shop.ports, scope, bought.payment?.id ?? '')
  expect(await orderOf(shop, bought.order.id)).toMatchObject({ state: 'placed' })
  await shop.runtime.advance(40 * DAY)
  await shop.runJobs()
  await settlePayment(shop.ports, scope, bought.payment?.id ?? '')
  expect(await orderOf(shop, bought.order.id)).toMatchObject({ state: 'placed', rights: ['suspended'] })
})

test('a pending order whose staff end it, and the process dies, is ended for their reason by the next news', async () => {
  const shop = await shopFixture({})
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  const card = cardOf(shop)
  const dying: PaymentProcessor['void'] = async (...asked) => {
    await card.void(...asked)
    throw new Error('killed')
  }
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...card, void: dying } } }
  await cancelUnpaidOrder(ports, shop.call(shop.staff()), { orderId: bought.order.id, reason: 'fraud' }).catch(
    () => null,
  )
  await shop.sendWebhooks()
  await shop.runtime.advance(3 * MINUTE)
  await shop.runJobs()
  expect(await orderOf(shop, bought.order.id)).toMatchObject({ state: 'cancelled', cancelReason: 'fraud' })
  const audited = await listAll(shop.storage, scope, auditEvents, { index: 'record', equals: [bought.order.id] })
  expect(audited.map(({ body }) => body.actor.id)).toEqual(['staff-1'])
  const [payment] = await readAll(shop.storage, scope, byId(payments, bought.payment?.id ?? ''))
  expect(payment?.body.state).toBe('cancelled')
})

test.each([
  ['went back', { refunded: 4900 }],
  ['failed', { state: 'failed', captured: 0 }],
] as const)('an order is ended by staff though nobody has heard that its money %s', async (_what, change) => {
  const shop = await shopFixture({ site: { onPaymentFailure: 'keep' } })
  const bought = await shop.buy({})
  const card = cardOf(shop)
  const lookup: PaymentProcessor['lookup'] = async (...asked) => {
    const found = await card.lookup(...asked)
    if (found.outcome !== 'found') return found
    const { captured } = found.payment
    return {
      ...found,
      payment: { ...found.payment, ...change, ...('refunded' in change ? { refunded: captured } : {}) },
    }
  }
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...card, lookup } } }
  await cancelUnpaidOrder(ports, shop.call(shop.staff()), { orderId: bought.order.id, reason: 'back' })
  expect(await orderOf(shop, bought.order.id)).toMatchObject({ state: 'cancelled', cancelReason: 'back' })
})

async function confirm({ processor }: ShopFixture, { payment }: Bought): Promise<void> {
  const next = payment?.next
  await processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
}
