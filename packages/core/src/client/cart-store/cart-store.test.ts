import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CommerceClient } from '../../contract/index.ts'
import { BursarError } from '../../errors/index.ts'
import { memoryShop, testRuntime, virtualBrowser } from '../../testing/index.ts'
import type { CartStoreOptions } from './cart-store.ts'
import { createCartStore } from './create-cart-store.ts'

const shop = await memoryShop()
const client = shop.commerce.as({ type: 'shopper', site: 'main' })
const { course: variantId } = shop.variants

/** A client of which some commands on carts are replaced. */
const withCarts = (carts: Partial<CommerceClient['carts']>): CommerceClient => ({
  ...client,
  carts: { ...client.carts, ...carts },
})

/** A store in a tab whose first waits are over at once, and counted. */
function openStore(options: Partial<CartStoreOptions> = {}) {
  const { page } = virtualBrowser(testRuntime()).tab()
  const waits: number[] = []
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => waits.push(milliseconds) < 4 && resolve())
  return { store: createCartStore({ client, page: { ...page, sleep }, ...options }), waits, page }
}

test('a wait that no timer could count is one of a day', async () => {
  const waits: number[] = []
  const nothing = { getItem: () => null, setItem() {}, removeItem() {} }
  const store = createCartStore({
    client: withCarts({ get: () => Promise.reject(new BursarError('rate_limited', { retryAfter: 4_000_000 })) }),
    cartId: 'crt_1',
    page: {
      shared: nothing,
      own: nothing,
      randomBytes: (count) => new Uint8Array(count),
      sleep: (milliseconds) => new Promise(() => waits.push(milliseconds)),
      isHidden: () => false,
      onReturn: () => () => {},
      openChannel: () => null,
    },
  })
  await store.refresh()
  expect(waits).toEqual([86_400_000])
})

test('an answer that is no cart is none: the command waits, and is done when the server itself answers', async () => {
  let answers = 0
  const create: CommerceClient['carts']['create'] = (input, options) => {
    answers += 1
    // A network that wants a sign-in first, and a proxy.
    const greeting = [{ message: 'Welcome to the campus Wi-Fi' }, null][answers - 1] as never
    return answers < 3 ? Promise.resolve(greeting) : client.carts.create(input, options)
  }
  const { store, waits } = openStore({ client: withCarts({ create }) })
  expect(await store.addLine({ variantId, lineId: 'a' })).toMatchObject({ ok: true })
  expect([answers, waits.length]).toEqual([3, 2])
  expect(await store.setQuantity('a', 2)).toMatchObject({ ok: true })
})

test('a given cart of which the answer is none is unavailable', async () => {
  const get = async () => ({}) as never // what a proxy may say
  const { store } = openStore({ client: withCarts({ get }), cartId: 'crt_1' })
  expect(await store.refresh()).toMatchObject({ ok: false, error: { code: 'unavailable', reason: 'not_an_answer' } })
  expect(store.getState()).toMatchObject({ status: 'unavailable', online: false })
})

test('a new cart that is not found is made once more after a wait, then the command is refused with the reason', async () => {
  const create = vi.fn(client.carts.create)
  const gone = () => Promise.reject(new BursarError('not_found'))
  const { store, waits } = openStore({ client: withCarts({ create, addLine: gone, get: gone }) })
  const result = await store.addLine({ variantId, lineId: 'a' })
  expect(result).toMatchObject({ ok: false, error: { code: 'unavailable', reason: 'new_cart_not_found' } })
  expect([create.mock.calls.length, waits.length]).toEqual([2, 1])
  await expect(store.addLine({ variantId, lineId: 'b' })).resolves.toMatchObject({ ok: false })
})

test('parts are chosen with a line and later, and shown at once', async () => {
  const { course, book } = shop.variants
  const choice = [course, book].map((id, n) => ({ id: `part-${n}`, variantId: id }))
  const group = { id: 'one', choose: 1, parts: choice }
  const prices = [{ priceList: 'list', amount: 3000 }]
  const bundle = { parts: [], groups: [group], pricing: { type: 'own_price' }, ownedParts: 'sell_all' } as const
  const { variants } = await shop.system.admin.products.create({
    ...{ type: 'program', title: 'One of two', publication: {} },
    variants: [{ name: 'standard', prices, bundle }],
  })
  const { store } = openStore()
  const added = store.addLine({ variantId: variants[0]?.id ?? '', lineId: 'a', parts: ['part-0'] })
  expect(store.getState().lines).toMatchObject([{ parts: ['part-0'] }])
  expect(await added).toMatchObject({ ok: true })
  const changed = store.setParts('a', ['part-1'])
  expect(store.getState().lines).toMatchObject([{ parts: ['part-1'], pending: true }])
  expect(await changed).toMatchObject({ ok: true })
  expect(store.getState().cart?.lines).toMatchObject([{ parts: ['part-1'] }])
})

