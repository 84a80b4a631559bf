import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cancelUnpaidOrder } from '../checkout/index.ts'
import type { LeasedJob, Storage } from '../ports/index.ts'
import { byId, insert, listAll, put, readAll } from '../storage/index.ts'
import { expectOutcome } from '../testing/expectations.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { addMilliseconds } from '../time/index.ts'
import { addLine } from './add-line.ts'
import { carts } from './cart.collection.ts'
import type { Cart } from './cart.ts'
import { createCart } from './create-cart.ts'
import { forgetCartsJob } from './forget-carts.ts'
import { getCart } from './get-cart.ts'

const DAY = 24 * 60 * 60 * 1000
const job = (operator: string) => ({ scope: { operator }, attempt: 1 }) as LeasedJob // the handler looks at no more

const mine = (shop: ShopFixture, site = 'main') => shop.call(shop.customer('learner-1', site))
const forget = ({ ports, ids }: ShopFixture, cartsKeptDays: number | null = 10) =>
  forgetCartsJob({ ...ports, cartsKeptDays })({}, job(ids.operator))

async function idsLeft({ storage, ids }: ShopFixture, site = 'main') {
  const found = await listAll(storage, { operator: ids.operator, site }, carts, { index: 'createdAt' })
  return found.map(({ id }) => id).sort()
}

test('a cart is deleted so many days after its last command, on every site, and the next round is in a day', async () => {
  const shop = await shopFixture()
  const made = { main: await createCart(shop.ports, mine(shop), {}) }
  const used = await createCart(shop.ports, mine(shop), {})
  const other = await createCart(shop.ports, mine(shop, 'north'), {})
  await shop.runtime.advance(9 * DAY)
  await addLine(shop.ports, mine(shop), { cartId: used.cart.id, lineId: 'a', variantId: shop.ids.variants.course })
  expect(await forget(shop)).toEqual({ outcome: 'done' })
  expect(await idsLeft(shop)).toHaveLength(2)
  const inADay = addMilliseconds(shop.runtime.now(), DAY)
  await shop.runtime.advance(2 * DAY)
  expect(await forget(shop, null)).toEqual({ outcome: 'done' })
  expect(await idsLeft(shop)).toHaveLength(2)
  expect(await forget(shop)).toEqual({ outcome: 'done' })
  expect(await idsLeft(shop)).toEqual([used.cart.id])
  expect(await idsLeft(shop, 'north')).toEqual([])
  for (const { cart } of [made.main, other]) {
    await expect(getCart(shop.ports, mine(shop), { cartId: cart.id })).rejects.toMatchObject({ code: 'not_found' })
  }
  const waiting = await shop.storage.jobs.list({ state: 'waiting', queue: 'carts.forget', limit: 9 })
  expect(waiting.items.map(({ runAt }) => runAt)).toEqual([inADay])
})

test('what is in an order, or waits for its payment, stays; a cart whose order was cancelled goes', async () => {
  const shop = await shopFixture()
  const placed = await shop.buy()
  const waiting = await shop.buy({ paymentToken: 'tok_requires_action' })
  const unpaid = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: unpaid.order.id, reason: 'unpaid' })
  await shop.runtime.advance(20 * DAY)
  await forget(shop)
  expect(await idsLeft(shop)).toEqual([placed.cart.cart.id, waiting.cart.cart.id].sort())
})

test('the days of a cart that an earlier release wrote count from the first look', async () => {
  const shop = await shopFixture()
  const scope = { operator: shop.ids.operator, site: 'main' }
  const { cart } = await createCart(shop.ports, mine(shop), {})
  const [now] = await readAll(shop.storage, scope, byId(carts, cart.id))
  if (!now) throw new Error('The cart was just made.')
  const { usedOn: _unknown, ...before } = now.body
  expectOutcome(await shop.storage.commit(scope, [put(carts, now, before)]), 'committed', 'a cart of before')
  await shop.runtime.advance(400 * DAY)
  await forget(shop)
  expect(await idsLeft(shop)).toEqual([cart.id])
  await shop.runtime.advance(9 * DAY)
  await forget(shop)
  expect(await idsLeft(shop)).toEqual([cart.id])
  await shop.runtime.advance(2 * DAY)
  await forget(shop)
  expect(await idsLeft(shop)).toEqual([])
})

