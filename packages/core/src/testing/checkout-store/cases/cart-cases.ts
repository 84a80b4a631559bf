import { virtualBrowser } from '../../cart-store/virtual-browser.ts'
import { expectSame, expectThat } from '../../expectations.ts'
import { TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }

/** The cart that moves meanwhile, and other tabs. */
export const cartCases: readonly CheckoutStoreCase[] = [
  {
    name: 'it starts from a final price only, and says beforehand whether it can',
    async run(bench) {
      const tab = bench.open()
      await bench.settle(tab)
      const empty = tab.expect('idle')
      expectSame(empty.canStart, false, 'can an empty cart be bought')
      const refused = await bench.ended(empty.start(approve))
      expectThat(!refused.ok && refused.error.code === 'cart_empty', 'the empty cart is refused')
      const adding = tab.cart.addLine({ variantId: bench.shop.variants.course, lineId: 'course' })
      expectSame(tab.expect('idle').canStart, false, 'can it be bought while a click waits')
      const early = await bench.ended(tab.expect('idle').start(approve))
      expectThat(!early.ok && early.error.code === 'version_conflict', 'a price that is not final is refused')
      await bench.ended(adding)
      await bench.settle(tab)
      expectSame(tab.expect('idle').canStart, true, 'can it be bought then')
      expectSame(bench.count('carts.checkout'), 0, 'starts')
    },
  },
  {
    name: 'a cart that changes while its payment waits is idle again, and is not paid as it was',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      const { confirm } = tab.expect('ready')
      const changing = tab.cart.setQuantity('course', 2)
      tab.expect('idle')
      let acted = 0
      const outcome = await bench.ended(
        confirm(() => {
          acted += 1
        }),
      )
      expectSame([outcome.ok, acted], [false, 0], 'the outcome, and what was done')
      await bench.ended(changing)
      await bench.settle(tab)
      await bench.ended(tab.expect('idle').start(approve))
      expectSame(tab.expect('placed').order.total, 9800, 'what was paid')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a cart that changes is not paid as it was, where nobody has subscribed either',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const store = bench.createStore(tab)
      const idle = store.getState()
      expectThat(idle.status === 'idle', 'it is idle')
      await bench.ended(idle.start({ consents }))
      const ready = store.getState()
      expectThat(ready.status === 'ready', 'it is ready')
      await bench.ended(tab.cart.setQuantity('course', 2))
      let acted = 0
      const outcome = await bench.ended(
        ready.confirm(() => {
          acted += 1
        }),
      )
      expectSame([outcome.ok, acted, store.getState().status], [false, 0, 'idle'], 'what came of it')
    },
  },
  {
    name: 'a cart that another tab changes while its payment waits is idle again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const other = bench.open()
      await bench.settle(tab, other)
      await bench.ended(tab.expect('idle').start({ consents }))
      tab.expect('ready')
      await bench.ended(other.cart.setQuantity('course', 3))
      await bench.settle(tab, other)
      tab.expect('idle')
      bench.expectCharges(0)
    },
  },
  {
    name: 'a cart that costs something else, or the same in another currency, while its payment waits is idle again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const other = bench.open()
      await bench.settle(tab, other)
      await bench.ended(tab.expect('idle').start({ consents }))
      tab.expect('ready')
      await bench.shop.setPrice(5900)
      await bench.ended(tab.cart.refresh())
      tab.expect('idle')
      await bench.shop.setPrice(4900)
      await bench.ended(tab.cart.refresh())
      await bench.ended(tab.expect('idle').start({ consents }))
      tab.expect('ready')
      await bench.ended(other.cart.update({ currency: 'USD' }))
      await bench.settle(tab, other)
      tab.expect('idle')
      bench.expectCharges(0)
    },
  },
  {
    name: 'a cart whose line goes to somebody else, by another tab, is not paid for whom it was',
    async run(bench) {
      const tab = await bench.openWithCourse()
      const other = bench.open()
      await bench.settle(tab, other)
      await bench.ended(tab.expect('idle').start({ consents }))
      tab.expect('ready')
      const recipient = { type: 'email', email: 'friend@example.org' } as const
      expectThat((await bench.ended(other.cart.setRecipient('course', recipient))).ok, 'it goes to a friend')
      await bench.settle(tab, other)
      tab.expect('idle')
      await bench.ended(tab.expect('idle').start(approve))
      expectSame(tab.expect('placed').order.lines[0]?.recipient.type, 'claim', 'who gets it')
    },
  },
  {
    name: 'a cart that changes while it starts, or while the field is asked, is not paid as it was',
    async run(bench) {
      const tab = await bench.openWithCourse()
      bench.network.plan('carts.checkout', { type: 'slow', after: 2000 })
      const starting = tab.expect('idle').start({ consents })
      await bench.run(500)
      void tab.cart.setQuantity('course', 2)
      await bench.ended(starting)
      tab.expect('idle')
      await bench.settle(tab)
      await bench.ended(tab.expect('idle').start({ consents }))
      const { confirm, order } = tab.expect('ready')
      expectSame(order.total, 9800, 'what would be paid')
      await bench.ended(
        confirm(async () => {
          await tab.cart.setQuantity('course', 3)
        }),
      )
      await bench.settle(tab)
      tab.expect('idle')
      bench.expectCharges(0)
    },
  },
  {
    name: 'a price that changes while the field is confirmed does not change what was ordered',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      await bench.ended(
        tab.expect('ready').confirm(async (secret) => {
          await bench.shop.setPrice(9900)
          await tab.cart.refresh()
          await bench.field('approve')(secret)
        }),
      )
      expectSame(tab.expect('placed').order.total, 4900, 'what was paid')
      bench.expectCharges(1)
    },
  },
  {
    name: 'an order that another tab placed is placed in this one, which was about to pay',
    async run(bench) {
      const one = await bench.openWithCourse()
      const two = bench.open()
      await bench.settle(one, two)
      await bench.ended(two.expect('idle').start({ consents }))
      const { confirm } = two.expect('ready')
      await bench.ended(one.expect('idle').start(approve))
      const { order } = one.expect('placed')
      await bench.settle(one, two)
      expectSame(two.expect('placed').order.id, order.id, 'the order')
      let acted = 0
      await bench.ended(
        confirm(() => {
          acted += 1
        }),
      )
      expectSame(acted, 0, 'what was done then')
      bench.expectCharges(1)
    },
  },
  {
    name: 'an order that another tab placed, while the answer to this one was late, is placed in this one too',
    async run(bench) {
      const one = await bench.openWithCourse()
      const two = bench.open()
      await bench.settle(one, two)
      bench.network.plan('carts.checkout', { type: 'slow', after: 900 })
      const late = one.expect('idle').start({ paymentToken: 'tok_requires_action', consents })
      await bench.run(100)
      await bench.ended(two.expect('idle').start(approve))
      const { order } = two.expect('placed')
      await bench.settle(two)
      one.expect('starting')
      await bench.ended(late)
      await bench.settle(one, two)
      expectSame(one.expect('placed').order.id, order.id, 'the order')
      bench.expectCharges(1)
    },
  },
  {
    name: 'two tabs that pay at once pay once, and both show the order',
    async run(bench) {
      const one = await bench.openWithCourse()
      const two = bench.open()
      await bench.settle(one, two)
      bench.network.plan('carts.checkout', { type: 'slow', before: 300, after: 900 })
      const both = [one.expect('idle').start(approve), two.expect('idle').start(approve)]
      await bench.ended(Promise.all(both))
      await bench.settle(one, two)
      await bench.reach(one, 'placed')
      await bench.reach(two, 'placed')
      expectSame(two.expect('placed').order.id, one.expect('placed').order.id, 'the order')
      const live = (await bench.shop.orders()).filter(({ state }) => state !== 'cancelled')
      expectSame(live.length, 1, 'live orders')
      bench.expectCharges(1)
    },
  },
  {
    name: 'without channels, what another tab placed is found when the tab is looked at',
    hasChannels: false,
    async run(bench) {
      const one = await bench.openWithCourse()
      const two = bench.open()
      await bench.settle(one, two)
      await bench.ended(two.expect('idle').start({ consents }))
      await bench.ended(one.expect('idle').start(approve))
      two.tab.comeBack()
      await bench.reach(two, 'placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a field whose payment another tab replaced takes no money; what is ready is the new one',
    async run(bench) {
      const one = await bench.openWithCourse()
      const two = bench.open()
      await bench.settle(one, two)
      await bench.ended(one.expect('idle').start({ consents }))
      const { clientSecret } = one.expect('ready')
      await bench.ended(two.expect('idle').start({ paymentToken: 'tok_requires_action', consents }))
      const { order, confirm } = two.expect('requires_action')
      await bench.ended(one.expect('ready').confirm(bench.field('approve')))
      bench.expectCharges(0)
      const state = one.expect('ready')
      expectThat(state.clientSecret !== clientSecret, 'it is another secret')
      expectSame(state.order.id, order.id, 'the order')
      await bench.ended(confirm(bench.field('approve')))
      await bench.reach(one, 'placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'an order is taken up by its id, and one of somebody else is refused and not kept',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_requires_action', consents }))
      const { order, next } = tab.expect('requires_action')
      await bench.field('approve')('clientSecret' in next ? next.clientSecret : '')
      const returned = bench.open()
      await bench.ended(returned.expect('idle').resume(order.id))
      expectSame(returned.expect('placed').order.id, order.id, 'the order')
      bench.shopper.who = 'learner-2'
      const stranger = bench.open()
      await bench.settle(stranger)
      stranger.expect('idle')
      await bench.ended(stranger.expect('idle').resume(order.id))
      expectSame(stranger.expect('failed').error.code, 'not_found', 'why')
      const after = stranger.reload()
      await bench.settle(after)
      after.expect('idle')
    },
  },
  {
    name: 'an order of an earlier cart, taken up by its id, can be paid beside the cart of now',
    async run(bench) {
      const { carts } = bench.shop.direct('learner-1')
      const lines = [{ variantId: bench.shop.variants.book, lineId: 'earlier' }]
      const { cart, quote } = await carts.create({ lines })
      const expectedTotal = { amount: quote.total, currency: quote.currency }
      const begun = { cartId: cart.id, expectedTotal, consents }
      const { order } = await carts.checkout(begun, { idempotencyKey: 'the-earlier-start' })
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').resume(order.id))
      tab.expect('ready')
      await bench.ended(tab.cart.setQuantity('course', 2))
      await bench.settle(tab)
      await bench.ended(tab.expect('ready').confirm(bench.field('approve')))
      bench.expectCharges(1)
      const [paid] = [...bench.shop.taken().keys()]
      expectSame([tab.expect('placed').order.id, paid], [order.id, order.id], 'what was paid')
      expectSame(tab.cart.getState().status, 'open', 'the cart of now')
    },
  },
  {
    name: 'who signs out leaves no checkout behind, here and in the other tabs',
    async run(bench) {
      const one = await bench.openWithCourse()
      const two = bench.open()
      await bench.settle(one, two)
      await bench.ended(one.expect('idle').start({ consents }))
      one.expect('ready')
      bench.shopper.who = null
      two.cart.signedOut()
      await bench.settle(one, two)
      one.expect('idle')
      two.expect('idle')
      const after = one.reload()
      await bench.settle(after)
      after.expect('idle')
    },
  },
  ...['tok_approve', 'tok_decline', 'no_such_account'].map(
    (paymentToken): CheckoutStoreCase => ({
      name: `${paymentToken}: who signs out while it starts hears no answer any more`,
      async run(bench) {
        const tab = await bench.openWithCourse()
        bench.network.plan('carts.checkout', { type: 'slow', before: 4000 })
        const account = paymentToken === 'no_such_account' ? { paymentAccount: 'none' } : {}
        const starting = tab.expect('idle').start({ paymentToken, consents, ...account })
        await bench.run(500)
        tab.cart.signedOut()
        tab.expect('idle')
        await bench.ended(starting)
        await bench.run(10_000)
        expectSame(tab.shown, ['idle', 'starting', 'idle'], 'the way')
        const after = tab.reload()
        await bench.settle(after)
        after.expect('idle')
      },
    }),
  ),
  ...[
    { is: 'an order', shopper: 'learner-1' },
    { is: 'a refusal', shopper: null },
  ].map(
    ({ is, shopper }): CheckoutStoreCase => ({
      name: `${is}: who signs out while it is asked hears no answer any more`,
      async run(bench) {
        const tab = await bench.openWithCourse()
        await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late', consents }))
        tab.expect('processing')
        bench.network.plan('orders.refreshPayment', { type: 'slow', before: 8000 })
        await bench.run(1500) // it is asked by itself
        bench.shopper.who = shopper
        tab.cart.signedOut()
        tab.expect('idle')
        await bench.run(20_000)
        expectSame(tab.shown, ['idle', 'starting', 'processing', 'idle'], 'the way')
      },
    }),
  ),
  {
    name: 'an order is taken up by its id in a browser that has no cart',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ consents }))
      const { order } = tab.expect('ready')
      const elsewhere = bench.open({ page: virtualBrowser(bench.runtime).tab() })
      await bench.settle(elsewhere)
      await bench.ended(elsewhere.expect('idle').resume(order.id))
      await bench.run(5000)
      await bench.ended(elsewhere.expect('ready').confirm(bench.field('approve')))
      elsewhere.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'who signs in while a guest’s payment waits pays the customer’s cart, once',
    async run(bench) {
      bench.shopper.who = null
      const tab = await bench.openWithCourse()
      const guest = { email: 'gwen@example.org', name: 'Gwen Guest' }
      await bench.ended(tab.expect('idle').start({ consents, guest }))
      const { clientSecret } = tab.expect('ready')
      bench.shopper.who = 'learner-1'
      await bench.ended(tab.cart.signedIn())
      await bench.settle(tab)
      tab.expect('idle')
      await bench.ended(tab.expect('idle').start(approve))
      tab.expect('placed')
      await bench.field('approve')(clientSecret)
      await bench.shop.sendWebhooks()
      bench.expectCharges(1)
    },
  },
]
