import { describe, expect, it } from 'vitest'
import { listAuditEvents } from '../audit/index.ts'
import { products } from '../catalog/index.ts'
import type { JsonObject } from '../json/index.ts'
import { type Price, priceListKind } from '../pricing/index.ts'
import { listAll } from '../storage/index.ts'
import { importRows } from '../testing/import-rows.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import {
  archiveProduct,
  createProduct,
  createRecord,
  getAdminProduct,
  importCatalog,
  listAdminProducts,
  updateProduct,
  updateSite,
} from './index.ts'

const BEES = { productExternalId: 'bees', type: 'course', title: 'Keeping bees', price: '49', currency: 'EUR' }

async function only(shop: TestShop) {
  const { items } = await listAdminProducts(shop, shop.call(), {})
  const [product] = items
  if (product === undefined || items.length > 1) throw new Error(`There are ${items.length} products.`)
  return product
}

const refusedAt = (...paths: string[]) => ({
  code: 'import_refused',
  issues: paths.map((path) => expect.objectContaining({ path })),
})

describe('importing a catalog', () => {
  it('makes products with variants, prices and publications', async () => {
    const shop = await testShop()
    const rows = importRows(
      { ...BEES, variantName: 'audit', price: '0' },
      { ...BEES, variantName: 'verified', capacity: '30', collections: 'summer|nature' },
    )
    const refused = importCatalog(shop, shop.call(), { rows })
    await expect(refused).rejects.toMatchObject({ code: 'import_refused' })
    const agreeing = rows.map((row) => ({ ...row, collections: ['summer'] }))
    const outcome = await importCatalog(shop, shop.call(), { rows: agreeing })
    expect(outcome).toEqual({ created: 1, updated: 0, unchanged: 0 })
    const bees = await only(shop)
    expect(bees).toMatchObject({
      product: { externalId: 'bees', title: 'Keeping bees', metadata: { collections: ['summer'] } },
      publication: { slug: 'keeping-bees', place: 1000 },
    })
    expect(bees.variants.map(({ name, externalId, capacity, prices }) => [name, externalId, capacity, prices])).toEqual(
      [
        ['audit', 'bees:audit', null, [{ priceList: 'eur', amount: 0, minimumQuantity: 1 }]],
        ['verified', 'bees:verified', 30, [{ priceList: 'eur', amount: 4900, minimumQuantity: 1 }]],
      ],
    )
  })

  it('tells once which price list the site lacks', async () => {
    const shop = await testShop()
    const rows = importRows(...['bees', 'wasps'].map((id) => ({ ...BEES, productExternalId: id, currency: 'GBP' })))
    const message = expect.stringContaining('have prices in GBP, and the site has no price list')
    await expect(importCatalog(shop, shop.call(), { rows })).rejects.toMatchObject({
      code: 'import_refused',
      issues: [{ path: 'rows', message }],
    })
  })

  it('writes into the last list for everybody that prices the variant, and leaves a sale above it and a region’s list alone', async () => {
    const shop = await testShop()
    const list = (id: string, more: object) =>
      createRecord(shop, shop.call(), priceListKind, { id, name: id, currency: 'EUR', ...more })
    await list('quebec', { regions: ['CA-QC'], priority: 0 })
    await list('sale', { priority: 10 })
    await updateSite(shop, shop.call(), { id: 'main', priceLists: ['sale', 'quebec', 'eur'] })
    const importAt = (price: string) => importCatalog(shop, shop.call(), { rows: importRows({ ...BEES, price }) })
    const pricesAfter = async (price: string, ...before: readonly Price[]) => {
      if (before.length > 0) {
        const { product } = await only(shop)
        const variants = [{ name: 'standard', prices: before }]
        await updateProduct(shop, shop.call(), { productId: product.id, variants })
      }
      await importAt(price)
      return (await only(shop)).variants[0]?.prices.map(({ priceList, amount }) => `${priceList} ${amount}`)
    }
    const [base, sale] = [
      { priceList: 'eur', amount: 4900, minimumQuantity: 1 },
      { priceList: 'sale', amount: 1900, minimumQuantity: 1 },
    ]
    expect(await pricesAfter('49')).toEqual(['eur 4900'])
    expect(await importAt('49')).toMatchObject({ unchanged: 1 })
    expect(await pricesAfter('59', base, sale)).toEqual(['eur 5900', 'sale 1900'])
    // Shoppers would go on paying what the only list says that has a price.
    expect(await pricesAfter('59', sale)).toEqual(['sale 5900'])
  })

  it('changes nothing the second time', async () => {
    const shop = await testShop()
    const rows = importRows(BEES, { ...BEES, productExternalId: 'wasps', title: 'Wasps' })
    await importCatalog(shop, shop.call(), { rows })
    const before = await listAdminProducts(shop, shop.call(), {})
    expect(await importCatalog(shop, shop.call(), { rows })).toEqual({ created: 0, updated: 0, unchanged: 2 })
    expect(await listAdminProducts(shop, shop.call(), {})).toEqual(before)
    expect(
      (await listAuditEvents(shop, shop.call(), { record: before.items[0]?.product.id ?? '' })).items,
    ).toHaveLength(1)
  })

  it('changes what differs, and leaves alone what no row names', async () => {
    const shop = await testShop()
    await createRecord(shop, shop.call(), priceListKind, {
      id: 'b2b',
      name: 'Companies',
      currency: 'EUR',
      groups: ['b2b'],
    })
    await importCatalog(shop, shop.call(), {
      rows: importRows(BEES, { ...BEES, productExternalId: 'wasps', title: 'Wasps' }),
    })
    const { items } = await listAdminProducts(shop, shop.call(), { search: 'bees' })
    const productId = items[0]?.product.id ?? ''
    await updateProduct(shop, shop.call(), {
      productId,
      publication: { place: 5 },
      variants: [
        {
          name: 'standard',
          prices: [
            { priceList: 'eur', amount: 4900 },
            { priceList: 'b2b', amount: 3900 },
          ],
        },
        { name: 'by hand' },
      ],
    })
    const rows = importRows({ ...BEES, title: 'Keeping wild bees', price: '59' })
    expect(await importCatalog(shop, shop.call(), { rows })).toEqual({ created: 0, updated: 1, unchanged: 0 })
    const bees = await getAdminProduct(shop, shop.call(), { productId })
    expect(bees).toMatchObject({
      product: { title: 'Keeping wild bees' },
      publication: { slug: 'keeping-bees', place: 5 },
    })
    expect(
      bees.variants.map(({ name, prices }) => [name, prices.map(({ priceList, amount }) => [priceList, amount])]),
    ).toEqual([
      [
        'standard',
        [
          ['b2b', 3900],
          ['eur', 5900],
        ],
      ],
      ['by hand', []],
    ])
    expect((await listAdminProducts(shop, shop.call(), {})).items).toHaveLength(2)
  })

  it('adopts a variant of the same name that had no external id', async () => {
    const shop = await testShop()
    const made = await createProduct(shop, shop.call(), {
      ...{ type: 'course', title: 'Bees', externalId: 'bees', variants: [{ name: 'standard' }] },
    })
    await importCatalog(shop, shop.call(), { rows: importRows(BEES) })
    const bees = await only(shop)
    expect(bees.variants).toMatchObject([{ id: made.product.variants[0], externalId: 'bees:standard' }])
  })

  it('makes bundles of what the file and the shop have', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: importRows(BEES) })
    const program = {
      ...{ productExternalId: 'p', type: 'program', title: 'Insects', price: '80' },
      bundleParts: 'bees:standard|wasps:standard',
    }
    await importCatalog(shop, shop.call(), {
      rows: importRows(program, { ...BEES, productExternalId: 'wasps', title: 'Wasps' }),
    })
    const { items } = await listAdminProducts(shop, shop.call(), {})
    const idOf = (externalId: string) => items.find(({ product }) => product.externalId === externalId)
    const parts = idOf('p')?.variants[0]?.bundle?.parts
    expect(parts?.map(({ variantId }) => variantId)).toEqual([
      idOf('bees')?.product.variants[0],
      idOf('wasps')?.product.variants[0],
    ])
  })

  it('leaves a bundle the rules that a file cannot say', async () => {
    const shop = await testShop()
    const program = {
      productExternalId: 'p',
      type: 'program',
      title: 'Insects',
      price: '80',
      bundleParts: 'bees:standard',
    }
    await importCatalog(shop, shop.call(), { rows: importRows(BEES, program) })
    const { items } = await listAdminProducts(shop, shop.call(), { search: 'Insects' })
    const { product, variants } = items[0] ?? {}
    const { name = '', bundle } = variants?.[0] ?? {}
    const ruled = {
      parts: [],
      ...bundle,
      pricing: { type: 'sum_less_percent', percent: '15' },
      ownedParts: 'leave_out',
    } as const
    await updateProduct(shop, shop.call(), { productId: product?.id ?? '', variants: [{ name, bundle: ruled }] })
    await importCatalog(shop, shop.call(), { rows: importRows(program) })
    const again = await listAdminProducts(shop, shop.call(), { search: 'Insects' })
    expect(again.items[0]?.variants[0]?.bundle).toEqual(ruled)
  })

  it('gives many runs of one title slugs of their own, beside what the shop has', async () => {
    const shop = await testShop()
    await createProduct(shop, shop.call(), {
      ...{ type: 'course', title: 'Keeping bees', variants: [{ name: 'a' }], publication: {} },
    })
    const runs = ['r1', 'r2'].map((productExternalId) => ({ ...BEES, productExternalId }))
    await importCatalog(shop, shop.call(), { rows: importRows(...runs) })
    const { items } = await listAdminProducts(shop, shop.call(), {})
    const slugs = items.map(({ publication }) => publication?.slug)
    expect(new Set(slugs).size).toBe(3)
    expect(slugs).toContain('keeping-bees')
  })

  it('lets two products swap their slugs', async () => {
    const shop = await testShop()
    const a = { ...BEES, productExternalId: 'a' }
    const b = { ...BEES, productExternalId: 'b' }
    await importCatalog(shop, shop.call(), { rows: importRows({ ...a, slug: 'one' }, { ...b, slug: 'two' }) })
    await importCatalog(shop, shop.call(), { rows: importRows({ ...a, slug: 'two' }, { ...b, slug: 'one' }) })
    const { items } = await listAdminProducts(shop, shop.call(), {})
    const slugs = new Map(items.map(({ product, publication }) => [product.externalId, publication?.slug]))
    expect(slugs).toEqual(
      new Map([
        ['a', 'two'],
        ['b', 'one'],
      ]),
    )
  })

  it('does not bring back what was archived, and takes off what is not to be published', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: importRows(BEES) })
    await importCatalog(shop, shop.call(), { rows: importRows({ ...BEES, publish: 'no' }) })
    expect((await only(shop)).publication).toBeNull()
    await archiveProduct(shop, shop.call(), { productId: (await only(shop)).product.id })
    await importCatalog(shop, shop.call(), { rows: importRows(BEES) })
    expect(await only(shop)).toMatchObject({ product: { status: 'archived' }, publication: null })
  })

  it('answers once what was done once, when the reply of the commit was lost', async () => {
    const shop = await testShop()
    const { StorageUnavailableError } = await import('../ports/index.ts')
    let isLost = false
    const commit: typeof shop.storage.commit = async (...given) => {
      const answer = await shop.storage.commit(...given)
      if (isLost) return answer
      isLost = true
      throw new StorageUnavailableError('The line broke.', { outcome: 'unknown' })
    }
    const broken = { ...shop, storage: { ...shop.storage, commit } }
    const outcome = await importCatalog(broken, shop.call(), { rows: importRows(BEES) })
    expect(outcome).toEqual({ created: 1, updated: 0, unchanged: 0 })
    await only(shop)
  })
})