test('a command that comes between the look and the commit keeps its cart', async () => {
  const shop = await shopFixture()
  const { cart } = await createCart(shop.ports, mine(shop), {})
  await shop.runtime.advance(20 * DAY)
  let isFirst = true
  const commit: Storage['commit'] = async (...args) => {
    if (isFirst) {
      isFirst = false
      await addLine(shop.ports, mine(shop), { cartId: cart.id, lineId: 'a', variantId: shop.ids.variants.course })
    }
    return shop.storage.commit(...args)
  }
  const storage = { ...shop.storage, commit }
  await forgetCartsJob({ ...shop.ports, storage, cartsKeptDays: 10 })({}, job(shop.ids.operator))
  expect(await idsLeft(shop)).toEqual([cart.id])
})

test('carts that name many people are forgotten a few at a time, with a job for each of those', async () => {
  const shop = await shopFixture({ isExamined: false }) // whom they name was never made
  for (let n = 0; n < 5; n += 1) {
    const body: Cart = {
      ...{ id: `crt_${n}`, tokenHash: `hash-${n}`, customerId: null, currency: 'EUR' },
      lines: Array.from({ length: 150 }, (_, line) => ({
        ...{ id: `l${line}`, variantId: shop.ids.variants.course },
        recipient: { type: 'customer', customerId: `cus_${n}_${line}` },
      })),
      ...{ createdAt: shop.runtime.now(), usedOn: '2025-01-01' },
    }
    await shop.storage.commit({ operator: shop.ids.operator, site: 'main' }, [insert(carts, body.id, body)])
  }
  const left: number[] = []
  let outcome: string
  do {
    outcome = (await forget(shop)).outcome
    left.push((await idsLeft(shop)).length)
  } while (outcome === 'again')
  expect(left).toEqual([2, 0])
  const due = await shop.storage.jobs.list({ state: 'waiting', queue: 'recipient.drop', limit: 1000 })
  expect(due.items).toHaveLength(750)
})

test('exactly the unordered carts whose last day is long enough ago are gone, however many there are', async () => {
  const ofCart = fc.record({
    days: fc.integer({ min: 0, max: 30 }),
    isOrdered: fc.boolean(),
    isPaying: fc.boolean(),
    site: fc.constantFrom('main', 'north'),
  })
  const some = fc.array(ofCart, { maxLength: 12 })
  const many = fc.array(ofCart, { minLength: 300, maxLength: 500 })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 4, arbitrary: some }, many),
      fc.integer({ min: 1, max: 29 }),
      async (all, keptDays) => {
        const shop = await shopFixture({ isExamined: false })
        const now = Date.parse(shop.runtime.now())
        const left: { [site: string]: string[] } = { main: [], north: [] }
        for (const [n, { days, isOrdered, isPaying, site }] of all.entries()) {
          const day = new Date(now - days * DAY).toISOString()
          const body: Cart = {
            ...{ id: `crt_${n}`, tokenHash: `hash-${n}`, customerId: null, currency: 'EUR', lines: [] },
            ...{ createdAt: shop.runtime.now(), usedOn: day.slice(0, 10) },
            ...(isOrdered ? { orderId: 'ord_1' } : {}),
            ...(isPaying ? { checkout: { orderId: 'ord_2', holds: [] } } : {}),
          }
          await shop.storage.commit({ operator: shop.ids.operator, site }, [insert(carts, body.id, body)])
          if (isOrdered || isPaying || days <= keptDays) left[site]?.push(body.id)
        }
        let outcome: string
        do outcome = (await forget(shop, keptDays)).outcome
        while (outcome === 'again')
        expect({ main: await idsLeft(shop), north: await idsLeft(shop, 'north') }).toEqual({
          main: left.main?.sort(),
          north: left.north?.sort(),
        })
      },
    ),
    { numRuns: 25 },
  )
})
