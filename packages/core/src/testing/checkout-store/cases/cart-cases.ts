import { expectSame, expectThat } from '../../expectations.ts'
import { TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }

/** The cart that moves meanwhile. */
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
      const [tab, other] = await bench.openInTwoTabs()
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
      const [tab, other] = await bench.openInTwoTabs()
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
      const [tab, other] = await bench.openInTwoTabs()
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
]
