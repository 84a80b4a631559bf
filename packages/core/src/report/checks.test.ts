import { beforeAll, describe, expect, test } from 'vitest'
import type { Cart } from '../cart/index.ts'
import { settlePayment } from '../checkout/index.ts'
import type { Entitlement, Grant } from '../entitlement/index.ts'
import type { JournalTransaction } from '../journal/index.ts'
import type { DomainEvent, Order, OrderLine } from '../order/index.ts'
import type { Payment, PaymentOperation } from '../payment/index.ts'
import type { Storage } from '../ports/index.ts'
import { alteredStorage } from '../testing/altered-storage.ts'
import { type BusyShop, busyShop } from '../testing/busy-shop.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { doctor } from './doctor.ts'

/** One record of a shop that is shown otherwise than it is. */
interface Plant {
  readonly in: string
  readonly id: string
  readonly as: (body: never) => unknown
}

/** Ids of the records that are altered. */
interface Ids {
  /** Of an order that was paid and delivered, one that waits for its payment, one that was cancelled. */
  readonly paid: string
  readonly pending: string
  readonly ended: string
  readonly payment: string
  readonly waitingPayment: string
  readonly failedPayment: string
  readonly grant: string
  readonly right: string
  readonly cart: string
  readonly pendingCart: string
  readonly inputs: string
}

const order = (id: string, change: (body: Order) => unknown): Plant => ({ in: 'orders', id, as: change })
const line = (id: string, change: (body: OrderLine) => unknown): Plant =>
  order(id, (body) => ({ ...body, lines: body.lines.map((one) => change(one)) }))
const payment = (id: string, change: (body: Payment) => unknown): Plant => ({ in: 'payments', id, as: change })
const grant = (id: string, change: (body: Grant) => unknown): Plant => ({ in: 'grants', id, as: change })
const right = (id: string, change: (body: Entitlement) => unknown): Plant => ({ in: 'entitlements', id, as: change })
const transaction = (id: string, change: (body: JournalTransaction) => unknown): Plant => ({
  ...{ in: 'journal', id, as: change },
})
const event = (id: string, change: (body: DomainEvent) => unknown): Plant => ({ in: 'domainEvents', id, as: change })
const OPEN: PaymentOperation = {
  id: 'pop_twin',
  kind: 'open',
  amount: 1,
  state: 'succeeded',
  at: '2026-01-01T00:00:00.000Z',
}

