import { describe, expect, test } from 'vitest'
import { auditEvents } from '../audit/index.ts'
import { entitlements } from '../entitlement/index.ts'
import { orders } from '../order/index.ts'
import { payments } from '../payment/index.ts'
import type { PaymentProcessor, Storage } from '../ports/index.ts'
import { byId, listAll, put, readAll } from '../storage/index.ts'
import { expectOutcome } from '../testing/expectations.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { cancelUnpaidOrder } from './index.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
const scope = { operator: 'opr_school', site: 'main' }
const KINDS = ['on account', 'authorised'] as const

async function placed(kind: (typeof KINDS)[number]) {
  const shop = await shopFixture({ site: { deliversOnAccount: true, capture: 'manual' } })
  const bought = await shop.buy(kind === 'on account' ? { paymentAccount: shop.ids.accounts.invoice } : {})
  await shop.runJobs()
  return { shop, bought }
}

/** The storage of a process that dies once it has stored so much. */
function dying(storage: Storage, commits: number): Storage {
  let left = commits
  const alive =
    <Asked extends unknown[], Answer>(ask: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked) => {
      if (left < 0) throw new Error('killed')
      return ask(...asked)
    }
  const commit = alive(storage.commit)
  return {
    ...storage,
    read: alive(storage.read),
    list: alive(storage.list),
    commit: async (...asked) => {
      left -= 1
      return commit(...asked)
    },
  }
}

async function stateOf({ storage }: ShopFixture, { order, payment }: Bought) {
  const [stored, paid] = await readAll(storage, scope, byId(orders, order.id), byId(payments, payment?.id ?? ''))
  const rights = await listAll(storage, scope, entitlements, { index: 'order', equals: [order.id] })
  const audited = await listAll(storage, scope, auditEvents, { index: 'record', equals: [order.id] })
  return {
    order: stored?.body.state,
    reason: stored?.body.cancelReason,
    payment: paid?.body.state,
    rights: rights.map(({ body }) => body.state),
    by: audited.map(({ body }) => [body.operation, body.actor.id]),
  }
}

const cancel = (shop: ShopFixture, { order }: Bought, ports = shop.ports) =>
  cancelUnpaidOrder(ports, shop.call(shop.staff()), { orderId: order.id, reason: 'never paid' })

const ENDED = {
  ...{ order: 'cancelled', reason: 'never paid', payment: 'cancelled', rights: ['withdrawn'] },
  by: [['test', 'staff-1']],
}

describe.each(KINDS)('an order %s whose staff end it, and the process dies', (kind) => {
  test.each([0, 1, 2])('once it has stored so much: %i, stands whole or is ended whole', async (commits) => {
    const { shop, bought } = await placed(kind)
    const before = await stateOf(shop, bought)
    const ports = { ...shop.ports, storage: dying(shop.storage, commits) }
    await cancel(shop, bought, ports).catch(() => null)
    await shop.sendWebhooks()
    for (let day = 0; day < 3; day += 1) {
      await shop.runtime.advance(DAY)
      await shop.runJobs()
    }
    // What keeps no books of its own says nothing of a call whose answer was lost: it can be paid still.
    const stands = commits === 0 || (commits === 1 && kind === 'on account')
    expect(await stateOf(shop, bought)).toEqual(stands ? before : ENDED)
    if (stands) await cancel(shop, bought)
    expect(await stateOf(shop, bought)).toEqual(ENDED)
  })
  test('or that hears of it by an event first, says the same', async () => {
    const { shop, bought } = await placed(kind)
    const ports = closingFirst(shop, async () => {
      await shop.sendWebhooks()
      await shop.runJobs()
    })
    await cancel(shop, bought, ports)
    expect(await stateOf(shop, bought)).toEqual(ENDED)
  })

  test('is ended by the reconciler where a process of an older version stored only that its payment is closed', async () => {
    const { shop, bought } = await placed(kind)
    const ports = closingFirst(shop, async () => {
      await storeClosed(shop, bought)
      throw new Error('killed')
    })
    await cancel(shop, bought, ports).catch(() => null)
    expect(await stateOf(shop, bought)).toMatchObject({ order: 'placed', payment: 'cancelled' })
    await shop.runtime.advance(HOUR)
    await shop.runJobs()
    expect(await stateOf(shop, bought)).toEqual(ENDED)
  })
})

test('an order is ended for the reason of who asked last, where nobody knows what came of the call of before', async () => {
  const { shop, bought } = await placed('on account')
  const { ports, storage } = shop
  const first = { orderId: bought.order.id, reason: 'a mistake' }
  await cancelUnpaidOrder({ ...ports, storage: dying(storage, 1) }, shop.call(shop.staff()), first).catch(() => null)
  await cancel(shop, bought)
  expect(await stateOf(shop, bought)).toEqual(ENDED)
})

/** A shop where something happens once the processor has closed a payment, and before that is stored. */
function closingFirst(shop: ShopFixture, happens: () => Promise<void>): ShopFixture['ports'] {
  const closing = (processor: PaymentProcessor | undefined) => {
    if (processor === undefined) throw new Error('not in the fixture')
    const close: PaymentProcessor['void'] = async (...asked) => {
      const answer = await processor.void(...asked)
      await happens()
      return answer
    }
    return { ...processor, void: close }
  }
  const { test: card, invoice } = shop.ports.payments
  return { ...shop.ports, payments: { test: closing(card), invoice: closing(invoice) } }
}

/** Stores that a payment is closed, and of its order only what its money says. */
async function storeClosed({ storage }: ShopFixture, { order, payment }: Bought): Promise<void> {
  const [paid, stored] = await readAll(storage, scope, byId(payments, payment?.id ?? ''), byId(orders, order.id))
  const [open, asked] = paid?.body.operations ?? []
  if (paid === null || stored === null || open === undefined) throw new Error('nothing was bought')
  const closing = { ...(asked ?? { ...open, id: 'pop_close', kind: 'void' as const }), state: 'succeeded' as const }
  const closed = { ...paid.body, state: 'cancelled' as const, next: null, operations: [open, closing] }
  const unpaid = { ...stored.body, onAccount: false, money: { ...stored.body.money, authorized: 0 } }
  const changes = [put(payments, paid, closed), put(orders, stored, unpaid)]
  expectOutcome(await storage.commit(scope, changes), 'committed', 'closed')
}
