import { expectSame, expectThat } from '../../expectations.ts'
import { type CartStoreCase, keysOf, linesOf, tabWithCart } from './cart-store-case.ts'

/** A network that fails: nothing is lost, nothing done twice. */
export const networkCases: readonly CartStoreCase[] = [
  ...(['dropped', 'answer_lost'] as const).map(
    (type): CartStoreCase => ({
      name: `${type === 'dropped' ? 'a request that does not arrive' : 'a request whose answer is lost'} is kept with its key, sent again, and done once`,
      async run(bench) {
        const tab = await tabWithCart(bench)
        const { version } = (await bench.truth(tab)).cart
        bench.network.plan('carts.updateLine', { type }, { type })
        const result = tab.store.setQuantity('a', 3)
        await bench.run(300)
        const { online, pending, errors } = tab.store.getState()
        expectSame([online, pending, errors], [false, 1, []], 'the state while nobody answers')
        expectSame(linesOf(tab.store.getState()), 'a×3 b×1', 'what is shown meanwhile')
        expectThat((await bench.ended(result)).ok, 'it was accepted')
        await bench.settle(tab)
        const keys = keysOf(bench, 'carts.updateLine')
        expectSame([keys.length, new Set(keys).size], [3, 1], 'requests and keys')
        expectSame(tab.store.getState().online, true, 'online after an answer')
        const { cart } = await bench.truth(tab)
        expectSame([linesOf(cart), cart.version], ['a×3 b×1', version + 1], 'what the server has, and its version')
      },
    }),
  ),
  ...(['unavailable', 'internal'] as const).map(
    (code): CartStoreCase => ({
      name: `the answer ${code} is no answer`,
      async run(bench) {
        const tab = await tabWithCart(bench)
        bench.network.plan('carts.applyCode', { type: 'answered', code })
        const result = tab.store.applyCode(bench.shop.code.typed)
        await bench.run(300)
        expectSame(tab.store.getState().online, false, 'online meanwhile')
        expectThat((await bench.ended(result)).ok, 'it was accepted')
        expectSame(new Set(keysOf(bench, 'carts.applyCode')).size, 1, 'keys')
        expectSame((await bench.truth(tab)).cart.codes, [bench.shop.code.id], 'the codes that the server has')
      },
    }),
  ),
  {
    name: 'after 429 it waits as long as the server says, also when the network comes back',
    async run(bench) {
      const tab = await tabWithCart(bench)
      bench.network.plan('carts.updateLine', { type: 'answered', code: 'rate_limited', retryAfter: 40 })
      const result = tab.store.setQuantity('a', 2)
      await bench.run(1000)
      tab.tab.comeBack()
      expectThat((await bench.ended(result)).ok, 'it was accepted')
      const [first = 0, second = 0] = bench.network.requests
        .filter(({ operation }) => operation === 'carts.updateLine')
        .map(({ at }) => at)
      expectThat(second - first >= 40_000, `40 seconds passed, not ${second - first} ms`)
    },
  },
  {
    name: 'too many codes are refused, and all else goes on',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const tooMany = { type: 'answered', code: 'rate_limited', reason: 'codes', retryAfter: 600 } as const
      bench.network.plan('carts.applyCode', tooMany)
      const code = tab.store.applyCode(bench.shop.code.typed)
      const quantity = tab.store.setQuantity('a', 2)
      await bench.run(2000)
      const { pending, codes, errors, quoteState } = tab.store.getState()
      expectSame([pending, codes, quoteState], [0, [], 'final'], 'what waits, codes and the quote')
      expectSame(
        errors.map(({ command, error }) => [command, error.code]),
        [['applyCode', 'rate_limited']],
        'what is told',
      )
      const result = await bench.ended(code)
      expectThat(!result.ok && result.error.retryAfter === 600, 'the result says when to try again')
      expectThat((await bench.ended(quantity)).ok, 'the other was accepted')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×2 b×1', 'what the server has')
    },
  },
  {
    name: 'a command at which the server fails three times is told and dropped, and the rest goes on',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const fails = { type: 'answered', code: 'internal' } as const
      bench.network.plan('carts.applyCode', fails, fails, fails, fails)
      const code = tab.store.applyCode(bench.shop.code.typed)
      const quantity = tab.store.setQuantity('a', 2)
      const result = await bench.ended(code)
      expectThat(!result.ok && result.error.code === 'internal', 'the result says that it is a defect')
      expectThat((await bench.ended(quantity)).ok, 'the other was accepted')
      expectSame(new Set(keysOf(bench, 'carts.applyCode')).size, 1, 'keys')
      expectSame(keysOf(bench, 'carts.applyCode').length, 3, 'tries')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×2 b×1', 'what the server has')
    },
  },
  {
    name: 'a server that fails at everything is asked again: nothing is dropped',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const fails = Array.from({ length: 5 }, () => ({ type: 'answered', code: 'internal' }) as const)
      bench.network.plan('carts.updateLine', ...fails)
      bench.network.plan('carts.get', ...fails.slice(2))
      expectThat((await bench.ended(tab.store.setQuantity('a', 2))).ok, 'it was accepted')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×2 b×1', 'what the server has')
    },
  },
  {
    name: 'a cart that fails to be made is tried again: what it is for is not dropped',
    async run(bench) {
      const fails = Array.from({ length: 5 }, () => ({ type: 'answered', code: 'internal' }) as const)
      bench.network.plan('carts.create', ...fails)
      const tab = bench.open()
      const [variantId] = bench.shop.variantIds
      expectThat((await bench.ended(tab.store.addLine({ lineId: 'a', variantId }))).ok, 'it was accepted')
    },
  },
  {
    name: 'a server that is away for an hour by its own word is asked again after half a minute, and on return',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const away = { type: 'answered', code: 'unavailable', retryAfter: 3600 } as const
      bench.network.plan('carts.updateLine', away, away)
      const result = tab.store.setQuantity('a', 2)
      await bench.run(20_000)
      expectSame(bench.count('carts.updateLine'), 1, 'requests before half a minute')
      await bench.run(15_000)
      expectSame(bench.count('carts.updateLine'), 2, 'requests after it')
      tab.tab.comeBack()
      await bench.run(1000)
      expectSame(bench.count('carts.updateLine'), 3, 'requests on return')
      expectThat((await result).ok, 'it was accepted')
    },
  },
  {
    name: 'who signs out while the server wants to be left alone makes nobody else wait',
    async run(bench) {
      const tab = await tabWithCart(bench)
      bench.network.plan('carts.updateLine', { type: 'answered', code: 'rate_limited', retryAfter: 600 })
      void tab.store.setQuantity('a', 2)
      await bench.run(1000)
      tab.store.signedOut()
      const [variantId] = bench.shop.variantIds
      const added = tab.store.addLine({ lineId: 'c', variantId })
      await bench.run(2000)
      expectSame([tab.store.getState().pending, linesOf(tab.store.getState())], [0, 'c×1'], 'what waits, and is shown')
      expectThat((await added).ok, 'it was accepted')
    },
  },
  {
    name: 'waits grow to half a minute and no further',
    async run(bench) {
      const tab = await tabWithCart(bench)
      bench.network.plan('carts.updateLine', ...Array.from({ length: 10 }, () => ({ type: 'dropped' }) as const))
      expectThat((await bench.ended(tab.store.setQuantity('a', 2))).ok, 'it was accepted')
      const at = bench.network.requests.filter(({ operation }) => operation === 'carts.updateLine').map((one) => one.at)
      const waits = at.slice(1).map((time, n) => time - (at[n] ?? 0))
      expectThat((waits[0] ?? 0) <= 1000, `the first wait is short: ${waits[0]} ms`)
      expectThat((waits[9] ?? 0) >= 10_000, `the last wait is long: ${waits[9]} ms`)
      expectThat(
        waits.every((wait) => wait <= 31_000),
        `no wait is longer than half a minute: ${waits}`,
      )
    },
  },
  {
    name: 'when the network comes back, what waits is sent at once',
    async run(bench) {
      const tab = await tabWithCart(bench)
      bench.network.isDown = true
      const results = [tab.store.setQuantity('a', 2), tab.store.setQuantity('b', 2)]
      await bench.run(60_000)
      expectSame([tab.store.getState().pending, tab.store.getState().online], [2, false], 'what waits')
      bench.network.isDown = false
      tab.tab.comeBack()
      await bench.run(700)
      expectSame([tab.store.getState().pending, tab.store.getState().online], [0, true], 'what waits then')
      for (const result of results) expectThat((await result).ok, 'each was accepted')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×2 b×2', 'what the server has')
    },
  },
  {
    name: 'a request that arrives late, after it was sent again, changes nothing',
    async run(bench) {
      const tab = await tabWithCart(bench)
      bench.network.plan('carts.updateLine', { type: 'late', milliseconds: 8000 })
      void tab.store.setQuantity('a', 2)
      await bench.settle(tab)
      void tab.store.setQuantity('a', 5)
      await bench.settle(tab)
      await bench.run(20_000)
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×5 b×1', 'what the server has')
      expectSame(linesOf(tab.store.getState()), 'a×5 b×1', 'what is shown')
    },
  },
  {
    name: 'an older answer does not replace a newer one',
    async run(bench) {
      const tab = await tabWithCart(bench)
      await bench.ended(tab.store.refresh())
      await bench.ended(tab.store.setQuantity('a', 6))
      const version = tab.store.getState().cart?.version
      bench.network.plan('carts.get', { type: 'old_answer' })
      await bench.ended(tab.store.refresh())
      expectSame(linesOf(tab.store.getState()), 'a×6 b×1', 'what is shown')
      expectSame(tab.store.getState().cart?.version, version, 'the version')
    },
  },
  {
    name: 'a fetch without an answer is refused now and tried again later',
    async run(bench) {
      const tab = await tabWithCart(bench)
      bench.network.isDown = true
      const result = await bench.ended(tab.store.refresh())
      expectThat(!result.ok && result.error.code === 'unavailable', 'it is refused')
      expectSame(tab.store.getState().online, false, 'online meanwhile')
      bench.network.isDown = false
      await bench.run(60_000)
      expectSame(tab.store.getState().online, true, 'online later')
    },
  },
  {
    name: 'a first fetch that is to be repeated is repeated',
    async run(bench) {
      const one = await tabWithCart(bench)
      bench.network.plan('carts.get', { type: 'answered', code: 'version_conflict' })
      const two = bench.open()
      await bench.settle(one, two)
      expectSame(linesOf(two.store.getState()), 'a×1 b×1', 'what the new tab shows')
    },
  },
  {
    name: 'a first fetch that is refused is told, but not that a cart which was never shown is gone',
    async run(bench) {
      await tabWithCart(bench)
      const open = async (code: 'unauthenticated' | 'not_found') => {
        bench.network.plan('carts.get', { type: 'answered', code })
        const { store } = bench.open()
        await bench.run(1000)
        const { status, errors } = store.getState()
        return [status, errors.map(({ command, error }) => [command, error.code])]
      }
      expectSame(
        await open('unauthenticated'),
        ['loading', [['get', 'unauthenticated']]],
        'a cart that may not be seen',
      )
      expectSame(await open('not_found'), ['none', []], 'a cart that is gone')
    },
  },
  {
    name: 'what waits when the page is left is resumed with its keys, and done once',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const { version } = (await bench.truth(tab)).cart
      bench.network.plan('carts.updateLine', { type: 'slow', after: 5000 })
      void tab.store.setQuantity('a', 2)
      await bench.run(100) // the server has acted, its answer is under way
      void tab.store.setQuantity('a', 3)
      void tab.store.applyCode(bench.shop.code.typed)
      const next = tab.reload()
      expectSame(next.store.getState().pending, 3, 'what waits on the new page')
      await bench.settle(next)
      const { cart } = await bench.truth(next)
      expectSame([linesOf(cart), cart.codes], ['a×3 b×1', [bench.shop.code.id]], 'what the server has')
      expectSame(cart.version, version + 3, 'the version: each was done once')
      const [first, again] = keysOf(bench, 'carts.updateLine')
      expectSame(again, first, 'the key of what was under way')
    },
  },
  {
    name: 'nothing that names a person is stored or told',
    async run(bench) {
      const tab = await tabWithCart(bench)
      const [variantId] = bench.shop.variantIds
      void tab.store.setRecipient('a', { type: 'email', email: 'ada@example.org' })
      void tab.store.addLine({
        lineId: 'c',
        variantId,
        recipient: { type: 'learner', platform: 'lms', learnerId: 'ada' },
      })
      await bench.settle(tab)
      expectThat(bench.browser.written.length > 0, 'something was stored')
      for (const text of bench.browser.written) expectThat(!text.includes('ada'), `stored: ${text}`)
      for (const message of bench.browser.messages) {
        const members = Object.keys(message).filter((member) => !['type', 'cart', 'version'].includes(member))
        expectSame(members, [], 'further members of what tabs are told')
      }
    },
  },
  {
    name: 'a storage that became full holds no cart of before: the next one is made once',
    async run(bench) {
      let isFull = false
      const { page } = bench.browser.tab()
      const shared = {
        ...page.shared,
        setItem(key: string, value: string) {
          if (isFull) throw new Error('The storage is full.')
          page.shared.setItem(key, value)
        },
      }
      const tab = await tabWithCart(bench, { page: { ...page, shared } })
      const { cartToken } = tab.store.options()
      isFull = true
      tab.store.placed(await bench.shop.order(bench.shop.direct(null, cartToken), await bench.truth(tab)))
      const [variantId] = bench.shop.variantIds
      expectThat((await bench.ended(tab.store.addLine({ lineId: 'c', variantId }))).ok, 'the line was added')
      await bench.settle(tab)
      expectSame([linesOf(tab.store.getState()), bench.count('carts.create')], ['c×1', 2], 'what is shown, carts made')
    },
  },
  {
    name: 'a storage that is full or forbidden is as none',
    async run(bench) {
      const refuse = () => {
        throw new Error('The storage is forbidden.')
      }
      const none = { getItem: refuse, setItem: refuse, removeItem: refuse }
      const { page } = bench.browser.tab()
      const tab = bench.open({ page: { ...page, shared: none, own: none } })
      const [variantId] = bench.shop.variantIds
      expectThat((await bench.ended(tab.store.addLine({ lineId: 'a', variantId }))).ok, 'it was accepted')
      expectThat((await bench.ended(tab.store.setQuantity('a', 2))).ok, 'it was accepted')
      expectSame(linesOf((await bench.truth(tab)).cart), 'a×2', 'what the server has')
    },
  },
]
