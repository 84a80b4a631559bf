import { describe, expect, it } from 'vitest'
import { standardProductTypes } from '../catalog/index.ts'
import type { JsonObject } from '../json/index.ts'
import { importRows } from '../testing/import-rows.ts'
import { testShop } from '../testing/test-shop.ts'
import { importCatalog, listAdminProducts, updateProduct } from './index.ts'

const BEES = { productExternalId: 'bees', type: 'course', title: 'Keeping bees', price: '49', currency: 'EUR' }

/** A shop that has imported a course, and what staff and the host change then. */
async function openShop(first: JsonObject) {
  const shop = await testShop()
  const importOf = (row: JsonObject, ports = shop) => importCatalog(ports, shop.call(), { rows: importRows(row) })
  await importOf(first)
  const get = async () => {
    const [found] = (await listAdminProducts(shop, shop.call(), {})).items
    if (found === undefined) throw new Error('There is no product.')
    return found
  }
  const { product } = await get()
  const update = (fields: object) => updateProduct(shop, shop.call(), { productId: product.id, ...fields })
  return { shop, importOf, get, update }
}

describe('what stays as it was does not refuse an import', () => {
  it('lets attributes go that the type no longer defines', async () => {
    const { shop, importOf, get } = await openShop({
      ...BEES,
      ...{ 'productAttributes.weeks': '6', 'productAttributes.level': 'easy', 'variantAttributes.credits': '3' },
    })
    const productTypes = standardProductTypes.map((type) => ({
      ...type,
      productAttributes: { level: { type: 'text', required: false } as const },
      variantAttributes: {},
    }))
    await importOf({ ...BEES, price: '59' }, { ...shop, productTypes })
    const { product, variants } = await get()
    expect(product.attributes).toEqual({ level: 'easy' })
    expect(variants).toMatchObject([{ attributes: {}, prices: [{ amount: 5900 }] }])
  })

  it('keeps a delivery, and its runs, whose provider the host no longer configures, and refuses a row that names it', async () => {
    const delivery = { fulfilmentProvider: 'lms', fulfilmentTarget: { course: 'bees' } }
    const { shop, importOf, get, update } = await openShop({ ...BEES, ...delivery })
    await update({
      variants: [{ name: 'standard', runs: [{ id: 'may', title: 'May', target: { course: 'bees-may' } }] }],
    })
    const without = { ...shop, fulfilment: {} }
    await importOf({ ...BEES, price: '59' }, without)
    expect((await get()).variants).toMatchObject([
      { fulfilment: { provider: 'lms' }, runs: [{ id: 'may' }], prices: [{ amount: 5900 }] },
    ])
    await expect(importOf({ ...BEES, ...delivery }, without)).rejects.toMatchObject({
      issues: expect.arrayContaining([expect.objectContaining({ path: 'rows.0.fulfilment' })]),
    })
  })
})

describe('a date of a row that contradicts one that the shop keeps', () => {
  const EARLY = '2031-01-01T00:00:00.000Z'
  const LATE = '2032-01-01T00:00:00.000Z'

  it.each([
    [
      'saleEndsAt',
      { variants: [{ name: 'standard', saleStartsAt: LATE }] },
      { saleEndsAt: EARLY },
      'saleStartsAt',
      LATE,
    ],
    [
      'saleStartsAt',
      { variants: [{ name: 'standard', saleEndsAt: EARLY }] },
      { saleStartsAt: LATE },
      'saleEndsAt',
      EARLY,
    ],
    [
      'serviceStart',
      { variants: [{ name: 'standard', serviceEnd: EARLY }] },
      { serviceStart: LATE },
      'serviceEnd',
      EARLY,
    ],
    ['publishUntil', { publication: { from: LATE } }, { publishUntil: EARLY }, 'publishFrom', LATE],
    ['publishFrom', { publication: { until: EARLY } }, { publishFrom: LATE }, 'publishUntil', EARLY],
  ])('is told by its own column: %s', async (column, byStaff, cells, other, kept) => {
    const { importOf, update } = await openShop(BEES)
    await update(byStaff)
    await expect(importOf({ ...BEES, ...cells })).rejects.toMatchObject({
      issues: [
        { path: `rows.0.${column}`, message: expect.stringContaining(`\`${other}\`, which the shop has as ${kept}`) },
      ],
    })
  })
})