/** What the doctor says of each record that is not as it should be: every condition of every check has its line. */
const PLANTS: Record<string, (ids: Ids) => Plant> = {
  'there is no account till': ({ paid }) =>
    transaction(`${paid}:1`, (body) => ({
      ...body,
      entries: body.entries.map((entry) => ({ ...entry, account: 'till' })),
    })),
  'an entry of 0 is none': ({ paid }) =>
    transaction(`${paid}:1`, (body) => ({
      ...body,
      entries: [...body.entries, { account: 'cash', amount: 0, currency: 'EUR' }],
    })),
  '0 entries are no transaction': ({ paid }) => transaction(`${paid}:1`, (body) => ({ ...body, entries: [] })),
  'place 7 of the stream follows 1': ({ paid }) => transaction(`${paid}:2`, (body) => ({ ...body, seq: 7 })),
  'does not name the hash of the one before it': ({ paid }) =>
    transaction(`${paid}:2`, (body) => ({ ...body, previousHash: 'x' })),
  'event 7 follows 0': ({ paid }) => event(`${paid}:1`, (body) => ({ ...body, seq: 7 })),
  'does not name it and what it holds': ({ pendingCart }) => ({
    ...{ in: 'carts', id: pendingCart },
    as: (body: Cart) => ({ ...body, checkout: { ...body.checkout, holds: [{ counter: 'promotion:x', n: 1 }] } }),
  }),
  'is not there': ({ cart }) => ({ in: 'carts', id: cart, as: () => null }),
  'was not captured until 2025-12-31T00:00:00.000Z: its authorisation is lost': ({ waitingPayment }) =>
    payment(waitingPayment, (body) => ({ ...body, state: 'authorized', captureBefore: '2025-12-31T00:00:00.000Z' })),
  '8001 of 8000 were captured': (ids) => payment(ids.payment, (body) => ({ ...body, captured: 8001 })),
  '-1 of 8000 were captured': (ids) => payment(ids.payment, (body) => ({ ...body, captured: -1 })),
  '8001 of 8000 captured were given back': (ids) => payment(ids.payment, (body) => ({ ...body, refunded: 8001 })),
  '-1 were given back': (ids) => payment(ids.payment, (body) => ({ ...body, refunded: -1 })),
  'has used 7 of budget:pro_x:EUR, though all of its money went back: end it': ({ paid }) =>
    order(paid, (body) => ({
      ...{ ...body, holds: [{ counter: 'budget:pro_x:EUR', n: 7 }] },
      money: { ...body.money, refunded: body.money.captured },
    })),
  'was sold for 8001 EUR, priced again it is 8000 EUR': ({ paid }) => order(paid, (body) => ({ ...body, total: 8001 })),
  'line line-1 was 8001, priced again it is 8000': ({ paid }) => line(paid, (body) => ({ ...body, total: 8001 })),
  "can't be priced again": ({ inputs }) => ({
    ...{ in: 'pricingInputs', id: inputs },
    as: (body: object) => ({ ...body, variants: null }),
  }),
  'is of 7999, its order of 8000': (ids) =>
    payment(ids.payment, (body) => ({ ...body, amount: { ...body.amount, amount: 7999 } })),
  'is bound to another quote than its order': (ids) => payment(ids.payment, (body) => ({ ...body, quoteHash: 'x' })),
  'and tax of 0 are not 8000': ({ paid }) => line(paid, (body) => ({ ...body, tax: 0 })),
  '10000 less 0 is not 8000': ({ paid }) => line(paid, (body) => ({ ...body, discount: 0 })),
  '1 of 1 are not 10000': ({ paid }) => line(paid, (body) => ({ ...body, unitPrice: 1 })),
  'its steps add up to 0, not to 8000': ({ paid }) => line(paid, (body) => ({ ...body, adjustments: [] })),
  'base is 10000, its units sum to 1': ({ paid }) =>
    line(paid, (body) => ({
      ...body,
      units: body.units.map((unit) => ({
        ...unit,
        allocations: unit.allocations.map((one) => ({ ...one, base: 1 })),
      })),
    })),
  'a run begins at unit 2, not at 1': ({ paid }) =>
    line(paid, (body) => ({ ...body, units: body.units.map((unit) => ({ ...unit, first: 2 })) })),
  "unit 1 is not made of the line's parts": ({ paid }) =>
    line(paid, (body) => ({
      ...body,
      units: body.units.map((unit) => ({ ...unit, allocations: [...unit.allocations, ...unit.allocations] })),
    })),
  'its units end at 1 of 2': ({ paid }) => line(paid, (body) => ({ ...body, quantity: 2 })),
  'was opened before its operation was stored': (ids) =>
    payment(ids.payment, (body) => ({
      ...body,
      operations: body.operations.map((one) => ({ ...one, at: '2999-01-01T00:00:00.000Z' })),
    })),
  'is opened by two operations': (ids) =>
    payment(ids.payment, (body) => ({ ...body, operations: [...body.operations, OPEN] })),
  'two of its operations share a key': (ids) =>
    payment(ids.payment, (body) => ({
      ...body,
      operations: [...body.operations, { ...OPEN, kind: 'capture', id: body.operations[0]?.id }],
    })),
  "names the seller nobody, who is none of the operator's": ({ paid }) =>
    order(paid, (body) => ({ ...body, seller: 'nobody' })),
  'has 0 deliveries': (ids) => grant(ids.grant, () => null),
  'is to be withdrawn, and no job does it': (ids) => grant(ids.grant, (body) => ({ ...body, state: 'withdrawing' })),
  'could not be withdrawn: the platform said no': (ids) =>
    grant(ids.grant, (body) => ({ ...body, state: 'withdraw_parked', reason: 'the platform said no' })),
  'no order is dreaming': ({ paid }) => order(paid, (body) => ({ ...body, state: 'dreaming' })),
  'is placed, and was never placed': ({ paid }) => order(paid, (body) => ({ ...body, placedAt: null })),
  'is cancelled, and was cancelled never': ({ ended }) => order(ended, (body) => ({ ...body, cancelledAt: null })),
  'is pending, and paid': ({ pending }) =>
    order(pending, (body) => ({ ...body, money: { ...body.money, captured: 1 } })),
  'its events place it 0 times': ({ paid }) =>
    event(`${paid}:1`, (body) => ({ ...body, type: 'order.payment_failed' })),
  'is placed, its events cancel it 1 times': ({ paid }) =>
    event(`${paid}:1`, (body) => ({ ...body, type: 'order.cancelled' })),
  'is captured, and its processor gave it no name': (ids) =>
    payment(ids.payment, (body) => ({ ...body, reference: null })),
  'is failed, and still asks the shopper for something': ({ failedPayment }) =>
    payment(failedPayment, (body) => ({ ...body, next: { type: 'redirect', url: 'https://pay.example/' } })),
  'no delivery is dreaming': (ids) => grant(ids.grant, (body) => ({ ...body, state: 'dreaming' })),
  'is delivered, and nobody knows when': (ids) => grant(ids.grant, (body) => ({ ...body, deliveredAt: null })),
  'is parked without a reason': (ids) => grant(ids.grant, (body) => ({ ...body, state: 'parked', reason: null })),
  'no right is dreaming': (ids) => right(ids.right, (body) => ({ ...body, state: 'dreaming' })),
}