describe('an import that cannot be stored', () => {
  it.each<[string, JsonObject[], ...string[]]>([
    ['a currency without a price list', [{ ...BEES, currency: 'GBP' }], 'rows'],
    [
      'a provider that is not there',
      [{ ...BEES, fulfilmentProvider: 'x', fulfilmentTarget: 'y' }],
      'rows.0.fulfilment',
    ],
    ['the same variant with another price', [BEES, { ...BEES, price: '50' }], 'rows.1.variantExternalId'],
    [
      'a bundle of what is nowhere',
      [BEES, { ...BEES, productExternalId: 'p', bundleParts: 'nothing' }],
      'rows.1.bundleParts',
    ],
  ])('with %s stores nothing and says where', async (_what, raw, ...paths) => {
    const shop = await testShop()
    const good = { ...BEES, productExternalId: 'good', title: 'Good' }
    const refused = importCatalog(shop, shop.call(), { rows: importRows(...raw, good) })
    await expect(refused).rejects.toMatchObject(refusedAt(...paths))
    expect(await listAll(shop.storage, { operator: 'acme' }, products, { index: 'createdAt' })).toEqual([])
  })

  it('refuses a slug from the file that another product has', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: importRows(BEES) })
    const rows = importRows({ ...BEES, productExternalId: 'wasps', slug: 'keeping-bees' })
    await expect(importCatalog(shop, shop.call(), { rows })).rejects.toMatchObject(refusedAt('rows.0.slug'))
  })

  it('refuses a variant that belongs to another product, and a change of type', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: importRows(BEES) })
    const moved = importRows({ ...BEES, productExternalId: 'wasps', variantExternalId: 'bees:standard' })
    await expect(importCatalog(shop, shop.call(), { rows: moved })).rejects.toMatchObject(
      refusedAt('rows.0.variantExternalId'),
    )
    const retyped = importRows({ ...BEES, type: 'book' })
    await expect(importCatalog(shop, shop.call(), { rows: retyped })).rejects.toMatchObject(refusedAt('rows.0.type'))
  })
})