test('a region is set with its country, and another country forgets it, also where neither was sent yet', async () => {
  const { store } = openStore()
  const placeOf = () => {
    const { country, region, cart } = store.getState()
    return [country, region, cart?.country, cart?.region]
  }
  expect(await store.update({ country: 'CA', region: 'QC' })).toMatchObject({ ok: true })
  expect(placeOf()).toEqual(['CA', 'QC', 'CA', 'QC'])
  const first = store.update({ region: 'ON' })
  const second = store.update({ country: 'US' })
  expect(placeOf().slice(0, 2)).toEqual(['US', null])
  expect(await first).toMatchObject({ ok: true })
  expect(await second).toMatchObject({ ok: true })
  expect(placeOf()).toEqual(['US', null, 'US', undefined])
})

test.each(['"text"', '5', '{}', 'true'])('a kept queue that is no list, %s, is none', async (kept) => {
  const { page } = virtualBrowser(testRuntime()).tab()
  page.own.setItem('bursar.cart.default', kept)
  const { store } = openStore({ page })
  expect(await store.addLine({ variantId, lineId: 'a' })).toMatchObject({ ok: true })
})

test('a kept id that can be no cart’s is forgotten without a word, and the next line makes a cart', async () => {
  const { page } = virtualBrowser(testRuntime()).tab()
  page.shared.setItem('bursar.cart.default', '{"id":5}')
  const { store } = openStore({ page })
  await store.refresh()
  await vi.waitFor(() => expect(store.getState()).toMatchObject({ status: 'none', errors: [] }))
  expect(page.shared.getItem('bursar.cart.default')).toBeNull()
  expect(await store.addLine({ variantId, lineId: 'a' })).toMatchObject({ ok: true })
})

test('a server that takes no other part of the request is no reason to forget a good cart', async () => {
  const { store: first, page } = openStore()
  await first.addLine({ variantId, lineId: 'a' })
  const kept = page.shared.getItem('bursar.cart.default')
  const refused = new BursarError('invalid_input', { issues: [{ path: 'expand', message: 'is unknown' }] })
  const { store } = openStore({ page, client: withCarts({ get: () => Promise.reject(refused) }) })
  expect(await store.refresh()).toMatchObject({ ok: false, error: refused })
  expect(page.shared.getItem('bursar.cart.default')).toBe(kept)
})

test('what waits in a tab stays kept when another store of the site is made in it, and only looks', async () => {
  const never = withCarts({ create: () => new Promise(() => {}) })
  const { page } = virtualBrowser(testRuntime()).tab()
  const other = createCartStore({ client, page })
  other.subscribe(() => {})
  await other.refresh()
  const { store } = openStore({ client: never, page })
  void store.addLine({ variantId, lineId: 'a' })
  const kept = page.own.getItem('bursar.cart.default')
  expect(kept).toContain(variantId)
  await other.refresh()
  expect(page.own.getItem('bursar.cart.default')).toBe(kept)
})

test('after the order a line that waits is shown in the next cart at once, and a refused change is of the ordered one', async () => {
  const { store } = openStore()
  await store.addLine({ variantId, lineId: 'a' })
  store.placed('ord_1')
  expect(store.getState()).toMatchObject({ status: 'ordered', count: 0, cart: { orderId: 'ord_1' } })
  void store.setQuantity('a', 2)
  expect(store.getState()).toMatchObject({ status: 'ordered', count: 0 })
  void store.addLine({ variantId, lineId: 'b', quantity: 3 })
  const { status, count, cart, quote, quoteState, lines } = store.getState()
  expect([status, count, cart, quote, quoteState]).toEqual(['none', 3, null, null, 'none'])
  expect(lines).toMatchObject([{ id: 'b', pending: true }])
})

