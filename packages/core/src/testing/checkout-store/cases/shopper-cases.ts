import { virtualBrowser } from '../../cart-store/virtual-browser.ts'
import { expectSame } from '../../expectations.ts'
import { TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }

/** Whose order or cart it is: orders taken up by their id, and who signs in or out. */
export const shopperCases: readonly CheckoutStoreCase[] = [
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
      const [one, two] = await bench.openInTwoTabs()
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
