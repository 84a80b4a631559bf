import { expectSame, expectThat } from '../../expectations.ts'
import { type CartStoreCase, linesOf, tabWithCart } from './cart-store-case.ts'

/** Several tabs of one shopper. */
export const tabCases: readonly CartStoreCase[] = [
  {
    name: 'another tab shows a change without a click',
    async run(bench) {
      const one = await tabWithCart(bench)
      const two = bench.open()
      await bench.settle(one, two)
      expectSame(linesOf(two.store.getState()), 'a×1 b×1', 'what a new tab shows')
      void one.store.setQuantity('a', 4)
      await bench.settle(one, two)
      expectSame(linesOf(two.store.getState()), 'a×4 b×1', 'what the other tab shows')
      void two.store.removeLine('b')
      await bench.settle(one, two)
      expectSame(linesOf(one.store.getState()), 'a×4', 'what the first tab shows')
    },
  },
  {
    name: 'a tab that knows of a newer version calls its quote stale',
    async run(bench) {
      const one = await tabWithCart(bench)
      const two = bench.open()
      await bench.settle(one, two)
      bench.network.plan('carts.get', { type: 'slow', after: 3000 })
      await bench.ended(one.store.setQuantity('a', 4))
      await bench.run(500)
      expectSame(two.store.getState().quoteState, 'stale', 'the quote of the other tab meanwhile')
      await bench.settle(one, two)
      expectSame(two.store.getState().quote, one.store.getState().quote, 'its quote then')
    },
  },
  {
    name: 'without channels a tab fetches when it is looked at',
    hasChannels: false,
    async run(bench) {
      const one = await tabWithCart(bench)
      const two = bench.open()
      await bench.settle(one, two)
      void one.store.setQuantity('a', 4)
      await bench.settle(one)
      expectSame(linesOf(two.store.getState()), 'a×1 b×1', 'what the other tab shows before')
      two.tab.comeBack()
      await bench.settle(one, two)
      expectSame(linesOf(two.store.getState()), 'a×4 b×1', 'what it shows then')
    },
  },
  {
    name: 'tabs that add at once have one cart',
    async run(bench) {
      const [one, two] = [bench.open(), bench.open()]
      await bench.settle(one, two)
      const [first, second] = bench.shop.variantIds
      void one.store.addLine({ lineId: 'a', variantId: first })
      void two.store.addLine({ lineId: 'b', variantId: second })
      await bench.settle(one, two)
      expectSame(one.store.getState().cart?.id, two.store.getState().cart?.id, 'the cart')
      for (const tab of [one, two]) expectSame(linesOf(tab.store.getState()), 'a×1 b×1', 'what a tab shows')
      expectSame(linesOf((await bench.truth(one)).cart), 'a×1 b×1', 'what the server has')
    },
  },
  {
    name: 'at sign-in the guest’s cart goes into the customer’s, with what waits, and other tabs follow',
    async run(bench) {
      const one = await tabWithCart(bench)
      const guests = one.store.getState().cart?.id
      const events: string[] = []
      const two = bench.open({ onTabEvent: (event) => events.push(event) })
      await bench.settle(one, two)
      void one.store.setQuantity('a', 2)
      await bench.run(20)
      void one.store.setQuantity('b', 3)
      bench.shopper.who = 'first'
      const result = await bench.ended(one.store.signedIn())
      expectThat(result.ok, 'it was merged')
      await bench.settle(one, two)
      expectSame(events, ['signed_in'], 'what the other tab was told')
      const { cart } = await bench.truth(one)
      expectThat(cart.id !== guests, 'it is another cart')
      expectSame(linesOf(cart), 'a×2 b×3', 'what the server has')
      for (const tab of [one, two]) {
        expectSame([tab.store.getState().cart?.id, linesOf(tab.store.getState())], [cart.id, 'a×2 b×3'], 'a tab')
        expectSame(tab.store.getState().errors, [], 'errors of a tab')
      }
      expectSame(one.store.options().cartToken, undefined, 'the token of a customer’s cart')
    },
  },
  {
    name: 'at sign-in the guest’s cart goes into the customer’s newest open one, and none is made',
    async run(bench) {
      const [, , variantId] = bench.shop.variantIds
      const own = await bench.shop.direct('first', undefined).carts.create({ lines: [{ lineId: 'z', variantId }] })
      const tab = await tabWithCart(bench)
      const made = bench.count('carts.create')
      bench.shopper.who = 'first'
      expectThat((await bench.ended(tab.store.signedIn())).ok, 'it was merged')
      await bench.settle(tab)
      const { cart } = await bench.truth(tab)
      expectSame([cart.id, linesOf(cart)], [own.cart.id, 'a×1 b×1 z×1'], 'what the server has')
      expectSame(linesOf(tab.store.getState()), 'a×1 b×1 z×1', 'what is shown')
      expectSame(bench.count('carts.create'), made, 'carts made')
    },
  },
  {
    name: 'at sign-in without a guest’s cart the customer’s newest open one is shown, in other tabs too',
    async run(bench) {
      const [variantId] = bench.shop.variantIds
      const own = await bench.shop.direct('first', undefined).carts.create({ lines: [{ lineId: 'z', variantId }] })
      const [one, two] = [bench.open(), bench.open()]
      await bench.settle(one, two)
      bench.shopper.who = 'first'
      expectThat((await bench.ended(one.store.signedIn())).ok, 'it was done')
      await bench.settle(one, two)
      for (const tab of [one, two, one.reload()]) {
        await bench.settle(tab)
        expectSame([tab.store.getState().cart?.id, linesOf(tab.store.getState())], [own.cart.id, 'z×1'], 'a tab')
      }
      expectSame(bench.count('carts.create'), 0, 'carts made by the stores')
    },
  },
  {
    name: 'at sign-in the guest’s cart whose place another took, as the server rendered it, goes into the customer’s',
    async run(bench) {
      const [, , variantId] = bench.shop.variantIds
      const initial = await bench.shop.direct('first', undefined).carts.create({ lines: [{ lineId: 'z', variantId }] })
      await tabWithCart(bench)
      bench.shopper.who = 'first'
      for (const given of [{ initial }, { cartId: initial.cart.id }]) {
        const tab = bench.open(given)
        expectThat((await bench.ended(tab.store.signedIn())).ok, 'it was merged')
        await bench.settle(tab)
        expectSame(linesOf((await bench.truth(tab)).cart), 'a×1 b×1 z×1', 'what the server has')
        expectSame(linesOf(tab.store.getState()), 'a×1 b×1 z×1', 'what is shown')
      }
    },
  },
  {
    name: 'at sign-in a cart that is made for the guest’s keeps its currency',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const { otherCurrency } = bench.shop
      expectThat((await bench.ended(tab.store.update({ currency: otherCurrency }))).ok, 'the currency was changed')
      const next = tab.reload()
      bench.shopper.who = 'first'
      expectThat((await bench.ended(next.store.signedIn())).ok, 'it was merged')
      await bench.settle(next)
      const { cart } = await bench.truth(next)
      expectSame([cart.currency, linesOf(cart)], [otherCurrency, 'a×1 b×1'], 'what the server has')
    },
  },
  {
    name: 'tabs that sign in at once, one without an answer, have one cart with all lines',
    async run(bench) {
      const one = await tabWithCart(bench)
      const two = bench.open()
      await bench.settle(one, two)
      const [, , variantId] = bench.shop.variantIds
      bench.network.plan('me.takeCart', { type: 'answer_lost' })
      bench.shopper.who = 'first'
      void one.store.signedIn()
      void two.store.addLine({ lineId: 'c', variantId })
      void two.store.signedIn()
      await bench.settle(one, two)
      const { cart } = await bench.truth(one)
      expectSame(linesOf(cart), 'a×1 b×1 c×1', 'what the server has')
      for (const tab of [one, two]) {
        expectSame([tab.store.getState().cart?.id, linesOf(tab.store.getState())], [cart.id, linesOf(cart)], 'a tab')
      }
    },
  },
  {
    name: 'at sign-out cart and waiting commands are forgotten in all tabs, and told',
    async run(bench) {
      bench.shopper.who = 'first'
      const one = await tabWithCart(bench)
      const two = bench.open()
      await bench.settle(one, two)
      bench.network.plan('carts.updateLine', { type: 'slow', after: 5000 })
      const result = one.store.setQuantity('a', 5)
      await bench.run(200)
      bench.shopper.who = null
      one.store.signedOut()
      expectSame([one.store.getState().status, linesOf(one.store.getState())], ['none', ''], 'the tab')
      const ended = await bench.ended(result)
      expectThat(!ended.ok && ended.error.code === 'unauthenticated', 'the command that waited ended')
      expectSame(one.store.getState().errors, [], 'errors, which the next shopper would see')
      await bench.run(10_000)
      for (const tab of [one, two, one.reload()]) {
        expectSame([tab.store.getState().status, linesOf(tab.store.getState())], ['none', ''], 'a tab later')
      }
    },
  },
  {
    name: 'after the order every tab knows, and the next line makes a new cart',
    async run(bench) {
      const one = await tabWithCart(bench)
      const events: string[] = []
      const two = bench.open({ onTabEvent: (event) => events.push(event) })
      await bench.settle(one, two)
      const orderId = await bench.shop.order(
        bench.shop.direct(null, one.store.options().cartToken),
        await bench.truth(one),
      )
      one.store.placed(orderId)
      expectSame([one.store.getState().status, one.store.getState().count], ['ordered', 0], 'the tab that ordered')
      await bench.settle(one, two)
      expectSame(events, ['placed'], 'what the other tab was told')
      const { status, cart } = two.store.getState()
      expectSame([status, cart?.orderId], ['ordered', orderId], 'the other tab')
      const [variantId] = bench.shop.variantIds
      const refused = await bench.ended(two.store.setQuantity('a', 2))
      expectThat(!refused.ok && refused.error.code === 'cart_not_open', 'an ordered line stays')
      const added = two.store.addLine({ lineId: 'c', variantId })
      const next = two.store.getState()
      expectSame([next.status, next.count, linesOf(next)], ['none', 1, 'c×1'], 'what is shown at once')
      expectThat((await bench.ended(added)).ok, 'a line was added')
      await bench.settle(one, two)
      for (const tab of [one, two]) {
        expectSame([tab.store.getState().status, linesOf(tab.store.getState())], ['open', 'c×1'], 'a tab')
      }
    },
  },
  {
    name: 'what waits when the cart is ordered elsewhere goes to the next cart, or is refused and told',
    async run(bench) {
      const tab = await tabWithCart(bench)
      bench.network.isDown = true
      const [variantId] = bench.shop.variantIds
      const changed = tab.store.setQuantity('a', 2)
      const added = tab.store.addLine({ lineId: 'c', variantId })
      await bench.run(1000)
      const token = tab.store.options().cartToken
      await bench.shop.order(bench.shop.direct(null, token), await bench.truth(tab))
      bench.network.isDown = false
      const result = await bench.ended(changed)
      expectThat(!result.ok && result.error.code === 'cart_not_open', 'the change of what was ordered is refused')
      expectThat((await bench.ended(added)).ok, 'the line was added')
      await bench.settle(tab)
      expectSame(linesOf((await bench.truth(tab)).cart), 'c×1', 'the next cart')
      expectSame(
        tab.store.getState().errors.map(({ lineId }) => lineId),
        ['a'],
        'what is told',
      )
    },
  },
  {
    name: 'what was added while the order was being paid goes on in the next cart, in every tab',
    async run(bench) {
      const one = await tabWithCart(bench)
      const two = bench.open()
      await bench.settle(one, two)
      const [variantId] = bench.shop.variantIds
      const before = await bench.truth(one)
      const client = bench.shop.direct(null, one.store.options().cartToken)
      const orderId = await bench.shop.order(client, before, async () => {
        void two.store.addLine({ lineId: 'c', variantId })
        await bench.settle(one, two)
      })
      one.store.placed(orderId)
      await bench.settle(one, two)
      for (const tab of [one, two]) {
        const state = tab.store.getState()
        expectSame([state.status, linesOf(state), state.quoteState], ['open', 'c×1', 'final'], 'a tab')
        expectThat(state.cart?.id !== before.cart.id, 'it is another cart')
      }
      expectThat((await bench.ended(one.store.setQuantity('c', 2))).ok, 'it takes commands')
      await bench.settle(one, two)
      expectSame(linesOf(two.store.getState()), 'c×2', 'the other tab')
    },
  },
  {
    name: 'what an ordered cart refused goes to the cart that another tab has made by then',
    async run(bench) {
      const one = await tabWithCart(bench)
      const two = bench.open()
      await bench.settle(one, two)
      const [variantId] = bench.shop.variantIds
      const token = one.store.options().cartToken
      const orderId = await bench.shop.order(bench.shop.direct(null, token), await bench.truth(one))
      bench.network.plan('carts.get', { type: 'slow', after: 3000 })
      const added = two.store.addLine({ lineId: 'c', variantId })
      await bench.run(150) // it is refused, and the cart is being asked
      one.store.placed(orderId)
      void one.store.addLine({ lineId: 'd', variantId })
      expectThat((await bench.ended(added)).ok, 'the line was added')
      await bench.settle(one, two)
      for (const tab of [one, two]) expectSame(linesOf(tab.store.getState()), 'c×1 d×1', 'a tab')
      expectSame(two.store.getState().errors, [], 'what is told')
    },
  },
  {
    name: 'a cart that is gone is told, and what waits makes a new one',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const before = tab.store.getState().cart?.id
      const gone = { type: 'answered', code: 'not_found' } as const
      bench.network.plan('carts.addLine', gone)
      bench.network.plan('carts.get', gone)
      const [variantId] = bench.shop.variantIds
      const result = await bench.ended(tab.store.addLine({ lineId: 'c', variantId }))
      expectThat(result.ok, 'the line was added')
      await bench.settle(tab)
      const { cart, errors } = tab.store.getState()
      expectThat(cart?.id !== before, 'it is another cart')
      expectSame(linesOf((await bench.truth(tab)).cart), 'c×1', 'its lines')
      expectSame(
        errors.map(({ command, error }) => [command, error.code]),
        [['get', 'not_found']],
        'what is told',
      )
    },
  },
  {
    name: 'a server can make a store: nothing of the page is touched, and what it fetched is the first state',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const initial = await bench.truth(tab)
      const page = new Proxy(bench.browser.tab().page, {
        get: (_, member) => {
          throw new Error(`The page’s ${String(member)} was touched.`)
        },
      })
      const requests = bench.network.requests.length
      const rendered = bench.createStore({ page, initial })
      const state = rendered.getState()
      expectSame([state.status, state.quoteState, linesOf(state)], ['open', 'final', 'a×1 b×1'], 'the first state')
      const next = bench.open({ initial })
      expectThat(next.store.getInitialState().lines.length === 2, 'the first state of the page')
      await bench.settle(next)
      expectSame(bench.network.requests.length, requests, 'requests')
      expectThat((await bench.ended(next.store.setQuantity('a', 2))).ok, 'the guest’s token is known')
    },
  },
]
