import { expect, it } from 'vitest'
import { createCommerce } from '../commerce/index.ts'
import type { Storage } from '../ports/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'
import { simulatedProcessor } from '../testing/simulated-processor/index.ts'
import { carts } from './cart.collection.ts'
import type { Guard } from './guard.ts'

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

it('guards are shown the products of all lines, of one that is new too', async () => {
  const { storage, runtime, course } = await campusShop()
  const [bees, wasps] = [await course('bees', { verified: 10_000 }), await course('wasps', { verified: 8000 })]
  const shown: (string | undefined)[][] = []
  const guard = (at: 'cart' | 'checkout'): Guard => ({
    ...{ name: `seen at ${at}`, at },
    check: ({ cart }) => {
      shown.push(cart.lines.map(({ productId }) => productId))
      return null
    },
  })
  const watched = createCommerce({
    ...{ storage, runtime, fulfilment: { lms: simulatedPlatform({ runtime }) }, secrets: (ref: string) => ref },
    ...{ payments: { test: simulatedProcessor({ runtime }) }, guards: [guard('cart'), guard('checkout')] },
  })
  const client = watched.as({ type: 'customer', site: 'main', customerId: ANN }).carts
  const { cart } = await client.create({ lines: [{ lineId: 'a', variantId: bees.verified ?? '' }] })
  const { quote } = await client.addLine({ cartId: cart.id, lineId: 'b', variantId: wasps.verified ?? '' })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const input = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' }
  await client.checkout(input, { idempotencyKey: 'a-key-of-this-test' })
  const products = quote.lines.map(({ productId }) => productId)
  expect(shown).toEqual([products.slice(0, 1), products, products])
})

it('what somebody owns who was never seen is not read', async () => {
  const shop = await campusShop()
  const lists: string[] = []
  const list: Storage['list'] = (scope, query) => {
    lists.push(query.in)
    return shop.storage.list(scope, query)
  }
  const { runtime } = shop
  const other = createCommerce({
    ...{ storage: { ...shop.storage, list }, runtime, secrets: (ref: string) => ref },
    ...{ fulfilment: { lms: simulatedPlatform({ runtime }) }, payments: { test: simulatedProcessor({ runtime }) } },
  })
  const { verified = '' } = await shop.course('bees', { verified: 10_000 })
  const { carts: othersCarts } = other.as({ type: 'customer', site: 'main', customerId: 'newcomer' })
  const lines = [{ lineId: 'a', variantId: verified }]
  await othersCarts.create({ lines })
  expect(lists).not.toContain('entitlements')
  await othersCarts.create({ lines })
  expect(lists).toContain('entitlements')
})
