import { expectSame, expectThat } from '../../expectations.ts'
import { TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }

/** Every state, and the way that leads to it. */
export const stateCases: readonly CheckoutStoreCase[] = [
  {
    name: 'nothing is asked, and no page is touched, before a subscriber or a command',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const asked = bench.network.requests.length
      const touched: string[] = []
      const page = new Proxy(tab.tab.page, {
        get(target, member) {
          touched.push(String(member))
          return target[member as keyof typeof target] // a page has these members only
        },
      })
      const store = bench.createStore(tab, page)
      expectSame(store.getState().status, 'idle', 'its state')
      await bench.run(5000)
      expectSame([bench.network.requests.length - asked, touched], [0, []], 'requests and touches')
    },
  },
  {
    name: 'it asks by itself only while somebody listens',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const store = bench.createStore(tab)
      const idle = store.getState()
      expectThat(idle.status === 'idle', 'it is idle')
      await bench.ended(idle.start({ paymentToken: 'tok_late', consents }))
      await bench.run(30_000)
      expectSame([store.getState().status, bench.count('orders.refreshPayment')], ['processing', 0], 'questions')
      const stop = store.subscribe(() => {})
      await bench.until(() => store.getState().status === 'placed', 'it is placed')
      stop()
    },
  },
  {
    name: 'the state is one object until something changes, and who unsubscribes hears no more',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const first = tab.expect('idle')
      expectThat(tab.store.getState() === first, 'it is the same object at a second look')
      let heard = 0
      const stop = tab.store.subscribe(() => {
        heard += 1
      })
      await bench.ended(first.start(approve))
      expectThat(heard >= 2, 'each change is told')
      expectThat(tab.store.getState() !== first, 'it is another object')
      expectSame(tab.store.getInitialState().status, 'idle', 'the first state')
      stop()
      const before = heard
      tab.expect('placed').reset()
      expectSame(heard, before, 'what is heard after the end')
      tab.expect('idle')
    },
  },
  {
    name: 'a payment by token is starting, then placed; the cart and the other tabs are told',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const outcome = await bench.ended(tab.expect('idle').start(approve))
      expectSame([outcome.ok, tab.shown], [true, ['idle', 'starting', 'placed']], 'the way')
      const { order } = tab.expect('placed')
      const { status, cart } = tab.cart.getState()
      expectSame([status, cart?.orderId], ['ordered', order.id], 'the cart')
      expectSame(bench.browser.messages.filter(({ type }) => type === 'placed').length, 1, 'messages of it')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a payment in the processor’s field is ready with its secret, confirming, then placed',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      const { clientSecret, confirm, order } = tab.expect('ready')
      expectSame(order.total, 4900, 'the total of the order')
      const given: string[] = []
      const confirming = confirm(async (secret) => {
        given.push(secret)
        await bench.runtime.sleep(3000)
        return bench.field('approve')(secret)
      })
      await bench.run(1000)
      expectSame(tab.expect('confirming').order?.id, order.id, 'the order meanwhile')
      await bench.ended(confirming)
      expectSame(given, [clientSecret], 'what the field was given')
      expectSame(tab.shown, ['idle', 'starting', 'ready', 'confirming', 'placed'], 'the way')
      bench.expectCharges(1)
    },
  },
  {
    name: 'the field that was left, or that threw, is ready again with the same secret',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      const { clientSecret, confirm } = tab.expect('ready')
      const outcome = await bench.ended(confirm(() => Promise.reject(new Error('The window was closed.'))))
      expectSame(outcome.ok, true, 'a command never rejects; it ran')
      expectSame(tab.expect('ready').clientSecret, clientSecret, 'the secret')
      await bench.ended(tab.expect('ready').confirm(() => undefined))
      expectSame(tab.expect('ready').clientSecret, clientSecret, 'the secret, after nothing was done')
      bench.expectCharges(0)
    },
  },
  {
    name: 'what the field says is not believed: the processor is asked',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      await bench.ended(
        tab.expect('ready').confirm(async (secret) => {
          await bench.field('approve')(secret)
          throw new Error('It was approved, and the script broke.')
        }),
      )
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a field that never ends can be asked about, and what it says later is old news',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      const { clientSecret, confirm } = tab.expect('ready')
      let end = () => {}
      const confirming = confirm(
        () =>
          new Promise<void>((resolve) => {
            end = resolve
          }),
      )
      await bench.run(5000)
      await bench.ended(tab.expect('confirming').check())
      await bench.field('approve')(clientSecret)
      await bench.ended(tab.expect('ready').confirm(() => undefined))
      tab.expect('placed')
      const asked = bench.count('orders.refreshPayment')
      end()
      await bench.ended(confirming)
      await bench.run(5000)
      expectSame(bench.count('orders.refreshPayment'), asked, 'questions after it')
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: '3-D Secure is requires_action, and goes on after it',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_requires_action', consents }))
      const { next, confirm } = tab.expect('requires_action')
      expectSame(next.type, 'client_secret', 'what is next')
      await bench.ended(confirm(bench.field('approve')))
      expectSame(tab.shown, ['idle', 'starting', 'requires_action', 'confirming', 'placed'], 'the way')
      bench.expectCharges(1)
    },
  },
  {
    name: '3-D Secure that was abandoned stays requires_action; paid another way, its page takes no money any more',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_requires_action', consents }))
      const { next, confirm, order } = tab.expect('requires_action')
      await bench.ended(confirm(() => Promise.reject(new Error('The window was closed.'))))
      const { start, canStart } = tab.expect('requires_action')
      expectSame(canStart, true, 'it can be paid another way')
      await bench.ended(start(approve))
      expectSame(tab.expect('placed').order.id, order.id, 'the order')
      await bench.field('approve')('clientSecret' in next ? next.clientSecret : '')
      await bench.shop.sendWebhooks()
      bench.expectCharges(1)
    },
  },
  {
    name: 'what is decided later is processing, and asked about by itself',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late', consents }))
      const waiting = tab.expect('processing')
      await bench.run(3000)
      expectThat(bench.count('orders.refreshPayment') > 0, 'it was asked')
      expectThat(tab.expect('processing') === waiting, 'an answer without news is no other state')
      await bench.reach(tab, 'placed')
      expectSame(tab.shown, ['idle', 'starting', 'processing', 'placed'], 'the way')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a webhook that the server took is seen, and `check` asks at once',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late', consents }))
      const [payment] = bench.shop.processor.payments()
      expectThat(payment !== undefined, 'there is a payment')
      bench.shop.processor.settle(payment, 'captured')
      await bench.shop.sendWebhooks()
      await bench.ended(tab.expect('processing').check())
      expectSame(tab.shown, ['idle', 'starting', 'processing', 'confirming', 'placed'], 'the way')
    },
  },
  {
    name: 'what is declined later is declined',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late_decline', consents }))
      tab.expect('processing')
      await bench.reach(tab, 'declined')
      bench.expectCharges(0)
    },
  },
  {
    name: 'after `declined` another try is another payment, with another key, of the same order',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_decline', consents }))
      const declined = tab.expect('declined')
      expectSame(declined.canStart, true, 'it can be paid again')
      await bench.ended(declined.start(approve))
      expectSame(tab.expect('placed').order.id, declined.order.id, 'the order')
      const keys = bench.keys('carts.checkout')
      expectSame([keys.length, new Set(keys).size], [2, 2], 'keys')
      const payments = bench.shop.processor.payments()
      expectSame(new Set(payments.map(({ paymentId }) => paymentId)).size, 2, 'payments')
      expectSame(new Set(payments.map(({ orderId }) => orderId)).size, 1, 'orders')
      bench.expectCharges(1)
    },
  },
  {
    name: 'what the field declines is declined, and can be paid again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      await bench.ended(tab.expect('ready').confirm(bench.field('decline')))
      await bench.ended(tab.expect('declined').start({ consents }))
      await bench.ended(tab.expect('ready').confirm(bench.field('approve')))
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'another price is price_changed with both quotes and no order; accepted, it is ordered',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.shop.setPrice(5900)
      await bench.ended(tab.expect('idle').start(approve))
      const { before, after, accept } = tab.expect('price_changed')
      expectSame([before.total, after.total], [4900, 5900], 'both totals')
      expectSame([before.lines.length, after.lines.length], [1, 1], 'both have their lines')
      expectSame((await bench.shop.orders()).length, 0, 'orders')
      await bench.settle(tab)
      expectSame(tab.cart.getState().quote?.total, 5900, 'what the cart shows')
      await bench.ended(accept())
      expectSame(tab.expect('placed').order.total, 5900, 'what was ordered')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a price that changes again before it is accepted is shown again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.shop.setPrice(5900)
      await bench.ended(tab.expect('idle').start(approve))
      await bench.shop.setPrice(6900)
      await bench.ended(tab.expect('price_changed').accept())
      const { before, after, reset } = tab.expect('price_changed')
      expectSame([before.total, after.total], [5900, 6900], 'both totals')
      reset()
      tab.expect('idle')
      bench.expectCharges(0)
    },
  },
  {
    name: 'the same figure in another currency is price_changed',
    hasChannels: false,
    async run(bench) {
      const tab = await bench.openWithCourse()
      const other = bench.open()
      await bench.settle(other)
      await bench.ended(other.cart.update({ currency: 'USD' }))
      await bench.ended(tab.expect('idle').start(approve))
      const { before, after, accept } = tab.expect('price_changed')
      expectSame([before.total, before.currency, after.total, after.currency], [4900, 'EUR', 4900, 'USD'], 'prices')
      expectSame((await bench.shop.orders()).length, 0, 'orders')
      await bench.ended(accept())
      expectSame(tab.expect('placed').order.currency, 'USD', 'what was ordered')
    },
  },
  {
    name: 'the last place that was taken is sold_out, with its line',
    async run(bench) {
      const tab = bench.open()
      await bench.ended(tab.cart.addLine({ variantId: bench.shop.variants.place, lineId: 'place' }))
      await bench.settle(tab)
      const { carts } = bench.shop.direct('learner-2')
      const lines = [{ variantId: bench.shop.variants.place, lineId: 'theirs' }]
      const { cart, quote } = await carts.create({ lines })
      const expectedTotal = { amount: quote.total, currency: quote.currency }
      await carts.checkout({ cartId: cart.id, expectedTotal, ...approve }, { idempotencyKey: 'the-key-of-another' })
      await bench.ended(tab.expect('idle').start(approve))
      const { lineId, error } = tab.expect('sold_out')
      expectSame([lineId, error.code], ['place', 'sold_out'], 'what is told')
      bench.expectCharges(1) // theirs
    },
  },
  {
    name: 'consents that are missing are consent_required with their kinds; given, it goes on',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_approve' }))
      const { missing, start } = tab.expect('consent_required')
      expectSame(missing, ['terms'], 'what is missing')
      bench.expectCharges(0)
      await bench.ended(start(approve))
      tab.expect('placed')
    },
  },
  {
    name: 'what else is refused is failed with its code, and can be tried again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ ...approve, paymentAccount: 'none' }))
      const { error, start } = tab.expect('failed')
      expectSame(error.code, 'payment_account_unknown', 'why')
      await bench.run(2000)
      const asked = bench.network.requests.length
      await bench.run(30_000)
      expectSame(bench.network.requests.length, asked, 'requests: it was refused for good')
      expectSame((await bench.ended(start(approve))).ok, true, 'it goes on')
      tab.expect('placed')
      expectSame(new Set(bench.keys('carts.checkout')).size, 2, 'keys')
      bench.expectCharges(1)
    },
  },
]
