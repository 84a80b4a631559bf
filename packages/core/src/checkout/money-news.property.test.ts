import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBursarError } from '../errors/index.ts'
import { getOrder, orders } from '../order/index.ts'
import { ENDED, payments } from '../payment/index.ts'
import type { LookupAnswer, ProcessorAnswer, ProcessorPayment } from '../ports/index.ts'
import { type Code, codes, type Promotion, promotions } from '../promotion/index.ts'
import { doctor } from '../report/index.ts'
import { byId, counter, insert, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { addMilliseconds } from '../time/index.ts'
import { cancelUnpaidOrder, capturePayment, settlePayment, startCheckout } from './index.ts'

const scope = { operator: OPERATOR, site: 'main' }
const TOTAL = 8000
const DISCOUNT = 2000

/** What may be heard of a payment, in whatever order. */
interface News extends Pick<ProcessorPayment, 'state' | 'captured' | 'refunded'> {
  readonly do: 'hear'
  readonly which: number
}

/** That, and what staff may do meanwhile. */
type Step =
  | News
  | { readonly do: 'capture'; readonly which: number }
  | { readonly do: 'cancel' }
  | { readonly do: 'jobs' }

const amount = fc.constantFrom(0, 1, 4000, TOTAL - 1, TOTAL)
const which = fc.nat(1)
const steps = fc.array<Step>(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('hear' as const),
        ...{ which, captured: amount, refunded: amount },
        state: fc.constantFrom(...(['captured', 'captured', 'captured', 'authorized', 'failed', 'cancelled'] as const)),
      }),
    },
    fc.record({ do: fc.constant('capture' as const), which }),
    fc.constant({ do: 'cancel' as const }),
    fc.constant({ do: 'jobs' as const }),
  ),
  { maxLength: 8 },
)

/** A processor that says what it is told to, from when it is told on; before, the shop's own. */
function told({ processor, ports }: ShopFixture) {
  const said = new Map<string, ProcessorPayment>()
  const most = new Map<string, number>()
  const change = (next: ProcessorPayment): ProcessorAnswer => {
    said.set(next.reference, next)
    return { outcome: 'succeeded', payment: next }
  }
  const lookup: typeof processor.lookup = async (account, asked): Promise<LookupAnswer> => {
    const payment = said.get(asked.reference ?? '')
    return payment === undefined ? processor.lookup(account, asked) : { outcome: 'found', payment }
  }
  const capture: typeof processor.capture = async (account, request) => {
    const payment = said.get(request.reference)
    if (payment === undefined) return processor.capture(account, request)
    if (payment.state !== 'authorized') return { outcome: 'failed', reason: payment.state }
    return change({ ...payment, state: 'captured', captured: TOTAL })
  }
  const close: typeof processor.void = async (account, request) => {
    const payment = said.get(request.reference)
    if (payment === undefined) return processor.void(account, request)
    return payment.captured > 0 ? { outcome: 'failed', reason: 'paid' } : change({ ...payment, state: 'cancelled' })
  }
  Object.assign(ports.payments, { test: { ...processor, lookup, capture, void: close } })
  /** No processor gives back more than it ever had, nor says `captured` of nothing. */
  return (reference: string, news: News): void => {
    const captured = news.state === 'captured' ? news.captured : 0
    const had = Math.max(captured, most.get(reference) ?? 0)
    most.set(reference, had)
    const state = captured > 0 || news.state !== 'captured' ? news.state : 'failed'
    const money = { amount: { amount: TOTAL, currency: 'EUR' }, captured, refunded: Math.min(had, news.refunded) }
    said.set(reference, { reference, state, ...money })
  }
}

