import { expect, test } from 'vitest'
import { addLine, getCart } from '../cart/index.ts'
import { journal } from '../journal/index.ts'
import { payments } from '../payment/index.ts'
import type { LookupAnswer, PaymentProcessor } from '../ports/index.ts'
import { doctor } from '../report/index.ts'
import { listAll } from '../storage/index.ts'
import { cancel, HOUR, hours, stateOf } from '../testing/open-payment-fixture.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { closePayment } from './close-payment.ts'
import { startCheckout } from './index.ts'

const scope = { operator: 'opr_school', site: 'main' }
const refused = async () => ({ outcome: 'failed', reason: 'RESOURCE_NOT_FOUND' }) as const
const notFound = async () => ({ outcome: 'not_found' }) as const

/** A shop with a payment that waits for its buyer, at a processor that does not close it. */
async function waiting(change: (processor: PaymentProcessor) => Partial<PaymentProcessor>) {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  const become = (next: Partial<PaymentProcessor>) =>
    Object.assign(shop.ports.payments, { test: { ...shop.processor, ...change(shop.processor), ...next } })
  become({})
  return { shop, bought, become }
}

const notVoidable = ({ capabilities }: PaymentProcessor) => ({ capabilities: { ...capabilities, voidable: false } })

async function buyMore(shop: ShopFixture, { cart: { cart }, checkout }: Bought) {
  const call = shop.call(shop.customer())
  const [line] = cart.lines
  const more = { cartId: cart.id, lineId: 'more', variantId: line?.variantId ?? '' }
  await addLine(shop.ports, call, more)
  const { quote } = await getCart(shop.ports, call, { cartId: cart.id })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const input = { ...checkout.input, expectedTotal, paymentToken: 'tok_approve' }
  return startCheckout(shop.ports, shop.call(shop.customer()), input)
}

async function casesOf(shop: ShopFixture): Promise<string[]> {
  const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
  return findings.map(({ severity, message }) => `${severity}: ${message}`)
}

test('a payment that is not closed, and not found when its time is over, has ended, and its order gives back what it held', async () => {
  const { shop, bought } = await waiting(() => ({ void: refused, lookup: notFound }))
  await hours(shop, 2)
  expect(await stateOf(shop, bought)).toMatchObject({ payment: 'cancelled', order: 'cancelled' })
  expect((await buyMore(shop, bought)).order.state).toBe('placed')
})

test('a payment that is not found before its time is over is not ended: the books of its vendor may lag behind', async () => {
  const { shop, bought } = await waiting(() => ({ void: refused, lookup: notFound }))
  await expect(buyMore(shop, bought)).rejects.toMatchObject({ code: 'payment_in_progress' })
  expect(await stateOf(shop, bought)).toMatchObject({ payment: 'requires_action', order: 'pending' })
})

test('the cart of an order whose payment is gone can be bought changed as soon as its time is over', async () => {
  const { shop, bought } = await waiting((processor) => ({
    ...notVoidable(processor),
    void: refused,
    lookup: notFound,
  }))
  await shop.runtime.advance(2 * HOUR) // no job has run
  expect((await buyMore(shop, bought)).order.state).toBe('placed')
})

test('what cannot be closed is not tried to: it ends when its vendor ends it', async () => {
  let isEnded = false
  let voids = 0
  const { shop, bought } = await waiting((processor) => ({
    ...notVoidable(processor),
    void: async () => {
      voids += 1
      return refused()
    },
    async lookup(...call): Promise<LookupAnswer> {
      const found = await processor.lookup(...call)
      if (!isEnded || found.outcome !== 'found') return found
      return { outcome: 'found', payment: { ...found.payment, state: 'cancelled', reason: 'expired' } }
    },
  }))
  await hours(shop, 3)
  expect(await stateOf(shop, bought)).toMatchObject({ payment: 'requires_action', order: 'pending' })
  isEnded = true
  await hours(shop, 1)
  expect(await stateOf(shop, bought)).toMatchObject({ payment: 'cancelled', order: 'cancelled' })
  expect(voids).toBe(0)
})

test('a bank debit that is not closed for two weeks is asked to with a new key each time, and its record does not grow', async () => {
  const keys: string[] = []
  const { shop, bought } = await waiting((processor) => ({
    void: async (_account, { key }) => {
      keys.push(key)
      return refused()
    },
    async lookup(...call): Promise<LookupAnswer> {
      const found = await processor.lookup(...call)
      return found.outcome === 'found'
        ? { outcome: 'found', payment: { ...found.payment, state: 'processing' } }
        : found
    },
  }))
  await hours(shop, 14 * 24)
  expect(keys.length).toBeGreaterThan(300)
  expect(new Set(keys).size).toBe(keys.length)
  const { operations, ...states } = await stateOf(shop, bought)
  expect(states).toEqual({ payment: 'processing', order: 'pending' })
  expect(operations.map(({ kind, state }) => [kind, state])).toEqual([
    ['open', 'pending'],
    ['void', 'declined'],
  ])
  expect(await casesOf(shop)).toEqual([]) // money is under way: nothing to be done by a person
})

