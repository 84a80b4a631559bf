import type { CommandResult } from '../../../client/cart-store/cart-store.ts'
import { expectSame, expectThat } from '../../expectations.ts'
import { type CartStoreCase, keysOf, linesOf, tabWithCart } from './cart-store-case.ts'

/** The queue: shown at once, sent one at a time, joined while it waits. */
export const queueCases: readonly CartStoreCase[] = [
  {
    name: 'a quantity that is none is refused before it is shown, and the next good one takes the alert away',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const requests = bench.network.requests.length
      for (const quantity of [0, -1, 1.5, Number.NaN, 1001, '2' as unknown as number]) {
        const result = await bench.ended(tab.store.setQuantity('a', quantity))
        expectThat(!result.ok && result.error.code === 'invalid_input', `${quantity} is refused`)
        expectThat(!result.ok && result.error.message.includes('1,000'), 'it says what is right')
        expectSame(linesOf(tab.store.getState()), 'a×1 b×1', 'what is shown')
      }
      expectSame(bench.network.requests.length, requests, 'requests')
      expectSame(tab.store.getState().errors.length, 1, 'alerts')
      await bench.ended(tab.store.setQuantity('b', 2))
      expectSame(tab.store.getState().errors.length, 1, 'alerts after another line was set')
      await bench.ended(tab.store.setQuantity('a', bench.shop.tooMany))
      await bench.ended(tab.store.setQuantity('a', 2))
      expectSame(tab.store.getState().errors, [], 'alerts after a good one')
    },
  },
  {
    name: 'each look at a cart that may not be seen adds no alert',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const refused = { type: 'answered', code: 'unauthenticated' } as const
      bench.network.plan('carts.get', refused, refused, refused)
      for (let times = 0; times < 3; times += 1) await bench.ended(tab.store.refresh())
      expectSame(tab.store.getState().errors.length, 1, 'alerts')
    },
  },
  {
    name: 'two quick lines are shown at once and make one cart',
    async run(bench) {
      const tab = bench.open()
      await bench.settle(tab)
      expectSame(tab.store.getState().status, 'none', 'the state before')
      const [first, second] = bench.shop.variantIds
      const added = tab.store.addLine({ lineId: 'a', variantId: first, quantity: 2 })
      void tab.store.addLine({ lineId: 'b', variantId: second })
      expectSame(linesOf(tab.store.getState()), 'a×2 b×1', 'what is shown at once')
      expectSame(tab.store.getState().pending, 2, 'what waits')
      await bench.settle(tab)
      expectThat((await added).ok, 'the line was added')
      expectSame(bench.count('carts.create'), 1, 'carts made')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×2 b×1', 'what the server has')
      expectSame(tab.store.getState().quoteState, 'final', 'the quote')
    },
  },
  {
    name: 'three clicks and a code while a write is in flight: nothing is dropped',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const { store } = tab
      const results: Promise<CommandResult>[] = [store.setQuantity('a', 2)]
      await bench.run(20) // the write is in flight
      results.push(store.setQuantity('a', 3), store.setQuantity('a', 4))
      results.push(store.applyCode(bench.shop.code.typed))
      expectSame(linesOf(store.getState()), 'a×4 b×1', 'what is shown at once')
      expectSame(
        store.getState().codes,
        [{ id: null, code: bench.shop.code.typed, applied: false, refusal: null, pending: true }],
        'the code that is shown at once',
      )
      expectSame(store.getState().quoteState, 'stale', 'the quote while they wait')
      await bench.settle(tab)
      for (const result of results) expectThat((await result).ok, 'each was accepted')
      const { cart } = await bench.truth(tab)
      expectSame(linesOf(cart), 'a×4 b×1', 'what the server has')
      expectSame(cart.codes, [bench.shop.code.id], 'the codes that the server has')
      expectSame(
        store.getState().codes.map(({ id, pending }) => [id, pending]),
        [[bench.shop.code.id, false]],
        'the code',
      )
      expectSame([bench.count('carts.updateLine'), bench.count('carts.applyCode')], [2, 1], 'requests')
    },
  },
  {
    name: 'a code that is typed, taken off and typed again, all before the first is sent, is there',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const { store } = tab
      void store.setQuantity('a', 2)
      await bench.run(20) // the write is in flight
      void store.applyCode(bench.shop.code.typed)
      void store.removeCode(bench.shop.code.id)
      void store.applyCode(bench.shop.code.typed)
      await bench.settle(tab)
      expectSame((await bench.truth(tab)).cart.codes, [bench.shop.code.id], 'the codes that the server has')
    },
  },
  {
    name: 'commands of a tab go one at a time, each with a key of its own',
    async run(bench) {
      const tab = await tabWithCart(bench)
      for (let n = 2; n < 6; n += 1) {
        void tab.store.setQuantity('a', n)
        await bench.run(60)
        void tab.store.setQuantity('b', n)
        await bench.run(60)
      }
      void tab.store.applyCode(bench.shop.code.typed)
      void tab.store.removeCode(bench.shop.code.id)
      void tab.store.removeLine('b')
      await bench.settle(tab)
      expectSame(bench.network.mostAtOnce(), 1, 'the most requests at once')
      const keys = bench.network.requests.filter(({ operation }) => !/create|get/.test(operation)).map(({ key }) => key)
      expectThat(
        keys.every((key) => key !== undefined),
        'each command has a key',
      )
      expectSame(new Set(keys).size, keys.length, 'different keys')
      const { cart } = await bench.truth(tab)
      expectSame([linesOf(cart), cart.codes], ['a×5', []], 'what the server has')
    },
  },
  {
    name: 'waiting quantities and recipients of one line are one request',
    async run(bench) {
      const tab = await tabWithCart(bench)
      void tab.store.setQuantity('b', 2)
      await bench.run(20)
      const before = bench.network.requests.length
      void tab.store.setQuantity('a', 2)
      void tab.store.setRecipient('a', { type: 'email', email: 'ada@example.org' })
      void tab.store.setQuantity('a', 3)
      await bench.settle(tab)
      expectSame(bench.network.requests.length - before, 1, 'requests')
      const line = (await bench.truth(tab)).cart.lines.find(({ id }) => id === 'a')
      expectSame([line?.quantity, line?.recipient.type], [3, 'claim'], 'the line')
    },
  },
  {
    name: 'a line that is changed before it is sent is added changed; added and removed, it costs nothing',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const [variantId] = bench.shop.variantIds
      void tab.store.setQuantity('a', 2)
      await bench.run(20)
      const before = bench.network.requests.length
      const results = [
        tab.store.addLine({ lineId: 'c', variantId }),
        tab.store.setQuantity('c', 7),
        tab.store.addLine({ lineId: 'd', variantId }),
        tab.store.setQuantity('d', 9),
        tab.store.removeLine('d'),
      ]
      expectSame(linesOf(tab.store.getState()), 'a×2 b×1 c×7', 'what is shown at once')
      await bench.settle(tab)
      for (const result of results) expectThat((await bench.ended(result)).ok, 'each was done')
      expectSame(bench.network.requests.length - before, 1, 'requests')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×2 b×1 c×7', 'what the server has')
    },
  },
  {
    name: 'a removal takes the place of what waits for its line',
    async run(bench) {
      const tab = await tabWithCart(bench)
      void tab.store.setQuantity('b', 2)
      await bench.run(20)
      const changed = tab.store.setQuantity('a', 5)
      void tab.store.removeLine('a')
      await bench.settle(tab)
      expectThat((await bench.ended(changed)).ok, 'the change ended with the removal')
      expectSame([bench.count('carts.updateLine'), bench.count('carts.removeLine')], [1, 1], 'requests')
      expectSame(linesOf((await bench.truth(tab)).cart), 'b×2', 'what the server has')
    },
  },
  {
    name: 'what is refused is dropped with its reason, and the rest is applied again',
    async run(bench) {
      const tab = await tabWithCart(bench)
      void tab.store.setQuantity('b', 2)
      await bench.run(20)
      const refused = tab.store.setQuantity('a', bench.shop.tooMany)
      const accepted = tab.store.setQuantity('b', 3)
      expectSame(linesOf(tab.store.getState()), `a×${bench.shop.tooMany} b×3`, 'what is shown at once')
      const result = await bench.ended(refused)
      expectThat(!result.ok && result.error.code === 'quantity_not_allowed', 'the result says why')
      expectSame(linesOf(tab.store.getState()), 'a×1 b×3', 'what is shown after the refusal')
      await bench.settle(tab)
      expectThat((await accepted).ok, 'the other was accepted')
      const { errors } = tab.store.getState()
      expectSame(
        errors.map(({ command, lineId, error }) => [command, lineId, error.code]),
        [['updateLine', 'a', 'quantity_not_allowed']],
        'the errors, after a success too',
      )
      tab.store.dismissError(errors[0]?.id)
      expectSame(tab.store.getState().errors, [], 'the errors once dismissed')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×1 b×3', 'what the server has')
    },
  },
  {
    name: 'a line that is not there is refused, and the cart stays',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const { cart } = tab.store.getState()
      const result = await bench.ended(tab.store.setQuantity('nowhere', 2))
      expectThat(!result.ok && result.error.code === 'not_found', 'it is refused')
      await bench.settle(tab)
      expectSame(tab.store.getState().cart?.id, cart?.id, 'the cart')
      expectSame(linesOf(tab.store.getState()), 'a×1 b×1', 'its lines')
    },
  },
  {
    name: 'a version conflict: the cart is fetched and the command sent again with its key',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const fetched = bench.count('carts.get')
      bench.network.plan('carts.updateLine', { type: 'answered', code: 'version_conflict' })
      const result = await bench.ended(tab.store.setQuantity('a', 4))
      expectThat(result.ok, 'it was accepted')
      expectSame(bench.count('carts.get'), fetched + 1, 'fetches')
      const [first, second] = keysOf(bench, 'carts.updateLine')
      expectSame(second, first, 'the key of the second try')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×4 b×1', 'what the server has')
    },
  },
  {
    name: 'the state is the same object until something changes, and so are lines that do not',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const before = tab.store.getState()
      let calls = 0
      const stop = tab.store.subscribe(() => {
        calls += 1
      })
      await bench.ended(tab.store.refresh())
      await bench.run(1000)
      expectThat(tab.store.getState() === before || calls > 0, 'no other object without a call')
      expectThat(tab.store.getState().lines === before.lines, 'the same lines after a fetch that brought nothing new')
      void tab.store.setQuantity('a', 2)
      expectThat(calls > 0, 'a change is told')
      const after = tab.store.getState()
      expectThat(after !== before, 'a change makes another object')
      expectThat(tab.store.getState() === after, 'it is the same when read twice')
      await bench.settle(tab)
      const line = (state: typeof before, id: string) => state.lines.find((one) => one.id === id)
      expectThat(line(tab.store.getState(), 'b') === line(before, 'b'), 'the line that did not change')
      expectThat(line(tab.store.getState(), 'a') !== line(before, 'a'), 'the line that did')
      stop()
      const told = calls
      await bench.ended(tab.store.setQuantity('a', 3))
      expectSame(calls, told, 'calls after the end of the subscription')
    },
  },
]
