import { beforeAll, describe, expect, test } from 'vitest'
import type { AuditEvent } from '../audit/index.ts'
import { auditEvents } from '../audit/index.ts'
import type { Cart } from '../cart/index.ts'
import { capturePayment, settlePayment } from '../checkout/index.ts'
import type { Entitlement, Grant } from '../entitlement/index.ts'
import type { JournalTransaction } from '../journal/index.ts'
import { type DomainEvent, type Order, orders } from '../order/index.ts'
import { type Payment, type PaymentAccount, payments } from '../payment/index.ts'
import type { HoldRecord, Storage } from '../ports/index.ts'
import type { PricingInputs } from '../pricing/index.ts'
import { byId, insert, readAll } from '../storage/index.ts'
import { type Alterations, alteredStorage } from '../testing/altered-storage.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type BusyShop, busyShop } from '../testing/busy-shop.ts'
import type { Bought, ShopFixture } from '../testing/shop-fixture.ts'
import { addMilliseconds } from '../time/index.ts'
import { doctor } from './doctor.ts'
import type { DoctorFinding } from './doctor-report.ts'
import { formatDoctorReport } from './format-doctor-report.ts'

const HOUR = 60 * 60 * 1000

const examine = async (
  shop: ShopFixture,
  storage: Storage = shop.storage,
  late = 0,
): Promise<readonly DoctorFinding[]> => {
  const now = addMilliseconds(shop.runtime.now(), late)
  return (await doctor({ storage }, { scope: { operator: shop.ids.operator }, now })).findings
}

const brief = (findings: readonly DoctorFinding[]) =>
  findings.map(({ invariant, severity, record }) => `${invariant} ${severity} ${record}`).sort()

const scopeOf = (shop: ShopFixture) => ({ operator: shop.ids.operator, site: 'main' })

describe('a shop in which all is well', () => {
  test('has no findings, in every kind of order', async () => {
    const shop = await busyShop()
    expect(await examine(shop)).toEqual([])
    await assertHealthy(shop.storage, scopeOf(shop))
  })

  test('stays so when all has been done that time brings', async () => {
    const shop = await busyShop()
    await shop.runtime.advance(2 * HOUR)
    await shop.runJobs()
    expect(await examine(shop)).toEqual([])
    const [order] = await readAll(shop.storage, scopeOf(shop), byId(orders, shop.pending.order.id))
    expect(order?.body).toMatchObject({ state: 'cancelled', cancelReason: 'expired' })
  })

  test('counts what each check has looked at', async () => {
    const shop = await busyShop()
    const report = await doctor({ storage: shop.storage }, { scope: scopeOf(shop), now: shop.runtime.now() })
    expect(report.checked).toMatchObject({ 'orders priced again cost the same': 8, 'transactions balance': 10 })
    for (const [check, count] of Object.entries(report.checked)) {
      if (check === 'parked jobs' || check === 'events of processors are stored once') expect(count).toBe(0)
      else expect(count, check).toBeGreaterThan(0)
    }
    const text = formatDoctorReport(report)
    expect(text).toMatch(/^I1 {3}the journal balances as a whole +10 checked$/m)
    expect(text.endsWith('\nAll is well.\n')).toBe(true)
  })

  test('an order on account is sound before and after it is paid', async () => {
    const shop = await busyShop()
    await capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: shop.invoice.payment?.id ?? '' })
    expect(await examine(shop)).toEqual([])
  })
})

