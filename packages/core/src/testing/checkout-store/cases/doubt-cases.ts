import { expectSame, expectThat } from '../../expectations.ts'
import { TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }

/** Second clicks, and answers that nobody heard. */
export const doubtCases: readonly CheckoutStoreCase[] = [
  {
    name: 'a second click while it starts is no second start, and is told so',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const { start } = tab.expect('idle')
      const [first, second] = await bench.ended(Promise.all([start(approve), start(approve)]))
      expectSame([first.ok, second.ok], [true, false], 'the outcomes')
      expectThat(!second.ok && second.error.code === 'payment_in_progress', 'the second is told why')
      expectSame(bench.count('carts.checkout'), 1, 'requests')
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a command that was kept from an earlier state does not run',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const { start } = tab.expect('idle')
      await bench.ended(start({ consents }))
      const { confirm } = tab.expect('ready')
      await bench.ended(confirm(bench.field('approve')))
      tab.expect('placed')
      let acted = 0
      const outcomes = [
        await bench.ended(start(approve)),
        await bench.ended(
          confirm(() => {
            acted += 1
          }),
        ),
      ]
      expectSame([outcomes.map(({ ok }) => ok), acted], [[false, false], 0], 'outcomes, and what was done')
      expectSame(bench.count('carts.checkout'), 1, 'requests')
    },
  },
  {
    name: 'a lost answer to the start is unknown, which has no start, and is found by itself',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'answer_lost' })
      await bench.ended(tab.expect('idle').start(approve))
      const { error } = tab.expect('unknown')
      expectThat(error !== null, 'it is told why')
      await bench.reach(tab, 'placed')
      expectSame(tab.shown, ['idle', 'starting', 'unknown', 'placed'], 'the way')
      expectSame(bench.count('carts.checkout'), 1, 'starts')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a start that never arrived is found out by asking, and tried again it has the same key',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'dropped' })
      await bench.ended(tab.expect('idle').start(approve))
      await bench.ended(tab.expect('unknown').check())
      const { error, start } = tab.expect('failed')
      expectSame([error.code, error.reason], ['unavailable', 'not_started'], 'why')
      await bench.ended(start(approve))
      tab.expect('placed')
      const keys = bench.keys('carts.checkout')
      expectSame([keys.length, new Set(keys).size], [2, 1], 'keys')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a start that arrives after it was looked for is seen',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'late', milliseconds: 8000 })
      await bench.ended(tab.expect('idle').start(approve))
      await bench.ended(tab.expect('unknown').check())
      tab.expect('failed')
      bench.expectCharges(0)
      await bench.run(60_000)
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a try that is on its way while an earlier one is found declined is seen when it arrives',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_decline', consents }))
      bench.network.plan('carts.checkout', { type: 'late', milliseconds: 9000 })
      await bench.ended(tab.expect('declined').start(approve))
      await bench.ended(tab.expect('unknown').check())
      tab.expect('declined')
      await bench.run(60_000)
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'what was declined for good is not asked about any more',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_decline', consents }))
      const asked = bench.network.requests.length
      await bench.run(60_000)
      tab.expect('declined')
      expectSame(bench.network.requests.length, asked, 'requests')
    },
  },
  {
    name: 'a start that arrives while it is tried again, also with another token, pays once',
    async run(bench) {
      for (const paymentToken of ['tok_approve', 'tok_twice']) {
        const tab = await bench.openWithCourse()
        bench.network.plan('carts.checkout', { type: 'late', milliseconds: 600 })
        await bench.ended(tab.expect('idle').start(approve))
        await bench.ended(tab.expect('unknown').check())
        const taken = bench.shop.taken().size
        await bench.run(400)
        if (tab.store.getState().status === 'failed')
          await bench.ended(tab.expect('failed').start({ paymentToken, consents }))
        await bench.reach(tab, 'placed')
        await bench.run(30_000)
        expectThat(bench.shop.taken().size <= taken + 1, 'one order took money')
        expectSame(Math.max(...[...bench.shop.taken().values()].map((each) => each.length)), 1, 'payments of an order')
      }
    },
  },
  {
    name: 'a key that turns out to be of another request gives way to a new one, once',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'dropped' })
      await bench.ended(tab.expect('idle').start({ consents }))
      await bench.ended(tab.expect('unknown').check())
      const { start } = tab.expect('failed')
      // The first request was only late: it arrives now, after it was looked for.
      const [key] = bench.keys('carts.checkout')
      const cartId = tab.cart.getState().cart?.id ?? ''
      const late = { cartId, expectedTotal: { amount: 4900, currency: 'EUR' }, consents }
      const { order } = await bench.shop.direct('learner-1').carts.checkout(late, { idempotencyKey: key })
      await bench.ended(start(approve))
      expectSame(tab.expect('placed').order.id, order.id, 'the order')
      expectSame(new Set(bench.keys('carts.checkout')).size, 2, 'keys')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a start that 500 answered is unknown, and never paid without a look',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'answered', code: 'internal' })
      await bench.ended(tab.expect('idle').start(approve))
      tab.expect('unknown')
      await bench.ended(tab.expect('unknown').check())
      expectSame(tab.expect('failed').error.reason, 'not_started', 'what the look told')
      bench.expectCharges(0)
    },
  },
  {
    name: 'a start that came too often was not looked at: it is failed, and keeps its key',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'answered', code: 'rate_limited', retryAfter: 1 })
      await bench.ended(tab.expect('idle').start(approve))
      const { error, start } = tab.expect('failed')
      expectSame(error.code, 'rate_limited', 'why')
      await bench.run(10_000)
      expectSame(tab.expect('failed').error.code, 'rate_limited', 'why, a while later')
      await bench.ended(start(approve))
      tab.expect('placed')
      expectSame(new Set(bench.keys('carts.checkout')).size, 1, 'keys')
    },
  },
  {
    name: 'a lost answer after the field was confirmed is unknown, and found by itself',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      bench.network.plan('orders.refreshPayment', { type: 'answer_lost' })
      await bench.ended(tab.expect('ready').confirm(bench.field('approve')))
      const { orderId } = tab.expect('unknown')
      expectSame(orderId, (await bench.shop.orders())[0]?.id, 'the order')
      await bench.reach(tab, 'placed')
      bench.expectCharges(1)
    },
  },
  ...['tok_timeout_after', 'tok_timeout_before', 'tok_error_after'].map(
    (paymentToken): CheckoutStoreCase => ({
      name: `${paymentToken}: a payment of which the processor gave no answer is unknown until it is asked, and paid once`,
      async run(bench) {
        const tab = await bench.openWithCourse()
        await bench.ended(tab.expect('idle').start({ paymentToken, consents }))
        await bench.ended(tab.expect('unknown').check())
        if (paymentToken === 'tok_timeout_before') {
          expectSame(tab.expect('failed').error.reason, 'not_opened', 'what the look told')
          await bench.ended(tab.expect('failed').start({ paymentToken, consents }))
        }
        tab.expect('placed')
        bench.expectCharges(1)
      },
    }),
  ),
  {
    name: 'a processor that is silent when asked leaves it unknown, and is asked again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.shop.processor.script('lookup', 'timeout_before', 4)
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_timeout_after', consents }))
      await bench.ended(tab.expect('unknown').check())
      tab.expect('unknown')
      await bench.reach(tab, 'placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'offline it stays unknown, is asked at growing waits, and at once when the network is back',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'answer_lost' })
      await bench.ended(tab.expect('idle').start(approve))
      bench.network.isDown = true
      for (let times = 0; times < 6; times += 1) await bench.ended(tab.expect('unknown').check())
      expectThat(tab.expect('unknown').error !== null, 'it is told why the last question had no answer')
      const asked = bench.network.requests.length
      await bench.run(120_000)
      tab.expect('unknown')
      const inTwoMinutes = bench.network.requests.length - asked
      expectThat(
        inTwoMinutes > 3 && inTwoMinutes < 25,
        `it is asked now and then: ${inTwoMinutes} times in two minutes`,
      )
      bench.network.isDown = false
      tab.tab.comeBack()
      await bench.run(500)
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a hidden tab does not ask, and asks at once when it is looked at',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late', consents }))
      tab.tab.hide()
      await bench.run(60_000)
      expectSame(bench.count('orders.refreshPayment'), 0, 'questions of a hidden tab')
      tab.tab.comeBack()
      await bench.run(500)
      tab.expect('placed')
    },
  },
  {
    name: 'a question without an answer does not take away what is known',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late', consents }))
      bench.network.plan('orders.refreshPayment', { type: 'dropped' }, { type: 'answered', code: 'internal' })
      await bench.reach(tab, 'placed')
      expectSame(tab.shown, ['idle', 'starting', 'processing', 'placed'], 'the way')
    },
  },
  {
    name: 'an answer that is overtaken says nothing any more',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late', consents }))
      bench.network.plan('orders.refreshPayment', { type: 'slow', before: 0, after: 9000 })
      await bench.run(1200) // the question is under way, and was answered before the money came
      const [payment] = bench.shop.processor.payments()
      expectThat(payment !== undefined, 'there is a payment')
      bench.shop.processor.settle(payment, 'captured')
      await bench.ended(tab.expect('processing').check())
      tab.expect('placed')
      await bench.run(15_000)
      expectSame(tab.shown.slice(-2), ['confirming', 'placed'], 'the way')
    },
  },
  {
    name: 'a look that is overtaken says nothing any more',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'dropped' }, { type: 'slow', after: 9000 })
      await bench.ended(tab.expect('idle').start(approve))
      bench.network.plan('carts.get', { type: 'slow', after: 4000 })
      await bench.run(1200) // it looks by itself, and the answer is on its way
      await bench.ended(tab.expect('unknown').check())
      const starting = tab.expect('failed').start(approve)
      await bench.run(6000)
      tab.expect('starting')
      await bench.ended(starting)
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a question that came too often is no answer',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      bench.network.plan('orders.refreshPayment', { type: 'answered', code: 'rate_limited' })
      await bench.ended(tab.expect('ready').confirm(bench.field('approve')))
      expectSame(tab.expect('unknown').error?.code, 'rate_limited', 'why')
      await bench.reach(tab, 'placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'an earlier payment that cannot be closed is unknown, with its order, and nothing is paid beside it',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      const { order, clientSecret, start } = tab.expect('ready')
      bench.shop.processor.script('void', 'timeout_before', 9)
      await bench.ended(start(approve))
      const { orderId, error } = tab.expect('unknown')
      expectSame([orderId, error?.code], [order.id, 'payment_in_progress'], 'what is told')
      await bench.field('approve')(clientSecret)
      await bench.reach(tab, 'placed')
      bench.expectCharges(1)
    },
  },
]
