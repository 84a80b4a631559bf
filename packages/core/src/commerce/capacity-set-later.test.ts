import { expect, test } from 'vitest'
import { variants } from '../catalog/index.ts'
import { orders } from '../order/index.ts'
import type { Storage } from '../ports/index.ts'
import { byId, counter, memoryStorage, put, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'
import { importRows } from '../testing/import-rows.ts'

const SOLD_OUT = { code: 'not_sellable', reason: 'sold_out' }

/** A workshop without a capacity, and a program of it. */
async function openShop() {
  const shop = await campusShop()
  const workshop = await shop.product('course', 'Workshop', { prices: [{ priceList: 'eur', amount: 5000 }] })
  const bundle = { parts: [{ id: 'part', variantId: workshop }], pricing: { type: 'own_price' } as const }
  const program = await shop.product('program', 'Program', {
    bundle: { ...bundle, ownedParts: 'sell_all' },
    prices: [{ priceList: 'eur', amount: 4000 }],
  })
  return { shop, workshop, program }
}

async function setCapacity({ system, runJobs }: CampusShop, capacity: number | null): Promise<void> {
  const { products } = system.admin
  const found = (await products.list({})).items.find(({ product }) => product.title === 'Workshop')
  await products.update({ productId: found?.product.id ?? '', variants: [{ name: 'standard', capacity }] })
  await runJobs()
}

const cancel = async ({ system }: CampusShop, orderId: string) =>
  system.admin.orders.cancel({ orderId, reason: 'given up' })

test('a capacity counts what was sold before it was set, by itself and in programs', async () => {
  const { shop, workshop, program } = await openShop()
  await shop.buy('ann', [{ variantId: workshop }])
  await shop.buy('bob', [{ variantId: program }])
  await setCapacity(shop, 3)
  await shop.buy('cleo', [{ variantId: workshop }])
  await expect(shop.buy('dan', [{ variantId: workshop }])).rejects.toMatchObject(SOLD_OUT)
  await expect(shop.buy('dan', [{ variantId: program }])).rejects.toMatchObject(SOLD_OUT)
  await assertHealthy(shop.storage, { operator: 'campus' })
})

test('what waited for its money then has its place, and gives it back when it ends', async () => {
  const { shop, workshop } = await openShop()
  const { order } = await shop.buy('ann', [{ variantId: workshop }], { paymentToken: 'tok_requires_action' })
  expect(order.state).toBe('pending')
  await setCapacity(shop, 1)
  await expect(shop.buy('bob', [{ variantId: workshop }])).rejects.toMatchObject(SOLD_OUT)
  expect((await shop.as('ann').carts.get({ cartId: order.cartId })).quote.lines[0]?.refusal).toBeNull()
  await cancel(shop, order.id)
  await shop.buy('bob', [{ variantId: workshop }])
  await assertHealthy(shop.storage, { operator: 'campus' })
})

test('one that is taken away and set again counts what was sold meanwhile, and all once', async () => {
  const { shop, workshop } = await openShop()
  await setCapacity(shop, 4)
  await shop.buy('ann', [{ variantId: workshop }])
  await setCapacity(shop, null)
  await shop.buy('bob', [{ variantId: workshop }])
  await setCapacity(shop, 3)
  await shop.buy('cleo', [{ variantId: workshop }])
  await expect(shop.buy('dan', [{ variantId: workshop }])).rejects.toMatchObject(SOLD_OUT)
  await assertHealthy(shop.storage, { operator: 'campus' })
})

test('one that an import sets counts it too', async () => {
  const { shop } = await openShop()
  const row = { productExternalId: 'bees', type: 'course', title: 'Bees', price: '49', currency: 'EUR' }
  const { products } = shop.system.admin
  await shop.settle(products.import({ rows: importRows(row) }))
  const [bees] = (await products.list({ search: 'Bees' })).items
  const lines = [{ variantId: bees?.variants[0]?.id ?? '' }]
  await shop.buy('ann', lines)
  await shop.settle(products.import({ rows: importRows({ ...row, capacity: '1' }) }))
  await shop.runJobs()
  await expect(shop.buy('bob', lines)).rejects.toMatchObject(SOLD_OUT)
})

test('an import of capacities for many is one walk of the orders, which counts them all', async () => {
  let walks = 0
  const memory = memoryStorage()
  const list: Storage['list'] = (scope, query) => {
    if (query.in === orders.name && query.index === 'createdAt' && query.cursor === undefined) walks += 1
    return memory.list(scope, query)
  }
  const shop = await campusShop({ storage: { ...memory, list } })
  const rows = Array.from({ length: 150 }, (_, place) => {
    return { productExternalId: `c${place}`, type: 'course', title: `Bees ${place}`, price: '49', currency: 'EUR' }
  })
  const { products } = shop.system.admin
  await shop.settle(products.import({ rows: importRows(...rows) }))
  const idOf = async (title: string) => {
    const { items } = await products.list({ search: title })
    return items.find(({ product }) => product.title === title)?.variants[0]?.id ?? ''
  }
  const [first, last] = [{ variantId: await idOf('Bees 0') }, { variantId: await idOf('Bees 149') }]
  await shop.buy('ann', [first, last])
  await shop.settle(products.import({ rows: importRows(...rows.map((row) => ({ ...row, capacity: '1' }))) }))
  walks = 0
  await shop.runJobs()
  expect(walks).toBe(1)
  for (const line of [first, last]) await expect(shop.buy('bob', [line])).rejects.toMatchObject(SOLD_OUT)
  await assertHealthy(shop.storage, { operator: 'campus' })
})

test('one that an older version set, uncounted, is counted once any capacity of the operator is set', async () => {
  const { shop, workshop } = await openShop()
  const line = { prices: [{ priceList: 'eur', amount: 100 }], capacity: 5 }
  const other = (
    await shop.system.admin.products.create({
      type: 'course',
      title: 'Other',
      variants: [{ name: 'standard', ...line }],
    })
  ).product
  await shop.buy('ann', [{ variantId: workshop }])
  const [stored] = await readAll(shop.storage, { operator: 'campus' }, byId(variants, workshop))
  if (stored === null) throw new Error('no workshop')
  await shop.storage.commit({ operator: 'campus' }, [put(variants, stored, { ...stored.body, capacity: 1 })])
  await shop.system.admin.products.update({ productId: other.id, variants: [{ name: 'standard', capacity: 6 }] })
  await shop.runJobs()
  const [places] = await readAll(shop.storage, { operator: 'campus' }, counter(`capacity:${workshop}`))
  expect(places).toMatchObject({ used: 1 })
})

test('a job of an older version, which names one variant, counts it too', async () => {
  const { shop, workshop } = await openShop()
  await shop.buy('ann', [{ variantId: workshop }])
  const [stored] = await readAll(shop.storage, { operator: 'campus' }, byId(variants, workshop))
  if (stored === null) throw new Error('no workshop')
  const job = { do: 'enqueue', id: 'job_old', queue: 'places.count', key: workshop } as const
  await shop.storage.commit({ operator: 'campus', site: 'main' }, [
    put(variants, stored, { ...stored.body, capacity: 1 }),
    { ...job, data: { variantId: workshop } },
  ])
  await shop.runJobs()
  const [places] = await readAll(shop.storage, { operator: 'campus' }, counter(`capacity:${workshop}`))
  expect(places).toMatchObject({ used: 1 })
})

test('more that were sold than it is are a case of the doctor’s', async () => {
  const { shop, workshop } = await openShop()
  for (const who of ['ann', 'bob']) await shop.buy(who, [{ variantId: workshop }])
  await setCapacity(shop, 1)
  const { findings } = await shop.system.admin.reports.doctor({})
  expect(findings).toMatchObject([{ severity: 'case', record: `capacity:${workshop}` }])
})
