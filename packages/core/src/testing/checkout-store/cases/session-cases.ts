import { expectSame, expectThat } from '../../expectations.ts'
import { type CheckoutStoreBench, type CheckoutTab, TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }

/** A tab that nobody answered after the money was taken. */
async function lostAnswer(bench: CheckoutStoreBench): Promise<CheckoutTab> {
  const tab = await bench.openWithCourse()
  bench.network.plan('carts.checkout', { type: 'answer_lost' })
  await bench.ended(tab.expect('idle').start(approve))
  tab.expect('unknown')
  return tab
}

/** It is in doubt, and signing in is what helps. */
function expectSignIn({ expect }: CheckoutTab): void {
  const { error, canStart } = expect('unknown')
  expectSame([error?.code, canStart], ['unauthenticated', false], 'why it is in doubt, and may it be paid again')
}

/**
 * A session that ends while a payment is under way. The server then answers 401, or takes the shopper for anybody, to whom
 * there is nothing here: neither says that nothing was paid.
 */
export const sessionCases: readonly CheckoutStoreCase[] = [
  ...(['unauthenticated', 'not_found'] as const).flatMap((code): CheckoutStoreCase[] => [
    {
      name: `${code}: who must sign in again before it can be told stays in doubt, and is told then`,
      async run(bench) {
        const tab = await lostAnswer(bench)
        bench.network.plan('carts.get', { type: 'answered', code }, { type: 'answered', code })
        await bench.ended(tab.expect('unknown').check())
        expectSignIn(tab)
        await bench.reach(tab, 'placed')
        bench.expectCharges(1)
      },
    },
    {
      name: `${code}: a field that was confirmed by who must sign in again is in doubt until then`,
      async run(bench) {
        const tab = await bench.openWithCourse()
        await bench.ended(tab.expect('idle').start({ consents }))
        const refused = { type: 'answered', code } as const
        bench.network.plan('orders.refreshPayment', refused)
        bench.network.plan('carts.get', refused)
        await bench.ended(tab.expect('ready').confirm(bench.field('approve')))
        expectSignIn(tab)
        await bench.reach(tab, 'placed')
        bench.expectCharges(1)
      },
    },
  ]),
  {
    name: 'a session that ends after a lost answer: the shopper is told to sign in, and pays once',
    async run(bench) {
      const tab = await lostAnswer(bench)
      bench.shopper.who = null
      await bench.run(5000)
      expectSignIn(tab)
      await bench.ended(tab.cart.addLine({ variantId: bench.shop.variants.course, lineId: 'course' }))
      await bench.run(60_000)
      expectSignIn(tab)
      const after = tab.reload()
      await bench.run(2000)
      expectSignIn(after)
      bench.shopper.who = 'learner-1'
      await bench.ended(after.cart.signedIn())
      await bench.reach(after, 'placed')
      await bench.ended(after.cart.refresh())
      await bench.run(5000)
      after.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'a debit that is decided later is there again for who signs in again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_late', consents }))
      const { order } = tab.expect('processing')
      bench.shopper.who = null
      tab.tab.comeBack()
      await bench.run(5000)
      tab.expect('processing')
      const after = tab.reload()
      await bench.settle(after)
      expectSignIn(after)
      bench.shopper.who = 'learner-1'
      await bench.ended(after.cart.signedIn())
      await bench.reach(after, 'placed')
      expectSame(after.expect('placed').order.id, order.id, 'the order')
    },
  },
  {
    name: '3-D Secure that is open when the session ends stays, and is told to who signs in again',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start({ paymentToken: 'tok_requires_action', consents }))
      bench.shopper.who = null
      tab.tab.comeBack()
      await bench.settle(tab)
      await bench.ended(tab.expect('requires_action').confirm(bench.field('approve')))
      expectSignIn(tab)
      bench.shopper.who = 'learner-1'
      await bench.ended(tab.cart.signedIn())
      await bench.reach(tab, 'placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'what is placed stays when the session ends, and is no failure after a reload',
    async run(bench) {
      const tab = await bench.openWithCourse()
      await bench.ended(tab.expect('idle').start(approve))
      bench.shopper.who = null
      tab.tab.comeBack()
      await bench.settle(tab)
      tab.expect('placed')
      const after = tab.reload()
      await bench.settle(after)
      after.expect('idle')
      expectThat(!after.shown.includes('failed'), 'it is not told that it failed')
    },
  },
  {
    name: 'another person who signs in is not kept from paying by what they may not see',
    async run(bench) {
      const tab = await lostAnswer(bench)
      bench.shopper.who = null
      await bench.run(5000)
      expectSignIn(tab)
      bench.shopper.who = 'learner-2'
      await bench.ended(tab.cart.signedIn())
      await bench.ended(tab.cart.addLine({ variantId: bench.shop.variants.book, lineId: 'book' }))
      await bench.reach(tab, 'failed')
      expectSame(tab.expect('failed').error.code, 'not_found', 'why')
      await bench.ended(tab.expect('failed').start(approve))
      tab.expect('placed')
    },
  },
  {
    name: 'a guest whose cart is gone is told so, and can pay for another',
    async run(bench) {
      bench.shopper.who = null
      const tab = await bench.openWithCourse()
      const guest = { email: 'gwen@example.org', name: 'Gwen Guest' }
      bench.network.plan('carts.checkout', { type: 'dropped' })
      await bench.ended(tab.expect('idle').start({ ...approve, guest }))
      const gone = { type: 'answered', code: 'not_found' } as const
      bench.network.plan('carts.get', gone, gone)
      await bench.ended(tab.expect('unknown').check())
      await bench.settle(tab)
      await bench.ended(tab.cart.addLine({ variantId: bench.shop.variants.book, lineId: 'book' }))
      const state = tab.store.getState()
      expectThat('start' in state, `it can be started, not ${state.status}`)
      await bench.ended(state.start({ ...approve, guest }))
      tab.expect('placed')
      bench.expectCharges(1)
    },
  },
  {
    name: 'who signs out after the session ended leaves no checkout behind, on pages without one either',
    async run(bench) {
      const tab = await lostAnswer(bench)
      bench.shopper.who = null
      await bench.run(5000)
      expectSignIn(tab)
      const elsewhere = bench.open()
      await bench.settle(elsewhere)
      elsewhere.cart.signedOut()
      await bench.run(1000)
      tab.expect('idle')
      const after = tab.reload()
      await bench.settle(after)
      after.expect('idle')
      const again = await lostAnswer(bench)
      const unheard = bench.createStore(again)
      again.cart.signedOut()
      unheard.subscribe(() => {})
      await bench.run(1000)
      expectSame(unheard.getState().status, 'idle', 'a store that was made and not heard')
    },
  },
]