describe('what the host gave throws: it is reported, and', () => {
  const reported: unknown[] = []
  const defect = new Error('a defect of the host')

  beforeEach(() => {
    reported.length = 0
    vi.stubGlobal('queueMicrotask', (act: () => void) => {
      try {
        act()
      } catch (error) {
        reported.push(error)
      }
    })
  })
  afterEach(() => void vi.unstubAllGlobals())

  test('the others who subscribed are told, and commands go on', async () => {
    const { store } = openStore()
    const told = vi.fn()
    store.subscribe(() => {
      throw defect
    })
    store.subscribe(told)
    expect(await store.addLine({ variantId, lineId: 'a' })).toMatchObject({ ok: true })
    expect(await store.setQuantity('a', 2)).toMatchObject({ ok: true })
    expect(told).toHaveBeenCalled()
    expect(reported).toContain(defect)
  })

  test('there is no estimate', async () => {
    const estimate = () => {
      throw defect
    }
    const { store } = openStore({ estimate: async () => ({ estimate }) })
    await store.addLine({ variantId, lineId: 'a' })
    await store.setQuantity('a', 2)
    const changed = store.setQuantity('a', 3)
    expect(store.getState().quoteState).toBe('stale')
    expect(await changed).toMatchObject({ ok: true })
    expect(reported).toContain(defect)
  })

  test('a tab that was told of an event fetches its cart', async () => {
    const { page } = virtualBrowser(testRuntime()).tab()
    let tell = (_: { type: 'placed' }): unknown => undefined
    const get = vi.fn(client.carts.get)
    const store = createCartStore({
      client: withCarts({ get }),
      page: {
        ...page,
        openChannel: (_, receive) => {
          tell = receive
          return null
        },
      },
      onTabEvent: () => Promise.reject(defect),
    })
    store.subscribe(() => {})
    await store.addLine({ variantId, lineId: 'a' })
    await tell({ type: 'placed' })
    await store.refresh()
    expect(get).toHaveBeenCalled()
    expect(reported).toEqual([defect])
  })
})

/** A client for whoever is signed in by now, or nobody. */
function changingClient() {
  let now = client
  return {
    client: new Proxy({} as CommerceClient, { get: (_, name: keyof CommerceClient) => now[name] }), // it has no member of its own
    become(customerId: string | null) {
      now = customerId === null ? client : shop.commerce.as({ type: 'customer', site: 'main', customerId })
      return now
    },
  }
}

test('a cart that is there again is no problem any more, and the next time that it is gone is told', async () => {
  const who = changingClient()
  const { store } = openStore({ client: who.client })
  who.become('learner-back')
  expect(await store.addLine({ variantId, lineId: 'a' })).toMatchObject({ ok: true })
  for (const quantity of [2, 3]) {
    who.become(null)
    await store.refresh()
    expect(store.getState()).toMatchObject({
      status: 'none',
      errors: [{ command: 'get', error: { code: 'not_found' } }],
    })
    who.become('learner-back')
    expect(await store.signedIn()).toMatchObject({ ok: true })
    expect(store.getState()).toMatchObject({ status: 'open', errors: [] })
    expect(await store.setQuantity('a', quantity)).toMatchObject({ ok: true })
  }
})

test('who signs in while another sign-in is under way sees their own cart', async () => {
  const who = changingClient()
  for (const customerId of ['learner-a', 'learner-b']) {
    await who.become(customerId).carts.create({ lines: [{ lineId: customerId, variantId }] })
  }
  const { takeCart } = who.become('learner-a').me
  const slow = Promise.withResolvers<void>()
  const held: CommerceClient['me']['takeCart'] = async (...asked) => {
    const answer = await takeCart(...asked)
    await slow.promise
    return answer
  }
  let isFirst = true
  const { store } = openStore({
    client: new Proxy({} as CommerceClient, {
      get(_, name: keyof CommerceClient) {
        if (name !== 'me' || !isFirst) return who.client[name]
        isFirst = false
        return { ...who.client.me, takeCart: held }
      },
    }),
  })
  const first = store.signedIn()
  await vi.waitFor(() => expect(isFirst).toBe(false))
  who.become('learner-b')
  const second = store.signedIn()
  slow.resolve()
  expect(await Promise.all([first, second])).toMatchObject([{ ok: true }, { ok: true }])
  expect(store.getState()).toMatchObject({ lines: [{ id: 'learner-b' }], errors: [] })
})

test('a cart that the page was told of takes the place of another one that the server rendered', async () => {
  const initial = await client.carts.create({ lines: [{ lineId: 'rendered', variantId }] })
  const own = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'told' })
  const told = await own.carts.create({ lines: [{ lineId: 'told', variantId }] })
  const { store } = openStore({ client: own, initial, cartId: told.cart.id })
  store.subscribe(() => {})
  await store.refresh()
  expect(store.getState().cart?.id).toBe(told.cart.id)
  expect(store.getState().lines.map(({ id }) => id)).toEqual(['told'])
})