test('a payment that its vendor neither closes nor ends is a case after a day, and staff may end its order', async () => {
  const { shop, bought } = await waiting(notVoidable)
  await hours(shop, 24)
  expect(await casesOf(shop)).toEqual([])
  await expect(cancel(shop, bought)).rejects.toMatchObject({ code: 'payment_in_progress' })
  await hours(shop, 2)
  expect(await casesOf(shop)).toEqual([
    expect.stringMatching(
      /^case: is requires_action, of an order that is pending, since .*: close it at its processor/,
    ),
  ])
  const ended = await cancel(shop, bought)
  expect([ended.state, ended.payment?.next]).toEqual(['cancelled', null])
  expect(await casesOf(shop)).toEqual([])
  expect((await buyMore(shop, bought)).order.state).toBe('placed')
})

test('money that comes after staff have ended its order is in suspense', async () => {
  const { shop, bought } = await waiting(notVoidable)
  await hours(shop, 26)
  await cancel(shop, bought)
  const next = bought.payment?.next
  await shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
  await hours(shop, 1)
  expect(await stateOf(shop, bought)).toMatchObject({ payment: 'captured', order: 'cancelled' })
  const booked = await listAll(shop.storage, scope, journal, { index: 'stream', equals: [bought.order.id] })
  const accounts = booked.flatMap(({ body }) => body.entries.map(({ account }) => account))
  expect(accounts).toContain('suspense')
})

test('while the processor does not answer, nobody ends the order of its payment', async () => {
  const { shop, bought, become } = await waiting(notVoidable)
  await hours(shop, 26)
  become({ lookup: async () => ({ outcome: 'unknown', reason: 'timeout' }) })
  await expect(cancel(shop, bought)).rejects.toMatchObject({ code: 'payment_in_progress' })
})

test('what is held is let go of, also where what is still open cannot be closed', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const bought = await shop.buy()
  Object.assign(shop.ports.payments, { test: { ...shop.processor, ...notVoidable(shop.processor) } })
  await cancel(shop, bought)
  expect(await stateOf(shop, bought)).toMatchObject({ payment: 'cancelled', order: 'cancelled' })
})

const unknown = async () => ({ outcome: 'unknown', reason: 'timeout' }) as const

/** A payment that was opened, of which the answer was lost and nobody knows. */
async function openedUnseen(paymentToken: string) {
  const shop = await shopFixture()
  const { processor } = shop
  const open: PaymentProcessor['open'] = async (...call) => {
    await processor.open(...call)
    return unknown()
  }
  Object.assign(shop.ports.payments, { test: { ...processor, lookup: unknown, open } })
  const bought = await shop.buy({ paymentToken })
  const [payment] = await listAll(shop.storage, scope, payments, { index: 'orderId', equals: [bought.order.id] })
  return { shop, processor, payment }
}

test('what cannot be closed is not tried to, also where it is found only by its key', async () => {
  const { shop, processor, payment } = await openedUnseen('tok_requires_action')
  expect(payment?.body.reference).toBeNull()
  let [lookups, voids] = [0, 0]
  const lookup: PaymentProcessor['lookup'] = async (...call) => {
    lookups += 1
    return lookups === 1 ? unknown() : processor.lookup(...call)
  }
  const close: PaymentProcessor['void'] = async (...call) => {
    voids += 1
    return processor.void(...call)
  }
  Object.assign(shop.ports.payments, { test: { ...processor, ...notVoidable(processor), lookup, void: close } })
  expect(await closePayment(shop.ports, scope, payment?.id ?? '')).toBe('open')
  expect(await closePayment(shop.ports, scope, payment?.id ?? '')).toBe('refused')
  expect(voids).toBe(0)
})

test('what is found by its key only as it is closed, and is paid, is paid', async () => {
  const { shop, processor, payment } = await openedUnseen('tok_approve')
  let lookups = 0
  const lookup: PaymentProcessor['lookup'] = async (...call) => {
    lookups += 1
    return lookups === 1 ? { outcome: 'not_found' } : processor.lookup(...call)
  }
  Object.assign(shop.ports.payments, { test: { ...processor, ...notVoidable(processor), lookup } })
  expect(await closePayment(shop.ports, scope, payment?.id ?? '')).toBe('paid')
})
