import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCheckoutStore } from '../../client/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { NetworkFault } from '../cart-store/faulty-network.ts'
import { type CheckoutStoreBench, type CheckoutTab, checkoutStoreBench, TERMS } from './checkout-store-bench.ts'

const TOKENS = [
  ...['tok_approve', 'tok_decline', 'tok_requires_action', 'tok_late', 'tok_late_decline'],
  ...['tok_timeout_after', 'tok_timeout_before', 'tok_error_after', undefined],
]
const FIELD = ['approve', 'decline', 'nothing', 'throws', 'breaks'] as const

type Step =
  | { readonly do: 'start'; readonly token: string | undefined }
  | { readonly do: 'confirm'; readonly field: (typeof FIELD)[number] }
  | { readonly do: 'quantity'; readonly quantity: number }
  | { readonly do: 'price'; readonly amount: number }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'stale' | 'accept' | 'check' | 'reset' | 'add' | 'leave' | 'hide' | 'return' | 'webhooks' | 'line' }

interface Scene {
  readonly kind: 'in_process' | 'remote'
  readonly steps: readonly (Step & { readonly tab: number })[]
  readonly faults: readonly (NetworkFault | null)[]
  readonly seed: number
}

/** They take some forty seconds. */
const RUNS = 60
/** In milliseconds: what is found until then is told, however long it could still be made shorter. */
const LONGEST = 180_000

const of = <T extends string>(value: T) => fc.constant(value)

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: of('start'), token: fc.constantFrom(...TOKENS) }) },
  { weight: 5, arbitrary: fc.record({ do: of('confirm'), field: fc.constantFrom(...FIELD) }) },
  { weight: 2, arbitrary: fc.record({ do: of('quantity'), quantity: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: of('price'), amount: fc.constantFrom(4900, 5900) }) },
  { weight: 6, arbitrary: fc.record({ do: of('wait'), milliseconds: fc.integer({ min: 1, max: 4000 }) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['stale', 'accept', 'check', 'reset', 'add', 'leave', 'hide', 'return', 'webhooks', 'line'] as const),
      ),
    }),
  },
)

