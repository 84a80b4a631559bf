import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCartStore } from '../../client/index.ts'
import { type CartStoreBench, type CartStoreShop, cartStoreBench, type StoreTab } from './cart-store-bench.ts'
import { linesOf } from './cases/cart-store-case.ts'
import type { NetworkFault } from './faulty-network.ts'
import { inProcessShop, remoteShop } from './store-shops.ts'

type Step =
  | { readonly do: 'add' | 'set'; readonly line: string; readonly quantity: number }
  | { readonly do: 'remove'; readonly line: string }
  | { readonly do: 'code' | 'uncode' | 'leave' | 'return' }
  | { readonly do: 'wait'; readonly milliseconds: number }

interface Scene {
  readonly shop: () => Promise<CartStoreShop>
  readonly steps: readonly (Step & { readonly tab: number })[]
  readonly faults: readonly (NetworkFault | null)[]
  readonly seed: number
}

/** Enough for about six seconds a test. */
const RUNS = 20

const LINES = ['a', 'b', 'c', 'd']

const aFault: fc.Arbitrary<NetworkFault | null> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant({ type: 'dropped' } as const) },
  { weight: 1, arbitrary: fc.constant({ type: 'answer_lost' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('late' as const), milliseconds: fc.integer({ min: 1, max: 20_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('slow' as const),
      before: fc.integer({ min: 0, max: 3000 }),
      after: fc.integer({ min: 0, max: 3000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('answered' as const),
      code: fc.constantFrom(
        'rate_limited' as const,
        'unavailable' as const,
        'internal' as const,
        'version_conflict' as const,
      ),
      retryAfter: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    }),
  },
)

/** At most `most` of a line: more than the shop allows makes refusals. */
const aStep = (most: number): fc.Arbitrary<Step> => {
  const line = fc.constantFrom(...LINES)
  const quantity = fc.integer({ min: 1, max: most })
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), line, quantity }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), line, quantity }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), line }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom('code' as const, 'uncode' as const, 'leave' as const, 'return' as const),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.integer({ min: 1, max: 800 }) }),
    },
  )
}

const aScene = ({ tabs, most }: { tabs: number; most: number }): fc.Arbitrary<Scene> =>
  fc.record({
    shop: fc.constantFrom(inProcessShop, remoteShop),
    steps: fc.array(
      fc.tuple(aStep(most), fc.nat(tabs - 1)).map(([step, tab]) => ({ ...step, tab })),
      { minLength: 1, maxLength: 20 },
    ),
    faults: fc.array(aFault, { maxLength: 12 }),
    seed: fc.nat(1000),
  })

/** Plays a scene to its end and a minute longer, so that what is late has arrived. */
async function play({ shop, steps, faults, seed }: Scene, tabs: number) {
  const bench = await cartStoreBench({ createStore: createCartStore, shop }, { seed })
  const left = [...faults]
  bench.network.otherwise = () => left.shift() ?? null
  // A refusal goes from the list again once its line was changed.
  const told = new Set<StoreTab>()
  const heard = (tab: StoreTab): StoreTab => {
    tab.store.subscribe(() => tab.store.getState().errors.length > 0 && told.add(tab))
    return tab
  }
  const open = Array.from({ length: tabs }, () => heard(bench.open()))
  const asked: { tab: StoreTab; promise: Promise<{ ok: boolean }> }[] = []
  for (const step of steps) {
    const tab = open[step.tab] as StoreTab
    const promise = ask(bench, tab, step)
    if (promise !== null) asked.push({ tab, promise })
    if (step.do === 'wait') await bench.run(step.milliseconds)
    if (step.do === 'leave') open[step.tab] = heard(tab.reload())
    if (step.do === 'return') tab.tab.comeBack()
  }
  await bench.settle(...open)
  await bench.run(60_000)
  await bench.settle(...open)
  return { bench, told, tabs: open, asked: asked.filter(({ tab }) => open.includes(tab)) }
}

function ask({ shop }: CartStoreBench, { store }: StoreTab, step: Step): Promise<{ ok: boolean }> | null {
  switch (step.do) {
    case 'add':
      return store.addLine({ lineId: step.line, variantId: shop.variantIds[0], quantity: step.quantity })
    case 'set':
      return store.setQuantity(step.line, step.quantity)
    case 'remove':
      return store.removeLine(step.line)
    case 'code':
      return store.applyCode(shop.code.typed)
    case 'uncode':
      return store.removeCode(shop.code.id)
    default:
      return null
  }
}

/** What a cart is after these steps, one after the other. */
function model(steps: readonly Step[], code: string): { lines: string; codes: string[] } {
  const lines = new Map<string, number>()
  let codes: string[] = []
  for (const step of steps) {
    if (step.do === 'add' || (step.do === 'set' && lines.has(step.line))) lines.set(step.line, step.quantity)
    if (step.do === 'remove') lines.delete(step.line)
    if (step.do === 'code') codes = [code]
    if (step.do === 'uncode') codes = []
  }
  return { lines: linesOf({ lines: Array.from(lines, ([id, quantity]) => ({ id, quantity })) }), codes }
}

test('one tab, any network, pages left in between: the cart is what was asked, step by step', async () => {
  await fc.assert(
    fc.asyncProperty(aScene({ tabs: 1, most: 10 }), async (scene) => {
      const { bench, tabs } = await play(scene, 1)
      const [tab] = tabs as [StoreTab]
      const expected = model(scene.steps, bench.shop.code.id)
      const { cart } = tab.store.getState()
      if (cart === null) {
        expect([expected, bench.network.acceptedKeys.size]).toEqual([{ lines: '', codes: [] }, 0])
        return
      }
      const truth = await bench.truth(tab)
      expect({ lines: linesOf(truth.cart), codes: truth.cart.codes }).toEqual(expected)
    }),
    { numRuns: RUNS },
  )
}, 120_000)

test('two tabs, any network: both show the server’s cart; what was accepted was done once, what was refused is told', async () => {
  await fc.assert(
    fc.asyncProperty(aScene({ tabs: 2, most: 12 }), async (scene) => {
      const { bench, told, tabs, asked } = await play(scene, 2)
      const [one] = tabs as [StoreTab]
      for (const tab of tabs) {
        let refused = 0
        for (const { promise } of asked.filter((each) => each.tab === tab)) {
          if (!(await bench.ended(promise)).ok) refused += 1
        }
        // Commands that were joined are refused together, and told once.
        if (refused > 0) expect(told.has(tab)).toBe(true)
      }
      if (one.store.getState().cart === null) {
        expect(bench.network.acceptedKeys.size).toBe(0)
        return
      }
      const truth = await bench.truth(one)
      for (const { store } of tabs) {
        const { cart, lines, codes, quote, quoteState } = store.getState()
        expect({ cart, quote, quoteState }).toEqual({ cart: truth.cart, quote: truth.quote, quoteState: 'final' })
        expect(lines.map(({ pending, ...line }) => line)).toEqual(truth.cart.lines)
        expect(codes.map(({ id }) => id)).toEqual(truth.cart.codes)
      }
      expect(truth.cart.version).toBe(1 + bench.network.acceptedKeys.size)
      expect(bench.network.mostAtOnce()).toBe(1)
    }),
    { numRuns: RUNS },
  )
}, 120_000)
