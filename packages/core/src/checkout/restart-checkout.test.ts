import { describe, expect, test } from 'vitest'
import { addLine, type CartWithQuote, createCart, updateLine } from '../cart/index.ts'
import { orders } from '../order/index.ts'
import { payments } from '../payment/index.ts'
import { quoteHashOf } from '../pricing/index.ts'
import { byId, listAll, put, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { expectOutcome } from '../testing/expectations.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { closePayment } from './close-payment.ts'
import { type CheckoutInput, mergeCheckedOut, refreshPayment, settlePayment, startCheckout } from './index.ts'

const scope = { operator: 'opr_school', site: 'main' }

/** A customer's cart with one course, and what checks it out with a card that asks for a confirmation. */
async function openCheckout(shop: ShopFixture): Promise<{ made: CartWithQuote; input: CheckoutInput }> {
  const { cart } = await createCart(shop.ports, shop.call(shop.customer()), {})
  const made = await addLine(shop.ports, shop.call(shop.customer()), {
    ...{ cartId: cart.id, lineId: 'l1', variantId: shop.ids.variants.course },
    recipient: { type: 'learner', platform: 'school', learnerId: 'L-1' },
  })
  const input = {
    cartId: cart.id,
    expectedTotal: { amount: made.quote.total, currency: made.quote.currency },
    paymentToken: 'tok_requires_action',
  }
  return { made, input }
}

describe('a checkout that is started again', () => {
  test('waits where the processor of the payment that is under way is not configured here', async () => {
    const shop = await shopFixture()
    const { input } = await openCheckout(shop)
    const { order } = await startCheckout(shop.ports, shop.call(shop.customer()), input)
    const { test: _taken, ...payments } = shop.ports.payments
    const other = { ...input, paymentToken: undefined, paymentAccount: shop.ids.accounts.invoice }
    const again = startCheckout({ ...shop.ports, payments }, shop.call(shop.customer()), other)
    await expect(again).rejects.toMatchObject({ code: 'payment_in_progress', data: { orderId: order.id } })
    const placed = await startCheckout(shop.ports, shop.call(shop.customer()), other)
    expect(placed.order).toMatchObject({ state: 'placed' })
  })

  test('and was stored without being opened waits where its processor is not configured here', async () => {
    const shop = await shopFixture()
    const { input } = await openCheckout(shop)
    const call = shop.call(shop.customer(), { key: 'pressed-once' })
    const died = new Error('the process has died')
    const step = (name: string) => {
      if (name === 's3_processor_called') throw died
    }
    await expect(startCheckout({ ...shop.ports, step }, call, input)).rejects.toBe(died)
    const again = startCheckout({ ...shop.ports, payments: {} }, call, input)
    const [payment] = (await listAll(shop.storage, scope, payments, { index: 'createdAt' })).map(({ body }) => body)
    const inProgress = { code: 'payment_in_progress', data: { orderId: payment?.orderId } }
    await expect(again).rejects.toMatchObject(inProgress)
    expect((await startCheckout(shop.ports, call, input)).payment).toMatchObject({ status: 'requires_action' })
  })

  test('delivers to whom the cart names now, not to whom it named before', async () => {
    const shop = await shopFixture()
    const { made, input } = await openCheckout(shop)
    const first = await startCheckout(shop.ports, shop.call(shop.customer()), input)
    const changed = await updateLine(shop.ports, shop.call(shop.customer()), {
      ...{ cartId: made.cart.id, lineId: 'l1' },
      recipient: { type: 'learner', platform: 'school', learnerId: 'L-2' },
    })
    const again = { ...input, paymentToken: 'tok_approve' }
    const second = await startCheckout(shop.ports, shop.call(shop.customer()), again)
    expect(second.order.lines[0]?.recipient).toEqual(changed.cart.lines[0]?.recipient)
    expect(second.order).toMatchObject({ state: 'placed' })
    const [replaced] = await readAll(shop.storage, scope, byId(orders, first.order.id))
    expect(replaced?.body).toMatchObject({ state: 'cancelled', cancelReason: 'replaced' })
    await assertHealthy(shop.storage, scope)
  })

  test('goes on with an order that an older engine priced alike', async () => {
    const shop = await shopFixture()
    const { made, input } = await openCheckout(shop)
    const declined = { ...input, paymentToken: 'tok_decline' }
    const { order, payment } = await startCheckout(shop.ports, shop.call(shop.customer()), declined)
    const [live, tried] = await readAll(shop.storage, scope, byId(orders, order.id), byId(payments, payment?.id ?? ''))
    if (live === null || tried === null) throw new Error('The order was just made.')
    const engine = made.quote.engine - 1
    const quoteHash = quoteHashOf({ ...made.quote, engine })
    const older = [
      put(orders, live, { ...live.body, engine, quoteHash }),
      put(payments, tried, { ...tried.body, quoteHash }),
    ]
    expectOutcome(await shop.storage.commit(scope, older), 'committed', 'an order of before')
    const paid = { ...input, paymentToken: 'tok_approve' }
    const again = await startCheckout(shop.ports, shop.call(shop.customer()), paid)
    expect(again.order).toMatchObject({ id: order.id, state: 'placed' })
  })

  test('keeps what was agreed to last', async () => {
    const shop = await shopFixture()
    const { input } = await openCheckout(shop)
    const consent = { kind: 'terms', textVersion: '1', locale: 'en', given: true } as const
    await startCheckout(shop.ports, shop.call(shop.customer()), { ...input, consents: [consent] })
    const consents = [{ ...consent, textVersion: '2' }]
    const { order } = await startCheckout(shop.ports, shop.call(shop.customer()), { ...input, consents })
    const [stored] = await readAll(shop.storage, scope, byId(orders, order.id))
    expect(stored?.body.consents).toMatchObject(consents)
  })

  test('with the same cart and consents is the same order', async () => {
    const shop = await shopFixture()
    const { input } = await openCheckout(shop)
    const { paymentToken: _token, ...plain } = input
    const first = await startCheckout(shop.ports, shop.call(shop.customer()), input)
    await shop.runtime.advance(1000)
    const second = await startCheckout(shop.ports, shop.call(shop.customer()), plain)
    expect(second.order.id).toBe(first.order.id)
    expect(second.payment?.id).toBe(first.payment?.id)
  })
})

test('a cart that is merged while it is paid is paid once', async () => {
  const shop = await shopFixture()
  const nobody = { type: 'shopper', site: 'main' } as const
  const { cart, token = '' } = await createCart(shop.ports, shop.call(nobody), {})
  const shopper = { ...nobody, cartToken: token }
  const line = { lineId: 'l1', variantId: shop.ids.variants.course }
  const { quote } = await addLine(shop.ports, shop.call(shopper), { cartId: cart.id, ...line })
  const started = await startCheckout(shop.ports, shop.call(shopper), {
    ...{
      cartId: cart.id,
      expectedTotal: { amount: quote.total, currency: quote.currency },
      paymentToken: 'tok_requires_action',
    },
    guest: { email: 'guest@example.org' },
  })
  const own = await createCart(shop.ports, shop.call(shop.customer()), {})
  const merge = { cartId: own.cart.id, fromCartId: cart.id, fromToken: token }
  const merged = await mergeCheckedOut(shop.ports, shop.call(shop.customer()), merge)
  expect(merged.cart.lines).toHaveLength(1)
  const next = started.payment?.next
  const confirm = shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
  await confirm.catch(() => {})
  await shop.sendWebhooks()
  await shop.runJobs()
  const [order] = await readAll(shop.storage, scope, byId(orders, started.order.id))
  expect(order?.body).toMatchObject({ state: 'cancelled', cancelReason: 'merged', money: { captured: 0 } })
  await assertHealthy(shop.storage, scope)
})

describe('money that comes after all', () => {
  test('for a payment that was closed because its processor knew nothing of it', async () => {
    const shop = await shopFixture()
    const card = shop.ports.payments.test
    if (card === undefined) throw new Error('The fixture has a card processor.')
    const { input } = await openCheckout(shop)
    // The call gets lost on its way, and arrives when nobody waits for it any more.
    const late: (() => Promise<unknown>)[] = []
    const open: typeof card.open = async (account, request) => {
      late.push(() => card.open(account, request))
      return { outcome: 'unknown', reason: 'timeout' }
    }
    const slow = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...card, open } } }
    const { order, payment } = await startCheckout(slow, shop.call(shop.customer()), {
      ...{ ...input, paymentToken: 'tok_approve' },
    })
    expect(await closePayment(shop.ports, scope, payment?.id ?? '', { cancel: 'expired' })).toBe('closed')
    for (const arrive of late) await arrive()
    expect(await shop.sendWebhooks()).toBeGreaterThan(0)
    await shop.runJobs()
    const [stored] = await readAll(shop.storage, scope, byId(orders, order.id))
    expect(stored?.body).toMatchObject({ state: 'cancelled', money: { captured: order.total } })
    await assertHealthy(shop.storage, scope)
  })

  test('for a payment that was given up places its order, which is not ended when that money fails', async () => {
    const shop = await shopFixture({ site: { onPaymentFailure: 'keep' } })
    const card = shop.ports.payments.test
    if (card === undefined) throw new Error('The fixture has a card processor.')
    const { input } = await openCheckout(shop)
    let arrive = (): Promise<unknown> => Promise.resolve()
    const open: typeof card.open = async (account, request) => {
      arrive = () => card.open(account, request)
      return { outcome: 'unknown', reason: 'timeout' }
    }
    const slow = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...card, open } } }
    const call = shop.call(shop.customer())
    const { order, payment } = await startCheckout(slow, call, { ...input, paymentToken: 'tok_approve' })
    const paymentId = payment?.id ?? ''
    expect(await closePayment(shop.ports, scope, paymentId)).toBe('closed')
    await arrive()
    await settlePayment(shop.ports, scope, paymentId)
    const [{ reference = '' } = {}] = shop.processor.payments()
    expect(shop.processor.failCapture({ account: shop.ids.accounts.card, reference })).toBe(true)
    for (const _time of [1, 2]) await settlePayment(shop.ports, scope, paymentId)
    const [stored] = await readAll(shop.storage, scope, byId(orders, order.id))
    expect(stored?.body).toMatchObject({ state: 'placed', money: { captured: 0 } })
  })

  test('of another currency or amount than was asked for is not taken for ours', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
    const card = shop.ports.payments.test
    if (card === undefined) throw new Error('The fixture has a card processor.')
    const lookup: typeof card.lookup = async () => ({
      outcome: 'found',
      payment: {
        ...{ reference: 'x', state: 'captured', captured: 10_000, refunded: 0 },
        amount: { amount: 10_000, currency: 'JPY' },
      },
    })
    const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...card, lookup } } }
    await expect(settlePayment(ports, scope, bought.payment?.id ?? '')).rejects.toThrow(/JPY/)
    const [stored] = await readAll(shop.storage, scope, byId(orders, bought.order.id))
    expect(stored?.body).toMatchObject({ state: 'pending', money: { captured: 0 } })
  })
})

