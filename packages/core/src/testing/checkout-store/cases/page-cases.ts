import { expectSame, expectThat } from '../../expectations.ts'
import { TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }
const guest = { email: 'gwen@example.org', name: 'Gwen Guest' }

/** Pages that are left, and come back to. */
export const pageCases: readonly CheckoutStoreCase[] = [
  {
    name: 'a page that is left while it starts finds its order again, and pays once',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'slow', before: 100, after: 3000 })
      void tab.expect('idle').start(approve)
      await bench.run(400)
      const after = tab.reload()
      expectThat(after.shown[0] !== 'starting', 'nothing is started by itself')
      await bench.reach(after, 'placed')
      expectSame(bench.count('carts.checkout'), 1, 'starts')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a page that is left before its start arrived has the same key when it starts again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'late', milliseconds: 20_000 })
      void tab.expect('idle').start(approve)
      await bench.run(20)
      const after = tab.reload()
      await bench.settle(after)
      if (after.store.getState().status === 'unknown') await bench.ended(after.expect('unknown').check())
      await bench.ended(after.expect('failed').start(approve))
      after.expect('placed')
      await bench.run(30_000)
      expectSame(new Set(bench.keys('carts.checkout')).size, 1, 'keys')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a field is there again after a reload, and placed after a redirect',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      const { clientSecret } = tab.expect('ready')
      const after = tab.reload()
      await bench.settle(after)
      expectSame(after.expect('ready').clientSecret, clientSecret, 'the secret')
      await bench.field('approve')(clientSecret)
      const back = after.reload()
      await bench.reach(back, 'placed')
      expectThat(!back.shown.includes('ready'), 'no field is shown that was filled in')
      bench.expectCharges(1)
    },
  },
  {
    name: '3-D Secure is no field to fill in, after a reload either',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_requires_action', consents }))
      tab.expect('requires_action')
      const after = tab.reload()
      await bench.settle(after)
      await bench.ended(after.expect('requires_action').confirm(bench.field('approve')))
      after.expect('placed')
    },
  },
  {
    name: 'what is placed is so after a reload, until the shopper is done with it',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start(approve))
      const { order } = tab.expect('placed')
      const after = tab.reload()
      await bench.settle(after)
      expectSame(after.expect('placed').order.id, order.id, 'the order')
      after.expect('placed').reset()
      await bench.ended(after.cart.refresh())
      await bench.run(5000)
      after.expect('idle')
    },
  },
  {
    name: 'the next cart begins a checkout of its own',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start(approve))
      const first = tab.expect('placed').order
      await bench.ended(tab.cart.addLine({ variantId: bench.shop.variants.book, lineId: 'book' }))
      await bench.settle(tab)
      await bench.ended(tab.expect('idle').start(approve))
      const second = tab.expect('placed').order
      expectSame([first.total, second.total], [4900, 1999], 'the totals')
      expectSame(new Set(bench.keys('carts.checkout')).size, 2, 'keys')
      const after = tab.reload()
      await bench.settle(after)
      expectSame(after.expect('placed').order.id, second.id, 'the order after a reload')
    },
  },
  {
    name: 'a guest’s order is opened by the token of its cart, after a reload too, and no name is stored',
    async run(bench) {
      bench.shopper.who = null
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ ...approve, guest }))
      const { order } = tab.expect('placed')
      const after = tab.reload()
      await bench.settle(after)
      after.expect('placed')
      const { cartToken } = after.store.options(order.id)
      const found = await bench.shop.direct(null, cartToken).orders.get({ orderId: order.id })
      expectSame(found.id, order.id, 'what the token opens')
      await bench.ended(after.cart.addLine({ variantId: bench.shop.variants.book, lineId: 'book' }))
      for (const text of bench.browser.written) {
        expectThat(!/gwen/i.test(text), `no name is stored: ${text}`)
      }
    },
  },
  {
    name: 'a guest’s order is opened after the next cart has begun too, and by who signed out no more',
    async run(bench) {
      bench.shopper.who = null
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ ...approve, guest }))
      const { order } = tab.expect('placed')
      await bench.ended(tab.cart.addLine({ variantId: bench.shop.variants.book, lineId: 'book' }))
      await bench.settle(tab)
      tab.expect('idle')
      const after = tab.reload()
      await bench.settle(after)
      for (const { store } of [tab, after]) {
        const { cartToken } = store.options(order.id)
        const found = await bench.shop.direct(null, cartToken).orders.get({ orderId: order.id })
        expectSame(found.id, order.id, 'what the token opens')
      }
      after.cart.signedOut()
      expectThat(after.store.options(order.id).cartToken === undefined, 'nothing opens it any more')
    },
  },
  {
    name: 'a guest’s payment that waits is there again after a reload',
    async run(bench) {
      bench.shopper.who = null
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_requires_action', consents, guest }))
      const { order } = tab.expect('requires_action')
      const after = tab.reload()
      await bench.settle(after)
      expectSame(after.expect('requires_action').order.id, order.id, 'the order')
      await bench.ended(after.expect('requires_action').confirm(bench.field('approve')))
      after.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a storage that is forbidden costs only the memory of the page',
    async run(bench) {
      const page = bench.browser.tab()
      const forbidden = () => {
        throw new DOMException('The storage is full.', 'QuotaExceededError')
      }
      const own = { getItem: forbidden, setItem: forbidden, removeItem: forbidden }
      const tab = bench.open({ page: { ...page, page: { ...page.page, own } } })
      await bench.ended(tab.cart.addLine({ variantId: bench.shop.variants.course, lineId: 'course' }))
      await bench.settle(tab)
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_decline', consents }))
      await bench.ended(tab.expect('declined').start(approve))
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a command that comes before the first subscriber does not pass over what is in doubt',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'answer_lost' })
      await bench.ended(tab.expect('idle').start(approve))
      tab.expect('unknown')
      const store = bench.createStore(tab)
      const state = store.getState()
      expectThat(state.status === 'idle', 'a store that nobody has subscribed to is idle')
      const outcome = await bench.ended(state.start(approve))
      expectSame(outcome.ok, false, 'was it started')
      expectSame(bench.count('carts.checkout'), 1, 'starts')
      store.subscribe(() => {})
      await bench.until(() => store.getState().status === 'placed', 'it is found')
      bench.expectCharges(1)
    },
  },
]