let shop: BusyShop
let ids: Ids
beforeAll(async () => {
  shop = await busyShop()
  const { paid, pending, ended, declined } = shop
  const first = async (collection: string) => {
    const query = { in: collection, index: 'order', equals: [paid.order.id], limit: 1 }
    return (await shop.storage.list({ operator: shop.ids.operator }, query)).items[0]?.id ?? ''
  }
  const stored = await shop.storage.read({ operator: shop.ids.operator, site: 'main' }, [
    { in: 'orders', id: paid.order.id },
  ])
  const [body] = stored.map((one) => (one !== null && 'body' in one ? (one.body as unknown as Order) : null))
  ids = {
    ...{ paid: paid.order.id, pending: pending.order.id, ended: ended.order.id },
    ...{ payment: paid.payment?.id ?? '', waitingPayment: pending.payment?.id ?? '' },
    ...{ failedPayment: declined.payment?.id ?? '', grant: await first('grants'), right: await first('entitlements') },
    ...{ cart: paid.order.cartId, pendingCart: pending.order.cartId, inputs: body?.inputsHash ?? '' },
  }
})

const examine = async (storage: Storage = shop.storage): Promise<string[]> => {
  const call = { scope: { operator: shop.ids.operator }, now: shop.runtime.now() }
  return (await doctor({ storage }, call)).findings.map(({ message }) => message)
}

describe('the doctor says', () => {
  test.each(Object.entries(PLANTS))('%s', async (message, plantIn) => {
    expect((await examine()).filter((found) => found.includes(message))).toEqual([])
    const plant = plantIn(ids)
    let altered = 0
    const alter = (body: { id?: string; hash?: string }) => {
      if (plant.in !== 'pricingInputs' && body.id !== plant.id) return body
      altered += 1
      return plant.as(body as never) // of the collection that it was made for
    }
    const found = await examine(alteredStorage(shop.storage, { documents: { [plant.in]: alter } }))
    expect(altered).toBeGreaterThan(0)
    expect(found.filter((one) => one.includes(message))).not.toEqual([])
  })
})

test('an event of an account that is none of the operator’s', async () => {
  const own = await shopFixture({ isExamined: false })
  const id = 'card_of_others:evt_1'
  const body = {
    ...{ id, account: 'card_of_others', type: 'x', reference: null, key: null },
    receivedAt: own.runtime.now(),
  }
  const scope = { operator: own.ids.operator }
  await own.storage.commit(scope, [{ do: 'append', in: 'paymentEvents', id, body }])
  const { findings } = await doctor({ storage: own.storage }, { scope, now: own.runtime.now() })
  expect(findings).toMatchObject([{ invariant: 'I13', severity: 'broken', record: id }])
})

test('a right that its site keeps though its money failed is a case, and no fault', async () => {
  const own = await shopFixture({ site: { onPaymentFailure: 'keep' } })
  const { payment: bought, order: sold } = await own.buy()
  await own.runJobs()
  const [taken] = own.processor.payments()
  own.processor.failCapture({ account: own.ids.accounts.card, reference: taken?.reference ?? '' })
  const scope = { operator: own.ids.operator }
  await settlePayment(own.ports, scope, bought?.id ?? '')
  const { findings } = await doctor({ storage: own.storage }, { scope, now: own.runtime.now() })
  expect(findings).toMatchObject([{ severity: 'case', message: 'was kept, though its money failed' }])
  expect(sold.total).toBe(10_000)
})