describe('what is broken is found, and nothing else', () => {
  let shop: BusyShop
  beforeAll(async () => {
    shop = await busyShop()
  })

  /** Shows the doctor the shop with one thing altered. */
  const found = async (alterations: Alterations, late = 0) =>
    brief(await examine(shop, alteredStorage(shop.storage, alterations), late))
  const only =
    <T extends { id: string }>(id: string, change: (body: T) => unknown) =>
    (body: T) =>
      body.id === id ? change(body) : body
  const rightOf = async (bought: Bought): Promise<Entitlement> => {
    const all = await rowsOf<Entitlement>('entitlements', bought)
    return all[0] as Entitlement
  }
  const grantOf = async (bought: Bought): Promise<Grant> => (await rowsOf<Grant>('grants', bought))[0] as Grant
  async function rowsOf<T>(collection: string, bought: Bought): Promise<T[]> {
    const query = { in: collection, index: 'order', equals: [bought.order.id], limit: 100 }
    const page = await shop.storage.list(scopeOf(shop), query)
    return page.items.map(({ body }) => body as T)
  }

  test('I1, I2, I3: an entry that was changed', async () => {
    const id = `${shop.paid.order.id}:2`
    const change = (transaction: JournalTransaction) => ({
      ...transaction,
      entries: transaction.entries.map((entry) => (entry.account === 'cash' ? { ...entry, amount: 1 } : entry)),
    })
    expect(await found({ documents: { journal: only(id, change) } })).toEqual([
      'I1 broken journal',
      `I1 broken ${id}`,
      `I2 broken ${id}`,
      `I3 broken ${shop.paid.order.id}`,
    ])
  })

  test('I2: a date that was changed', async () => {
    const id = `${shop.paid.order.id}:1`
    const change = (transaction: JournalTransaction) => ({ ...transaction, occurredAt: '2025-12-31' })
    expect(await found({ documents: { journal: only(id, change) } })).toEqual([`I2 broken ${id}`])
  })

  test('I2, I3: a transaction that is gone', async () => {
    const { id } = shop.paid.order
    const findings = await found({ documents: { journal: only(`${id}:2`, () => null) } })
    expect(findings).toEqual([`I2 broken ${id}`, `I3 broken ${id}`, `I3 broken ${id}`])
  })

  test('I2: an event that was changed, and the head that an order keeps', async () => {
    const { id } = shop.paid.order
    const change = (event: DomainEvent) => ({ ...event, data: { ...event.data, more: 1 } })
    expect(await found({ documents: { domainEvents: only(`${id}:1`, change) } })).toEqual([`I2 broken ${id}`])
    const forget = (order: Order) => ({ ...order, journal: { seq: 1, hash: order.journal.hash } })
    expect(await found({ documents: { orders: only(id, forget) } })).toEqual([`I2 broken ${id}`])
  })

  test('I3, I4: a payment that captured less than the books say', async () => {
    const id = shop.paid.payment?.id ?? ''
    const change = (payment: Payment) => ({ ...payment, captured: payment.captured - 1 })
    const order = shop.paid.order.id
    expect(await found({ documents: { payments: only(id, change) } })).toEqual([
      `I3 broken ${order}`,
      `I3 broken ${order}`,
      `I4 broken ${order}`,
      `I4 broken ${order}`,
    ])
  })

  test('I4: amounts of an order that are not those of its payments', async () => {
    const { id } = shop.invoice.order
    const change = (order: Order) => ({ ...order, money: { ...order.money, due: 0, authorized: 7 } })
    expect(await found({ documents: { orders: only(id, change) } })).toEqual([`I4 broken ${id}`, `I4 broken ${id}`])
  })

  test('I4: more given back than was captured', async () => {
    const id = shop.paid.payment?.id ?? ''
    const change = (payment: Payment) => ({ ...payment, refunded: payment.captured + 1 })
    const findings = await found({ documents: { payments: only(id, change) } })
    expect(findings).toContain(`I4 broken ${id}`)
  })

  test('I5: a total, a unit, a tax and a payment that do not sum up', async () => {
    const { id } = shop.program.order
    const payment = shop.program.payment?.id ?? ''
    const total = (order: Order) => ({ ...order, base: order.base + 1 })
    expect(await found({ documents: { orders: only(id, total) } })).toEqual([`I5 broken ${id}`])
    const unit = (order: Order) => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, units: line.units.slice(1) })),
    })
    expect(new Set(await found({ documents: { orders: only(id, unit) } }))).toEqual(new Set([`I5 broken ${id}`]))
    const tax = (order: Order) => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, parts: line.parts.map((part) => ({ ...part, taxes: [] })) })),
    })
    expect(new Set(await found({ documents: { orders: only(id, tax) } }))).toEqual(new Set([`I5 broken ${id}`]))
    const currency = (one: Payment) => ({ ...one, amount: { ...one.amount, currency: 'USD' } })
    expect(await found({ documents: { payments: only(payment, currency) } })).toEqual([`I5 broken ${payment}`])
  })

  test('I5: pricing inputs that give other cents, or are gone', async () => {
    const { id } = shop.paid.order
    const dearer = (inputs: PricingInputs) => ({ ...inputs, taxRates: [] })
    const findings = await found({ documents: { pricingInputs: dearer } })
    expect(findings.filter((finding) => finding.endsWith(id))).toEqual([`I5 broken ${id}`, `I5 broken ${id}`])
    expect(await found({ documents: { pricingInputs: () => null } })).toContain(`I5 broken ${id}`)
  })

  test('I6: a cart that names another order, or none', async () => {
    const { id, cartId } = shop.paid.order
    const forget = (cart: Cart) => ({ ...cart, orderId: undefined })
    expect(await found({ documents: { carts: only(cartId, forget) } })).toEqual([`I6 broken ${id}`])
    const stranger = (cart: Cart) => ({ ...cart, orderId: shop.program.order.id })
    expect(await found({ documents: { carts: only(cartId, stranger) } })).toEqual(
      [`I6 broken ${cartId}`, `I6 broken ${id}`].sort(),
    )
    const ended = shop.ended.order.cartId
    const alive = (cart: Cart) => ({ ...cart, checkout: { orderId: shop.ended.order.id, holds: [] } })
    expect(await found({ documents: { carts: only(ended, alive) } })).toEqual([`I6 broken ${ended}`])
  })

  test('I7: a charge without its operation, an order without its payment', async () => {
    const id = shop.paid.payment?.id ?? ''
    const change = (payment: Payment) => ({ ...payment, operations: [] })
    expect(await found({ documents: { payments: only(id, change) } })).toEqual([`I7 broken ${id}`])
    const forget = (order: Order) => ({ ...order, paymentId: null })
    const order = shop.paid.order.id
    expect(await found({ documents: { orders: only(order, forget) } })).toEqual([`I7 broken ${order}`])
  })

  test('I8: a right that is not paid, one that is missing, one too many', async () => {
    const { id } = await rightOf(shop.invoice)
    const activate = (right: Entitlement) => ({ ...right, state: 'active' })
    const findings = await found({ documents: { entitlements: only(id, activate) } })
    expect(findings).toContain(`I12 broken ${id}`)
    expect(findings.filter((finding) => finding.startsWith('I8'))).toEqual([`I8 case ${id}`])
    const order = shop.paid.order.id
    const right = await rightOf(shop.paid)
    const lose = only(right.id, () => null)
    expect(await found({ documents: { entitlements: lose } })).toEqual([`I8 broken ${order}`])
    const twice = (one: Entitlement) =>
      one.source.orderId === shop.program.order.id ? { ...one, source: { ...one.source, unit: 1 } } : one
    expect(new Set(await found({ documents: { entitlements: twice } }))).toEqual(
      new Set([`I8 broken ${shop.program.order.id}`]),
    )
    const unpaid = (one: Order) => ({ ...one, money: { ...one.money, captured: 0, due: one.total } })
    expect(await found({ documents: { orders: only(order, unpaid) } })).toContain(`I8 broken ${right.id}`)
  })

  test('I8: what is paid and still waits for its payment', async () => {
    const { id } = await rightOf(shop.paid)
    const grant = await grantOf(shop.paid)
    const documents = {
      entitlements: only(id, (right: Entitlement) => ({ ...right, state: 'pending' })),
      grants: only(grant.id, (one: Grant) => ({ ...one, state: 'waiting', waitingFor: 'payment' })),
    }
    expect(await found({ documents })).toEqual([`I8 broken ${id}`])
  })

  test('I8: a delivery without a job; a parked one is a case', async () => {
    const { id } = await grantOf(shop.paid)
    const queue = (grant: Grant) => ({ ...grant, state: 'queued' })
    expect(await found({ documents: { grants: only(id, queue) } })).toEqual([`I8 broken ${id}`])
    const park = (grant: Grant) => ({ ...grant, state: 'parked', reason: 'no such course' })
    expect(await found({ documents: { grants: only(id, park) } })).toEqual([`I8 case ${id}`])
  })

  test('I9, I10: a counter that is not the sum of its holds, and one above its limit', async () => {
    const shift = (by: number, name: string) => ({
      counters: <S extends { counter: string; used: number }>(state: S) =>
        state.counter === name ? { ...state, used: state.used + by } : state,
    })
    expect(await found(shift(-1, 'code:cod_spring'))).toEqual(['I9 broken code:cod_spring'])
    const above = await found(shift(9, 'capacity:var_course'))
    expect(above).toEqual(['I10 broken capacity:var_course', 'I10 case capacity:var_course'])
    expect(
      await found({ documents: { holds: (hold: HoldRecord) => (hold.counter === 'code:cod_spring' ? null : hold) } }),
    ).toEqual(['I9 broken code:cod_spring', `I9 broken ${shop.paid.order.id}`])
  })

  test('I9, I10: a hold that was never turned into a use', async () => {
    const { id } = shop.paid.order
    const open = (hold: HoldRecord) =>
      hold.hold === id && hold.counter.startsWith('capacity') ? { ...hold, state: 'held' } : hold
    expect(await found({ documents: { holds: open } })).toEqual([
      'I10 broken capacity:var_course',
      'I10 broken capacity:var_course',
      `I10 broken ${id}`,
    ])
  })

  test('I12: states that are none, or that contradict their fields and each other', async () => {
    const { id } = await rightOf(shop.paid)
    const grant = await grantOf(shop.paid)
    const payment = shop.pending.payment?.id ?? ''
    const order = shop.pending.order.id
    const odd = (one: Payment) => ({ ...one, state: 'dreaming' })
    expect(await found({ documents: { payments: only(payment, odd) } })).toEqual([`I12 broken ${payment}`])
    const unnamed = (one: Payment) => ({ ...one, state: 'captured' })
    expect(await found({ documents: { payments: only(payment, unnamed) } })).toEqual([`I12 broken ${payment}`])
    const placed = (one: Order) => ({ ...one, placedAt: one.createdAt })
    expect(await found({ documents: { orders: only(order, placed) } })).toContain(`I12 broken ${order}`)
    const waiting = (one: Grant) => ({ ...one, waitingFor: 'claim' })
    expect(await found({ documents: { grants: only(grant.id, waiting) } })).toEqual([`I12 broken ${grant.id}`])
    const withdrawn = (one: Entitlement) => ({ ...one, state: 'withdrawn' })
    expect(await found({ documents: { entitlements: only(id, withdrawn) } })).toEqual([`I12 broken ${id}`])
    const ended = await rightOf(shop.ended)
    const kept = (one: Entitlement) => ({ ...one, state: 'suspended' })
    expect(await found({ documents: { entitlements: only(ended.id, kept) } })).toEqual([`I12 broken ${ended.id}`])
  })

  test('I13: references across sites and operators', async () => {
    const payment = shop.paid.payment?.id ?? ''
    const moved = (one: Payment) => ({ ...one, site: 'north' })
    expect(await found({ documents: { payments: only(payment, moved) } })).toEqual([
      `I13 broken ${payment}`,
      `I13 broken ${payment}`,
    ])
    const grant = await grantOf(shop.paid)
    const gone = (one: Grant) => ({ ...one, orderId: 'ord_gone' })
    expect(await found({ documents: { grants: only(grant.id, gone) } })).toEqual([`I13 broken ${grant.id}`])
    const right = await rightOf(shop.paid)
    const other = (one: Entitlement) => ({ ...one, buyerId: 'cus_elsewhere' })
    expect(await found({ documents: { entitlements: only(right.id, other) } })).toEqual([`I13 broken ${right.id}`])
    const account = (one: Payment) => ({ ...one, account: 'card_of_others' })
    expect(await found({ documents: { payments: only(payment, account) } })).toEqual([`I13 broken ${payment}`])
  })

  test('I13: money that another seller has than the books say; where none was taken there is nothing to settle', async () => {
    const ofOther = (account: PaymentAccount) => ({ ...account, seller: 'sel_other' })
    const taken = [shop.paid, shop.program].map(({ payment }) => `I13 case ${payment?.id}`).sort()
    expect(await found({ documents: { paymentAccounts: only('card_main', ofOther) } })).toEqual(taken)
    expect(await found({ documents: { paymentAccounts: only('invoice_main', ofOther) } })).toEqual([])
  })

  test('I13: a cart or an order that names somebody who is not there', async () => {
    const { id, cartId } = shop.paid.order
    const recipient = { type: 'claim', customerId: 'cus_gone' } as const
    const forNobody = <T extends Cart | Order>(one: T) => ({
      ...one,
      lines: one.lines.map((line) => ({ ...line, recipient })),
    })
    expect(await found({ documents: { carts: only(cartId, forNobody<Cart>) } })).toEqual([`I13 broken ${cartId}`])
    expect(await found({ documents: { orders: only(id, forNobody<Order>) } })).toContain(`I13 broken ${id}`)
    const ofNobody = (cart: Cart) => ({ ...cart, customerId: 'cus_gone' })
    expect(await found({ documents: { carts: only(cartId, ofNobody) } })).toContain(`I13 broken ${cartId}`)
  })

  test('a finding that a second look does not confirm is none', async () => {
    let looks = 0
    const flicker = (order: Order) => {
      looks += 1
      return looks === 2 ? { ...order, base: order.base + 1 } : order
    }
    expect(await found({ documents: { orders: only(shop.paid.order.id, flicker) } })).toEqual([])
    expect(looks).toBeGreaterThan(2)
  })

  test('the report says it in words, what is broken first', async () => {
    const { id } = await grantOf(shop.paid)
    const documents = {
      grants: only(id, (grant: Grant) => ({ ...grant, state: 'parked', reason: 'no such course' })),
      domainEvents: only(`${shop.paid.order.id}:1`, (event: DomainEvent) => ({ ...event, data: {} })),
    }
    const storage = alteredStorage(shop.storage, { documents })
    const text = formatDoctorReport(await doctor({ storage }, { scope: scopeOf(shop), now: shop.runtime.now() }))
    expect(text).toContain('I2   journal and events unchanged')
    expect(text).toMatch(/^1 finding: a rule is broken; 1 case waits for a person:$/m)
    expect(text).toMatch(
      / {2}broken I2 {3}ord_\w+: the head of its events is not the stream's\n {2}case {3}I8 {3}grt_\w+: could not be delivered: no such course\n$/,
    )
    await expect(assertHealthy(storage, scopeOf(shop))).rejects.toThrow(/is not the stream's/)
  })
})

