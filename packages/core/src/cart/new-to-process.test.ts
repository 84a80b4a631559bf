import { expect, it } from 'vitest'
import { createCommerce } from '../commerce/index.ts'
import type { Storage } from '../ports/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'
import { simulatedProcessor } from '../testing/simulated-processor/index.ts'
import { carts } from './cart.collection.ts'

const ANN = 'ann'

/** A shop, and what another process of it reads for a call. */
async function twoProcesses() {
  const shop = await campusShop()
  const reads: string[][] = []
  const storage: Storage = {
    ...shop.storage,
    read: (scope, refs) => {
      reads.push([...new Set(refs.flatMap((ref) => ('in' in ref ? ref.in : [])))])
      return shop.storage.read(scope, refs)
    },
  }
  const { runtime } = shop
  const other = createCommerce({
    ...{ storage, runtime, fulfilment: { lms: simulatedPlatform({ runtime }) }, secrets: (ref: string) => ref },
    payments: { test: simulatedProcessor({ runtime }) },
  })
  const { carts: othersCarts } = other.as({ type: 'customer', site: 'main', customerId: ANN })
  const read = async (cartId: string) => {
    reads.length = 0
    const { quote } = await othersCarts.get({ cartId })
    // Where the site is, a process asks once and remembers.
    return { reads: reads.filter(([name]) => name !== 'addresses'), quote }
  }
  return { ...shop, read }
}

const OWN = ['carts', 'pricingVersions', 'customers']
const ALL = ['variants', 'variantPrices', 'products', 'publications']

it('a cart that is new to a process is read in two turns: its lines say of which products they are', async () => {
  const { as, course, storage, read } = await twoProcesses()
  const [bees, wasps] = [await course('bees', { verified: 10_000 }), await course('wasps', { verified: 8000 })]
  const lines = [{ lineId: 'a', variantId: bees.verified ?? '' }]
  const made = await as(ANN).carts.create({ lines })
  const cartId = made.cart.id
  const { quote } = await as(ANN).carts.addLine({ cartId, lineId: 'b', variantId: wasps.verified ?? '' })
  const [stored] = await readAll(storage, { operator: 'campus', site: 'main' }, byId(carts, cartId))
  expect(stored?.body.lines.map(({ productId }) => productId)).toEqual(quote.lines.map((line) => line.productId))
  const first = await read(cartId)
  expect(first.reads.slice(0, 2)).toEqual([OWN, ALL])
  expect(first.reads.flat().filter((name) => ALL.includes(name))).toEqual(ALL)
  expect(first.quote).toEqual(quote)
  expect((await read(cartId)).reads).toEqual([OWN])
})

it('a line that is set again keeps its product', async () => {
  const { as, product, storage } = await twoProcesses()
  const variantId = await product('book', 'Honey', { maximumQuantity: 5, prices: [{ priceList: 'eur', amount: 2000 }] })
  const { cart } = await as(ANN).carts.create({ lines: [{ lineId: 'a', variantId }] })
  const where = { operator: 'campus', site: 'main' }
  const [before] = await readAll(storage, where, byId(carts, cart.id))
  await as(ANN).carts.addLine({ cartId: cart.id, lineId: 'a', variantId, quantity: 3 })
  const [after] = await readAll(storage, where, byId(carts, cart.id))
  expect(after?.body.lines).toEqual(before?.body.lines.map((line) => ({ ...line, quantity: 3 })))
  expect(after?.body.lines[0]?.productId).toMatch(/^prd_/)
})
