// @vitest-environment happy-dom
import type { CommerceClient, ConsentInput } from '@bursar/core/client'
import { type MemoryShop, memoryShop } from '@bursar/core/testing'
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Scope, useBursar, useOrder } from './index.ts'
import { prefetch } from './server/index.ts'
import { renderInShop } from './testing/render-in-shop.tsx'

let shop: MemoryShop
/** Who the client calls for, as a session's cookie says it: nobody, or a learner. */
let person: string | null
let client: CommerceClient
let orderId: string
let get: ReturnType<typeof vi.fn<CommerceClient['orders']['get']>>

const consents: ConsentInput[] = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]

const clientOf = (customerId: string | null) =>
  shop.commerce.as(customerId ? { type: 'customer', site: 'main', customerId } : { type: 'shopper', site: 'main' })

beforeEach(async () => {
  shop = await memoryShop()
  localStorage.clear()
  sessionStorage.clear()
  person = 'learner-1'
  const { site, products, quotes, carts, orders, me } = clientOf(null)
  get = vi.fn((...asked) => clientOf(person).orders.get(...asked))
  client = { site, products, quotes, carts, me, orders: { ...orders, get } }
  orderId = await order('learner-1')
  await shop.commerce.jobs.runDue()
})

afterEach(cleanup)

async function order(customerId: string) {
  const buyer = clientOf(customerId)
  const { cart, quote } = await buyer.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.course }] })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const asked = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve', consents }
  return (await buyer.carts.checkout(asked, { idempotencyKey: `key-of-${cart.id}` })).order.id
}

function Receipt({ id }: { id: string | null }) {
  const watched = useOrder(id)
  return <p role="status">{watched.status === 'ready' ? `${watched.order.delivery}` : watched.status}</p>
}

function Session() {
  const { cart } = useBursar()
  return (
    <>
      <button type="button" onClick={() => cart.signedIn()}>
        In
      </button>
      <button type="button" onClick={() => cart.signedOut()}>
        Out
      </button>
    </>
  )
}

function Door({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(true)
  return (
    <>
      <button type="button" onClick={() => setOpen(!isOpen)}>
        Door
      </button>
      {isOpen && children}
    </>
  )
}

function Many({ tell }: { tell(scope: Scope): void }) {
  tell(useBursar())
  return Array.from({ length: 50 }, (_, index) => <Receipt key={String(index)} id={`ord_${index}`} />)
}

const click = (name: string) => act(() => screen.getByRole('button', { name }).click())
const shown = () => screen.getByRole('status').textContent
const shows = (text: string) => waitFor(() => expect(shown()).toBe(text))

const page = () => (
  <>
    <Session />
    <Door>
      <Receipt id={orderId} />
    </Door>
  </>
)

test('who signs out shows no order any more, and the next learner sees none that is not theirs', async () => {
  renderInShop(client, page(), { initial: await prefetch(clientOf('learner-1'), { orders: [orderId] }) })
  await shows('delivered')
  person = null
  await click('Out')
  expect(shown()).not.toBe('delivered')
  await shows('error')
  await click('Door')
  await click('Door')
  await shows('error')
  person = 'learner-2'
  await click('In')
  await shows('error')
  person = 'learner-1'
  await click('In')
  await shows('delivered')
})

test('an answer that comes after the sign-out shows nothing', async () => {
  const answer = Promise.withResolvers<Awaited<ReturnType<typeof get>>>()
  get.mockImplementationOnce(() => answer.promise)
  renderInShop(client, page())
  await waitFor(() => expect(get).toHaveBeenCalledTimes(1))
  person = null
  await click('Out')
  await act(async () => answer.resolve(await clientOf('learner-1').orders.get({ orderId })))
  await shows('error')
})

test('signing out in another tab hides the order in this one, and nothing is asked before the page knows of it', async () => {
  const told = Promise.withResolvers<void>()
  const onTabEvent = vi.fn(async () => {
    await told.promise
    person = null
  })
  renderInShop(client, page(), { onTabEvent })
  await shows('delivered')
  const asked = get.mock.calls.length
  const otherTab = new BroadcastChannel('bursar.cart.default')
  otherTab.postMessage({ type: 'signed_out' })
  await shows('loading')
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)))
  expect(onTabEvent).toHaveBeenCalledWith('signed_out')
  expect(get).toHaveBeenCalledTimes(asked)
  await act(async () => told.resolve())
  await shows('error')
  otherTab.close()
})

test('signing out in another tab is heard while no hook is mounted: the order is not there for who comes next', async () => {
  const onTabEvent = vi.fn()
  renderInShop(client, page(), { onTabEvent })
  await shows('delivered')
  await click('Door')
  const otherTab = new BroadcastChannel('bursar.cart.default')
  otherTab.postMessage({ type: 'signed_out' })
  await waitFor(() => expect(onTabEvent).toHaveBeenCalledWith('signed_out'))
  otherTab.close()
  person = 'learner-2'
  await click('Door')
  expect(shown()).not.toBe('delivered')
  await shows('error')
})

test('an order that was left is shown at once on the way back, and asked for again', async () => {
  renderInShop(client, page())
  await shows('delivered')
  await click('Door')
  const answer = Promise.withResolvers<void>()
  get.mockImplementation(async (...asked) => {
    await answer.promise
    return { ...(await clientOf(person).orders.get(...asked)), delivery: 'withdrawn' }
  })
  await click('Door')
  expect(shown()).toBe('delivered')
  await act(async () => answer.resolve())
  await shows('withdrawn')
})

test('of many orders that were looked at few are kept, and a list of many is asked for once each', async () => {
  const scopes: Scope[] = []
  renderInShop(client, <Many tell={(scope) => scopes.push(scope)} />)
  const all = () => screen.getAllByRole('status').map(({ textContent }) => textContent)
  await waitFor(() => expect(new Set(all())).toEqual(new Set(['error'])))
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)))
  expect(get.mock.calls.length).toBeLessThanOrEqual(100) // strict mode subscribes twice
  expect(scopes.at(-1)?.orders?.size).toBe(20)
})

test('without an id it is loading, and nothing is asked', async () => {
  renderInShop(client, <Receipt id={null} />)
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)))
  expect(shown()).toBe('loading')
  expect(get).not.toHaveBeenCalled()
})