const aFault: fc.Arbitrary<NetworkFault | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant({ type: 'dropped' } as const) },
  { weight: 2, arbitrary: fc.constant({ type: 'answer_lost' } as const) },
  { weight: 1, arbitrary: fc.record({ type: of('late'), milliseconds: fc.integer({ min: 1, max: 20_000 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: of('slow'),
      before: fc.integer({ min: 0, max: 3000 }),
      after: fc.integer({ min: 0, max: 3000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: of('answered'),
      code: fc.constantFrom('rate_limited', 'unavailable', 'internal', 'version_conflict', 'unauthenticated'),
    }),
  },
)

const aScene: fc.Arbitrary<Scene> = fc.record({
  kind: fc.constantFrom('in_process', 'remote'),
  steps: fc.array(
    fc.tuple(aStep, fc.nat(1)).map(([step, tab]) => ({ ...step, tab })),
    { minLength: 2, maxLength: 16 },
  ),
  faults: fc.array(aFault, { maxLength: 14 }),
  seed: fc.nat(1000),
})

/** A command that was given, and whether its answer came. */
interface Given {
  readonly tab: CheckoutTab
  readonly what: string
  outcome: unknown
}

test('whatever shoppers, networks and processors do: one live order, one charge, and what is shown is so', async () => {
  await fc.assert(
    fc.asyncProperty(aScene, async ({ kind, steps, faults, seed }) => {
      const bench = await checkoutStoreBench({ createStore: createCheckoutStore, kind }, { seed })
      const one = await bench.openWithCourse()
      const two = bench.open()
      await bench.settle(one, two)
      const tabs = [one, two]
      const all = [...tabs]
      const given: Given[] = []
      const left = [...faults]
      bench.network.otherwise = () => left.shift() ?? null
      for (const step of steps) {
        const tab = tabs[step.tab] as CheckoutTab
        const promise = act(bench, tab, step)
        if (promise !== null) {
          const own: Given = { tab, what: step.do, outcome: null }
          given.push(own)
          void promise.then(
            (outcome) => {
              own.outcome = outcome
            },
            (error: unknown) => {
              own.outcome = { rejected: error }
            },
          )
        }
        await world(bench, tab, step)
        if (step.do === 'leave') {
          const next = tab.reload()
          tabs[step.tab] = next
          all.push(next)
        }
        await expectOneLiveOrder(bench)
      }
      bench.network.isDown = false
      bench.network.otherwise = () => null
      await comeToRest(bench, tabs)
      bench.expectSound()
      for (const { tab, what, outcome } of given) {
        if (!tab.tab.isClosed()) expect({ what, outcome }).toMatchObject({ outcome: { ok: expect.any(Boolean) } })
      }
      for (const { shown } of all) {
        for (const [index, status] of shown.entries()) {
          if (status === 'starting') expect(shown[index - 1]).not.toBe('unknown')
        }
      }
      const orders = await expectOneLiveOrder(bench)
      expectOneCharge(bench, orders)
      for (const [index, tab] of tabs.entries()) {
        const isAlone = steps.every((step) => step.tab === index || !['start', 'stale', 'accept'].includes(step.do))
        expectTruth(bench, tab, { orders, isAlone })
      }
    }),
    { numRuns: RUNS, plugins: [fc.interruptAfterTimeLimit(LONGEST, { failOnInterrupt: true })] },
  )
}, 240_000)

/** What a shopper does in a tab, if the page lets them. */
function act(bench: CheckoutStoreBench, { store, cart }: CheckoutTab, step: Step): Promise<unknown> | null {
  const state = store.getState()
  switch (step.do) {
    case 'start': {
      const input = { consents: TERMS, ...(step.token === undefined ? {} : { paymentToken: step.token }) }
      return 'start' in state ? state.start(input) : null
    }
    case 'stale': {
      const first = store.getInitialState() // a page that kept an old state may call its commands
      return 'start' in first ? first.start({ paymentToken: 'tok_approve', consents: TERMS }) : null
    }
    case 'confirm':
      return 'confirm' in state ? state.confirm(fieldOf(bench, step.field)) : null
    case 'accept':
      return 'accept' in state ? state.accept() : null
    case 'check':
      return 'check' in state ? state.check() : null
    case 'reset':
      if ('reset' in state) state.reset()
      return null
    case 'quantity':
      return cart.setQuantity('course', step.quantity)
    case 'add':
      return cart.addLine({ variantId: bench.shop.variants.book, lineId: 'book' })
    default:
      return null
  }
}

function fieldOf(bench: CheckoutStoreBench, what: (typeof FIELD)[number]): (secret: string) => Promise<unknown> {
  return async (secret) => {
    await bench.runtime.sleep(700)
    if (what === 'throws') throw new Error('The window was closed.')
    if (what === 'nothing') return
    await bench.field(what === 'decline' ? 'decline' : 'approve')(secret)
    if (what === 'breaks') throw new Error('It was approved, and the script broke.')
  }
}

/** What the world does meanwhile. */
async function world(bench: CheckoutStoreBench, { tab }: CheckoutTab, step: Step): Promise<void> {
  if (step.do === 'wait') await bench.run(step.milliseconds)
  if (step.do === 'hide') tab.hide()
  if (step.do === 'return') tab.comeBack()
  if (step.do === 'webhooks') await bench.shop.sendWebhooks()
  if (step.do === 'price') await bench.shop.setPrice(step.amount)
  if (step.do === 'line') bench.network.isDown = !bench.network.isDown
}

/** All that is late arrives, the network is there, and both tabs are looked at. */
async function comeToRest(bench: CheckoutStoreBench, tabs: readonly CheckoutTab[]): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    for (const { tab } of tabs) tab.comeBack()
    await bench.run(90_000)
    await bench.shop.sendWebhooks()
  }
  for (const { tab } of tabs) tab.comeBack()
  await bench.settle(...tabs)
  await bench.run(30_000)
}

async function expectOneLiveOrder(bench: CheckoutStoreBench): Promise<readonly OrderView[]> {
  const orders = await bench.shop.orders()
  const live = orders.filter(({ state }) => state !== 'cancelled').map(({ cartId }) => cartId)
  expect(new Set(live).size).toBe(live.length)
  return orders
}

/** Money was taken at most once for a cart, and only what its order costs. */
function expectOneCharge(bench: CheckoutStoreBench, orders: readonly OrderView[]): void {
  const carts: string[] = []
  for (const [orderId, taken] of bench.shop.taken()) {
    const order = orders.find(({ id }) => id === orderId)
    expect(taken).toEqual([{ amount: order?.total, currency: order?.currency }])
    expect(order?.state).toBe('placed')
    carts.push(order?.cartId ?? '')
  }
  expect(new Set(carts).size).toBe(carts.length)
}

/** What a tab shows at rest is what the server has. */
function expectTruth(
  { shop }: CheckoutStoreBench,
  tab: CheckoutTab,
  { orders, isAlone }: { orders: readonly OrderView[]; isAlone: boolean },
): void {
  const state = tab.store.getState()
  const cartId = tab.cart.getState().cart?.id
  const placed = orders.find((order) => order.cartId === cartId && order.state === 'placed')
  const context = JSON.stringify({ status: state.status, shown: tab.shown, placed: placed?.id })
  if (placed !== undefined) {
    // Whoever was shown the order may be done with it.
    const isDone = state.status === 'idle' && tab.shown.includes('placed')
    expect(state.status === 'placed' || isDone, context).toBe(true)
  }
  expect(['starting', 'confirming', 'unknown', 'processing'], context).not.toContain(state.status)
  if (state.status === 'ready' || state.status === 'requires_action') {
    const order = orders.find(({ id }) => id === state.order.id)
    expect(shop.taken().has(state.order.id), context).toBe(false)
    // What another tab replaced is found out when the field is confirmed.
    if (isAlone) expect([order?.state, order?.payment?.status], context).toEqual(['pending', 'requires_action'])
  }
  if (state.status === 'failed' || state.status === 'declined') {
    const charged = orders.filter((order) => order.cartId === cartId && shop.taken().has(order.id))
    expect(charged, context).toEqual([])
  }
}