test('a call that closes a payment and came too late leaves it in no doubt', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  const card = shop.ports.payments.test
  if (card === undefined) throw new Error('The fixture has a card processor.')
  const silent: typeof card = { ...card, void: async () => ({ outcome: 'unknown', reason: 'timeout' }) }
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: silent } }
  const paymentId = bought.payment?.id ?? ''
  expect(await closePayment(ports, scope, paymentId)).toBe('open')
  const next = bought.payment?.next
  await shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
  const order = await refreshPayment(shop.ports, shop.call(shop.customer()), { orderId: bought.order.id })
  expect(order.payment).toMatchObject({ status: 'captured', inDoubt: false })
  const [payment] = await readAll(shop.storage, scope, byId(payments, paymentId))
  expect(payment?.body.operations.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['open pending', 'void failed'])
})

test('an account that cannot take so little leaves the order to the next one', async () => {
  const shop = await shopFixture()
  const card = shop.ports.payments.test
  if (card === undefined) throw new Error('The fixture has a card processor.')
  const choosy: typeof card = { ...card, capabilities: { ...card.capabilities, minimum: { EUR: 1_000_000 } } }
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: choosy } }
  const { input } = await openCheckout(shop)
  const { paymentToken: _token, ...plain } = input
  const { payment } = await startCheckout(ports, shop.call(shop.customer()), plain)
  expect(payment?.account).toBe(shop.ids.accounts.invoice)
})