/** A course of 100.00 with a code for 20 % off, of a budget; the card is declined at first, or not. */
async function grantShop(site: Parameters<typeof shopFixture>[0], isDeclined: boolean) {
  const shop = await shopFixture({ ...site, isExamined: false })
  const promotion: Promotion = {
    ...{ id: 'pro_grant', name: 'Grant', sites: null, from: null, until: null, requiresCode: true, conditions: [] },
    ...{ benefit: { type: 'percent', percent: '20' }, stacking: 'combinable', priority: 0, status: 'active' },
    limits: { uses: 5, usesPerCustomer: null, money: [{ amount: 100_000, currency: 'EUR' }] },
  }
  const code: Code = {
    ...{ id: 'cod_grant', code: 'GRANT', site: '*', promotionId: 'pro_grant', uses: 3, returnsUse: 'whole_order' },
    ...{ from: null, until: null, status: 'active' },
  }
  await shop.storage.commit(scope, [insert(promotions, promotion.id, promotion), insert(codes, code.id, code)])
  const bought = await shop.buy({ codes: ['GRANT'], paymentToken: isDeclined ? 'tok_decline' : 'tok_approve' })
  const attempts = [bought.payment?.id ?? '']
  if (isDeclined) {
    const input = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    attempts.push((await startCheckout(shop.ports, shop.call(shop.customer()), input)).payment?.id ?? '')
  }
  return { shop, attempts, orderId: bought.order.id }
}

/** Staff may be refused, but by a reason. */
const orRefused = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!isBursarError(error) || error.code === 'internal') throw error
  })
}

test('in whatever order news of money come, the books hold, and a discount is used as far as its money is there', async () => {
  const plan = fc.record({
    capture: fc.constantFrom('automatic' as const, 'manual' as const),
    onPaymentFailure: fc.constantFrom('suspend' as const, 'keep' as const),
  })
  await fc.assert(
    fc.asyncProperty(plan, fc.boolean(), steps, async (site, isDeclined, list) => {
      const { shop, attempts, orderId } = await grantShop({ site }, isDeclined)
      const say = told(shop)
      const staff = () => shop.call(shop.staff())
      const act = async (step: Step): Promise<void> => {
        if (step.do === 'jobs') return void (await shop.runJobs())
        if (step.do === 'cancel') return orRefused(cancelUnpaidOrder(shop.ports, staff(), { orderId, reason: 'asked' }))
        const paymentId = attempts[step.which % attempts.length] ?? ''
        if (step.do === 'capture') return orRefused(capturePayment(shop.ports, staff(), { paymentId }))
        const [payment] = await readAll(shop.storage, scope, byId(payments, paymentId))
        say(payment?.body.reference ?? paymentId, step)
        await settlePayment(shop.ports, scope, paymentId)
      }
      for (const step of list) {
        await act(step)
        await assertHealthy(shop.storage, scope, shop.runtime.now())
        const [order, budget] = await readAll(
          shop.storage,
          scope,
          byId(orders, orderId),
          counter('budget:pro_grant:EUR'),
        )
        const { captured = 0, refunded = 0 } = order?.body.money ?? {}
        const isPart = refunded < captured && refunded > Math.max(0, captured - TOTAL)
        const shown = await getOrder(shop.ports, staff(), { orderId })
        expect(shown.money.state === 'partly_refunded').toBe(isPart)
        if (order?.body.state !== 'placed') continue
        if (refunded <= Math.max(0, captured - TOTAL)) expect(budget?.used).toBe(DISCOUNT)
        else if (refunded >= captured) expect(budget?.used).toBe(0)
      }
      await shop.runJobs()
      await assertHealthy(shop.storage, scope, shop.runtime.now())
      const [order, ...stored] = await readAll(
        shop.storage,
        scope,
        byId(orders, orderId),
        ...attempts.map((id) => byId(payments, id)),
      )
      const { state, money } = order?.body ?? {}
      // A part is a case once an hour has passed since it came.
      const later = addMilliseconds(shop.runtime.now(), 60 * 60 * 1000)
      const { findings } = await doctor({ storage: shop.storage }, { scope, now: later })
      const isNamed = findings.some(({ record, message }) => record === orderId && message.includes('nobody can pay'))
      const isOpen = stored.some((payment) => payment?.body.captured === 0 && !ENDED.includes(payment.body.state))
      const { captured = 0, refunded = 0 } = money ?? {}
      if (state === 'placed' && !isOpen && captured > refunded) expect(isNamed).toBe(captured < TOTAL)
      const held = stored.filter((payment) => payment?.body.state === 'authorized').map((payment) => payment?.id)
      expect(held).toEqual(held.filter((id) => order?.body.state === 'placed' && order.body.paymentId === id))
    }),
    { numRuns: 40 },
  )
}, 60_000)
