import { expectSame, expectThat } from '../../expectations.ts'
import { TERMS } from '../checkout-store-bench.ts'
import type { CheckoutStoreCase } from './checkout-store-case.ts'

const consents = TERMS
const approve = { paymentToken: 'tok_approve', consents }

/** Other tabs that order the same cart. */
export const tabCases: readonly CheckoutStoreCase[] = [
  {
    name: 'an order that another tab placed is placed in this one, which was about to pay',
    async run(bench) {
      const [one, two] = await bench.openInTwoTabs()
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
      const [one, two] = await bench.openInTwoTabs()
      bench.network.plan('carts.checkout', { type: 'slow', after: 3000 })
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
      const [one, two] = await bench.openInTwoTabs()
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
      const [one, two] = await bench.openInTwoTabs()
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
      const [one, two] = await bench.openInTwoTabs()
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
]