describe('what only writing shows', () => {
  test('I6: a second live payment of an order', async () => {
    const shop = await busyShop()
    const [stored] = await readAll(shop.storage, scopeOf(shop), byId(payments, shop.pending.payment?.id ?? ''))
    const twin: Payment = {
      ...(stored?.body as Payment),
      id: 'pay_twin',
      reference: 'other',
      operations: [{ id: 'pop_twin', kind: 'open', amount: 1, state: 'pending', at: stored?.body.createdAt ?? '' }],
    }
    await shop.storage.commit(scopeOf(shop), [insert(payments, twin.id, twin)])
    expect(brief(await examine(shop))).toEqual([`I6 broken ${shop.pending.order.id}`])
  })

  test('I6: two live orders of one cart', async () => {
    const shop = await busyShop()
    const { id } = shop.pending.order
    const [stored] = await readAll(shop.storage, scopeOf(shop), byId(orders, id))
    const twin: Order = { ...(stored?.body as Order), id: 'ord_twin', number: 'M-TWIN', state: 'cancelled' }
    await shop.storage.commit(scopeOf(shop), [insert(orders, twin.id, twin)])
    const revive = (order: Order) => (order.id === twin.id ? { ...order, state: 'pending' } : order)
    const findings = await examine(shop, alteredStorage(shop.storage, { documents: { orders: revive } }))
    expect(brief(findings)).toContain(`I6 broken ${id}`)
  })

  test('I9, I10: holds of nobody', async () => {
    const shop = await busyShop()
    const hold = { do: 'hold', hold: 'ord_gone', n: 1, limit: 9, due: shop.runtime.now() } as const
    await shop.storage.commit(scopeOf(shop), [
      { ...hold, counter: 'promotion:pro_spring' },
      { ...hold, counter: 'capacity:var_service' },
    ])
    expect(brief(await examine(shop))).toEqual([
      'I10 broken capacity:var_service/ord_gone',
      'I9 broken promotion:pro_spring/ord_gone',
    ])
  })

  test('I16: pending orders that no job remembers', async () => {
    const shop = await busyShop()
    expect(await examine(shop, shop.storage, 2 * HOUR)).toEqual([])
    const lease = { worker: 'w', limit: 10, leaseMs: 1, queues: ['payment.reconcile'] }
    const now = addMilliseconds(shop.runtime.now(), HOUR)
    for (const job of await shop.storage.jobs.lease({ ...lease, now })) await shop.storage.jobs.complete(job)
    expect(await examine(shop)).toEqual([])
    const forgotten = [shop.pending, shop.declined].map(({ payment }) => `I16 broken ${payment?.id}`).sort()
    expect(brief(await examine(shop, shop.storage, 2 * HOUR))).toEqual(forgotten)
  })

  test('I16: a parked job is a case', async () => {
    const shop = await busyShop()
    await shop.runtime.advance(HOUR)
    const [job] = await shop.storage.jobs.lease({ worker: 'w', limit: 1, leaseMs: 1000, now: shop.runtime.now() })
    await shop.storage.jobs.park(job as NonNullable<typeof job>, { error: 'poison' })
    expect(brief(await examine(shop))).toEqual([`I16 case ${job?.id}`])
  })

  test('I11: an event that is stored under another id than its own', async () => {
    const shop = await busyShop()
    const event = {
      id: 'card_main:evt_1',
      account: 'card_main',
      type: 'x',
      reference: null,
      key: null,
      receivedAt: shop.runtime.now(),
    }
    await shop.storage.commit(scopeOf(shop), [
      { do: 'append', in: 'paymentEvents', id: 'card_main:evt_1', body: event },
      { do: 'append', in: 'paymentEvents', id: 'card_main:evt_1b', body: event },
    ])
    expect(brief(await examine(shop))).toEqual(['I11 broken card_main:evt_1b'])
  })

  test('I17: an e-mail address in a record that is kept for ever', async () => {
    const shop = await busyShop()
    const event: AuditEvent = {
      ...{ id: 'aud_x', collection: 'orders', record: 'ord_1', site: 'main', operation: 'sent to guest@example.org' },
      ...{ actor: { type: 'system', id: '' }, fields: [], at: shop.runtime.now() },
    }
    await shop.storage.commit(scopeOf(shop), [insert(auditEvents, event.id, event)])
    const findings = await examine(shop)
    expect(brief(findings)).toEqual(['I17 broken aud_x'])
    expect(findings[0]?.message).not.toContain('guest@')
  })
})

describe('money that nothing accounts for is a case', () => {
  test('a payment of a cancelled order that was captured after all', async () => {
    const shop = await busyShop()
    const id = shop.pending.payment?.id ?? ''
    const [payment] = await readAll(shop.storage, scopeOf(shop), byId(payments, id))
    await shop.runtime.advance(HOUR)
    await shop.runJobs()
    const late = {
      state: 'captured',
      captured: 10_000,
      refunded: 0,
      amount: { amount: 10_000, currency: 'EUR' },
    } as const
    const lookup = async () =>
      ({ outcome: 'found', payment: { reference: payment?.body.reference ?? '', ...late } }) as const
    const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...shop.processor, lookup } } }
    await settlePayment(ports, scopeOf(shop), id)
    expect(brief(await examine(shop))).toEqual([`I3 case ${shop.pending.order.id}`])
  })
})
