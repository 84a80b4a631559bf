import { describe, expect, test } from 'vitest'
import { estimate } from '../../client/estimate.ts'
import { createCartStore } from '../../client/index.ts'
import { type CartStoreBench, cartStoreBench, type StoreTab } from './cart-store-bench.ts'
import { tabWithCart } from './cases/cart-store-case.ts'
import { inProcessShop, remoteShop } from './store-shops.ts'

const priceOf = ({ store }: StoreTab) => {
  const { quote, quoteState } = store.getState()
  return [quoteState, quote?.total]
}

describe.each([
  ['in process', inProcessShop],
  ['remote', remoteShop],
])('a store that estimates, %s', (_, shop) => {
  const open = async (): Promise<[CartStoreBench, StoreTab, { loads: number }]> => {
    const bench = await cartStoreBench({ createStore: createCartStore, shop })
    const counted = { loads: 0 }
    const tab = await tabWithCart(bench, {
      estimate: async () => {
        counted.loads += 1
        return { estimate }
      },
    })
    return [bench, tab, counted]
  }

  /** What the store shows once its reckoner is there, and what the server says then. */
  const shownThenFinal = async (bench: CartStoreBench, tab: StoreTab) => {
    await bench.run(1)
    const shown = priceOf(tab)
    await bench.settle(tab)
    return { shown, final: priceOf(tab) }
  }

  test('fetches what reckons when a command first waits, once, and shows what the server then says', async () => {
    const [bench, first, counted] = await open()
    const tab = first.reload()
    await bench.settle(tab)
    counted.loads = 0
    const before = priceOf(tab)
    void tab.store.setQuantity('a', 4)
    expect([counted.loads, ...priceOf(tab)]).toEqual([1, 'stale', before[1]])
    const more = await shownThenFinal(bench, tab)
    expect(more.shown).toEqual(['estimate', more.final[1]])
    expect(more.final).toEqual(['final', expect.any(Number)])
    expect(more.final[1]).not.toBe(before[1])
    void tab.store.removeLine('b')
    expect(priceOf(tab)[0]).toBe('estimate')
    const less = await shownThenFinal(bench, tab)
    expect(less.shown).toEqual(['estimate', less.final[1]])
    expect(counted.loads).toBe(1)
  })

  test('reckons with a code that was accepted, and without one that is taken off', async () => {
    const [bench, tab] = await open()
    void tab.store.applyCode(bench.shop.code.typed)
    expect((await shownThenFinal(bench, tab)).shown[0]).toBe('stale')
    void tab.store.setQuantity('a', 2)
    const more = await shownThenFinal(bench, tab)
    expect(more.shown).toEqual(['estimate', more.final[1]])
    void tab.store.removeCode(bench.shop.code.id)
    const without = await shownThenFinal(bench, tab)
    expect(without.shown).toEqual(['estimate', without.final[1]])
    expect(without.final[1]).not.toBe(more.final[1])
  })

  test('does not guess where something that the server did not send counts', async () => {
    const [bench, tab] = await open()
    void tab.store.setQuantity('a', 2)
    await bench.settle(tab)
    void tab.store.addLine({ lineId: 'c', variantId: bench.shop.variantIds[2] })
    expect((await shownThenFinal(bench, tab)).shown[0]).toBe('stale')
    void tab.store.setQuantity('a', bench.shop.tooMany)
    expect((await shownThenFinal(bench, tab)).shown[0]).toBe('stale')
    void tab.store.update({ currency: 'USD' })
    expect((await shownThenFinal(bench, tab)).shown[0]).toBe('stale')
    for (const place of [{ country: 'CA' }, { region: 'QC' }]) {
      void tab.store.update(place)
      expect((await shownThenFinal(bench, tab)).shown[0]).toBe('stale')
    }
    void tab.store.setParts('a', ['none'])
    expect((await shownThenFinal(bench, tab)).shown[0]).toBe('stale')
  })

  test('what is shown stays the same object until something changes', async () => {
    const [bench, tab] = await open()
    void tab.store.setQuantity('a', 3)
    await bench.run(1)
    const { quote } = tab.store.getState()
    void tab.store.setRecipient('b', { type: 'buyer' })
    expect(tab.store.getState().quote).toBe(quote)
    await bench.settle(tab)
  })

  test('a reckoner that cannot be fetched leaves the store as it is without one', async () => {
    const bench = await cartStoreBench({ createStore: createCartStore, shop })
    const tab = await tabWithCart(bench, { estimate: () => Promise.reject(new Error('offline')) })
    void tab.store.setQuantity('a', 4)
    const { shown, final } = await shownThenFinal(bench, tab)
    expect([shown[0], final[0]]).toEqual(['stale', 'final'])
  })

  test('a store that does not estimate asks for nothing', async () => {
    const bench = await cartStoreBench({ createStore: createCartStore, shop })
    const tab = await tabWithCart(bench)
    expect(await bench.truth(tab)).not.toHaveProperty('pricingInputs')
    void tab.store.setQuantity('a', 4)
    expect((await shownThenFinal(bench, tab)).shown[0]).toBe('stale')
  })
})
