import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json/index.ts'
import { importRows } from '../testing/import-rows.ts'
import { memoryShop } from '../testing/memory-shop.ts'

const BEES = { productExternalId: 'bees', type: 'course', title: 'Keeping bees', price: '49', currency: 'EUR' }
const INSECTS = { productExternalId: 'insects', type: 'program', title: 'Insects', price: '80', currency: 'EUR' }
/** What `bursar import --from campus` gives for one mode of a course. */
const NIGHTLY = {
  ...{ ...BEES, variantName: 'verified', variantExternalId: 'bees:verified', variantTitle: 'Verified' },
  ...{ saleEndsAt: '', serviceStart: '2027-01-01T00:00:00Z', serviceEnd: '' },
  ...{ fulfilmentProvider: 'campus', fulfilmentTarget: { course: 'bees', mode: 'verified' } },
}
const CAMPUS = { provider: 'campus', target: { course: 'bees' } }

async function openShop(...raw: readonly JsonObject[]) {
  const { system } = await memoryShop()
  const { admin } = system
  const run = (...rows: readonly JsonObject[]) => admin.products.import({ rows: importRows(...rows) })
  await run(...raw)
  const get = async (search: string) => {
    const [found] = (await admin.products.list({ search })).items
    const [variant] = found?.variants ?? []
    if (found === undefined || variant === undefined) throw new Error(`There is no ${search}.`)
    return { ...found, productId: found.product.id, variant }
  }
  const of = async (search: string) => {
    const { product, variant, publication } = await get(search)
    const { createdAt: _createdAt, ...own } = product
    return { own, variant, publication }
  }
  return { admin, system, run, get, of }
}

describe('an import', () => {
  it('leaves all fields as staff wrote them for which the file has no column', async () => {
    const { admin, run, get, of } = await openShop(BEES)
    const { productId } = await get('bees')
    await admin.products.update({
      ...{ productId, description: 'As staff tell it', attributes: { weeks: 6 } },
      publication: { from: '2020-01-01T00:00:00.000Z', until: '2999-01-01T00:00:00.000Z', slug: 'honey' },
      variants: [
        {
          ...{ name: 'standard', title: 'With a certificate', attributes: { certificate: true } },
          ...{ fulfilment: CAMPUS, capacity: 20, taxCategory: 'reduced', maximumQuantity: 50, validityDays: 90 },
          ...{ saleStartsAt: '2020-01-01T00:00:00.000Z', saleEndsAt: '2999-01-01T00:00:00.000Z' },
          ...{ serviceStart: '2999-02-01T00:00:00.000Z', serviceEnd: '2999-03-01T00:00:00.000Z' },
          prices: [
            { priceList: 'list', amount: 4900, compareAt: 9900 },
            { priceList: 'list', amount: 3900, minimumQuantity: 10 },
          ],
        },
      ],
    })
    const before = await of('bees')
    expect(await run(BEES)).toEqual({ created: 0, updated: 0, unchanged: 1 })
    expect(await of('bees')).toEqual(before)
    await run({ ...BEES, price: '59' })
    const [first, ...tiers] = before.variant.prices
    expect((await of('bees')).variant).toEqual({ ...before.variant, prices: [{ ...first, amount: 5900 }, ...tiers] })
  })

  it('leaves a product off the site that staff took off, unless the file says that it is shown', async () => {
    const { admin, run, get } = await openShop(BEES)
    const { productId } = await get('bees')
    await admin.products.update({ productId, publication: null })
    await run(BEES)
    await run({ ...BEES, publish: '', publishUntil: '2999-01-01' })
    expect((await get('bees')).publication).toBeNull()
    await run({ ...BEES, publish: 'yes' })
    expect((await get('bees')).publication).toMatchObject({ slug: 'keeping-bees', until: null })
  })

  it('of every night leaves capacity, tax category, struck price, tiers and being off sale as staff wrote them', async () => {
    const { admin, run, get, of } = await openShop(NIGHTLY)
    const { productId } = await get('bees')
    await admin.products.update({
      ...{ productId, description: 'As staff tell it', publication: null },
      variants: [
        {
          ...{ name: 'verified', capacity: 30, taxCategory: 'books', maximumQuantity: 50, validityDays: 90 },
          prices: [
            { priceList: 'list', amount: 4900, compareAt: 9900 },
            { priceList: 'list', amount: 3900, minimumQuantity: 10 },
          ],
        },
      ],
    })
    const before = await of('bees')
    await run(NIGHTLY)
    expect(await of('bees')).toEqual(before)
  })

  it('clears what a column that is there leaves empty, and then finds nothing to do', async () => {
    const full = {
      description: 'Long',
      saleEndsAt: '2999-01-01',
      capacity: '5',
      taxCategory: 'books',
      publishUntil: '2999-01-01',
    }
    const { run, of } = await openShop({ ...NIGHTLY, ...full, 'productAttributes.weeks': '6' })
    const empty = Object.fromEntries(Object.keys(full).map((name) => [name, '']))
    const cleared = {
      ...NIGHTLY,
      ...empty,
      'productAttributes.weeks': '',
      fulfilmentProvider: '',
      fulfilmentTarget: '',
    }
    expect(await run(cleared)).toMatchObject({ updated: 1 })
    const { own, variant, publication } = await of('bees')
    expect(own).toMatchObject({ description: '', attributes: {} })
    expect(variant).toMatchObject({
      saleEndsAt: null,
      capacity: null,
      taxCategory: 'digital_learning',
      fulfilment: null,
    })
    expect(publication?.until).toBeNull()
    expect(await run(cleared)).toMatchObject({ unchanged: 1 })
  })

  it('strikes no price through that its own price has reached', async () => {
    const { admin, run, get } = await openShop(BEES)
    const { productId } = await get('bees')
    const prices = [{ priceList: 'list', amount: 4900, compareAt: 9900 }]
    await admin.products.update({ productId, variants: [{ name: 'standard', prices }] })
    await run({ ...BEES, price: '99' })
    expect((await get('bees')).variant.prices).toEqual([{ priceList: 'list', amount: 9900, minimumQuantity: 1 }])
  })

  it('ends a tier that a changed price has reached, so that more pieces cost no more each', async () => {
    const { admin, run, get } = await openShop(BEES)
    const { productId } = await get('bees')
    const tier = (minimumQuantity: number, amount: number) => ({ priceList: 'list', amount, minimumQuantity })
    const tiers = [tier(1, 4900), tier(5, 4900), tier(10, 3900), tier(50, 2500)]
    await admin.products.update({ productId, variants: [{ name: 'standard', prices: tiers }] })
    expect(await run(BEES)).toMatchObject({ unchanged: 1 })
    await run({ ...BEES, price: '29' })
    expect((await get('bees')).variant.prices).toEqual([tier(1, 2900), tier(50, 2500)])
  })

  it('finds variants by their own ids, and leaves them their names', async () => {
    const audit = { ...BEES, variantName: 'audit', variantExternalId: 'a', price: '0' }
    const { admin, run, get } = await openShop({ ...BEES, variantName: 'verified', variantExternalId: 'v' }, audit)
    const { productId } = await get('bees')
    await run({ ...BEES, variantExternalId: 'v', price: '59' }, { ...BEES, variantExternalId: 'a', price: '1' })
    const { variants } = await admin.products.get({ productId })
    expect(variants.map(({ name, prices }) => [name, prices[0]?.amount])).toEqual([
      ['verified', 5900],
      ['audit', 100],
    ])
    const twins = run({ ...BEES, variantExternalId: 'x' }, { ...BEES, variantExternalId: 'y' })
    await expect(twins).rejects.toMatchObject({ issues: [{ path: 'rows.1.variantName' }] })
  })

  it('without a price keeps what the shop has, and refuses what would come onto the site without any', async () => {
    const { price: _price, ...unpriced } = BEES
    const { run, get } = await openShop(BEES)
    await run({ ...unpriced, capacity: '7' })
    expect((await get('bees')).variant).toMatchObject({ capacity: 7, prices: [{ amount: 4900 }] })
    const refused = run({ ...unpriced, productExternalId: 'wasps', title: 'Wasps' })
    await expect(refused).rejects.toMatchObject({ code: 'import_refused', issues: [{ path: 'rows.0.price' }] })
    await run({ ...unpriced, productExternalId: 'wasps', title: 'Wasps', publish: 'no' })
    expect((await get('wasps')).publication).toBeNull()
  })
})

describe('what comes onto the site', () => {
  const { price: _price, ...UNPRICED } = BEES
  const refusedPrice = { code: 'import_refused', issues: [{ path: 'rows.0.price' }] }

  it('has a price in a list of this site', async () => {
    const { admin, run, get } = await openShop(BEES)
    const { productId } = await get('bees')
    await admin.priceLists.create({ id: 'elsewhere', name: 'Of another site', currency: 'EUR' })
    await admin.products.update({
      ...{ productId, publication: null },
      variants: [{ name: 'standard', prices: [{ priceList: 'elsewhere', amount: 100 }] }],
    })
    await expect(run({ ...UNPRICED, publish: 'yes' })).rejects.toMatchObject(refusedPrice)
    await admin.priceLists.create({ id: 'here', name: 'For companies', currency: 'EUR', groups: ['companies'] })
    await admin.sites.update({ id: 'main', priceLists: ['list', 'here'] })
    await admin.products.update({
      productId,
      variants: [{ name: 'standard', prices: [{ priceList: 'here', amount: 100 }] }],
    })
    await run({ ...UNPRICED, publish: 'yes' })
    expect((await get('bees')).publication).not.toBeNull()
  })

  it('is nothing that was archived: without a price it refuses no import', async () => {
    const { admin, run, get } = await openShop({ ...UNPRICED, publish: 'no' })
    const { productId } = await get('bees')
    await expect(run({ ...UNPRICED, publish: 'yes' })).rejects.toMatchObject(refusedPrice)
    await admin.products.archive({ productId })
    await run({ ...UNPRICED, publish: 'yes' })
    expect((await get('bees')).publication).toBeNull()
  })

  it('is what any row of the product says: the others need not name it', async () => {
    const two = (first: JsonObject, second: JsonObject) => [
      { ...BEES, variantName: 'audit', ...first },
      { ...UNPRICED, variantName: 'verified', ...second },
    ]
    const { run, get } = await openShop(...two({ publish: 'no' }, {}))
    expect((await get('bees')).publication).toBeNull()
    await run(...two({ publish: '' }, { publish: 'yes', publishUntil: '2999-01-01', description: 'Long', price: '59' }))
    expect(await get('bees')).toMatchObject({
      product: { description: 'Long' },
      publication: { until: '2999-01-02T00:00:00.000Z' },
    })
  })
})

describe('a bundle', () => {
  const WASPS = { ...BEES, productExternalId: 'wasps', title: 'Wasps' }
  const BUNDLE = { ...INSECTS, bundleParts: 'bees:standard|wasps:standard' }

  it('stays one where the file does not name its parts', async () => {
    const { run, get } = await openShop(BEES, WASPS, BUNDLE)
    const { bundle } = (await get('insects')).variant
    await run({ ...INSECTS, price: '90' })
    await run({ ...INSECTS, bundleParts: '' })
    expect((await get('insects')).variant.bundle).toEqual(bundle)
    await run(BUNDLE)
    const nested = run(
      { ...INSECTS, price: '80' },
      { ...BUNDLE, productExternalId: 'all', title: 'All', bundleParts: 'insects:standard' },
    )
    await expect(nested).rejects.toMatchObject({ issues: [{ message: 'is a bundle: a bundle holds no bundles' }] })
  })

  it('keeps the groups that the file cannot say', async () => {
    const { admin, run, get } = await openShop(BEES, WASPS, { ...BEES, productExternalId: 'ants', title: 'Ants' })
    const idOf = async (name: string) => (await get(name)).variant.id
    const parts = [
      { id: 'b', variantId: await idOf('bees') },
      { id: 'w', variantId: await idOf('wasps') },
    ]
    const bundle = {
      parts: [],
      groups: [{ id: 'g', choose: 1, parts }],
      pricing: { type: 'own_price' },
      ownedParts: 'sell_all',
    } as const
    const prices = [{ priceList: 'list', amount: 9000 }]
    await admin.products.create({
      ...{ type: 'program', title: 'Insects', externalId: 'insects' },
      variants: [{ name: 'standard', externalId: 'insects:standard', bundle, prices }],
    })
    await run(INSECTS)
    expect((await get('insects')).variant).toMatchObject({ bundle, prices: [{ amount: 8000 }] })
    await run({ ...INSECTS, bundleParts: 'ants:standard' })
    const widened = { ...bundle, parts: [{ id: 'p1', variantId: await idOf('ants') }] }
    expect((await get('insects')).variant.bundle).toEqual(widened)
  })

  it('is never made a single variant by staff, for nothing would be delivered', async () => {
    const { admin, get } = await openShop(BEES, WASPS, BUNDLE)
    const { productId } = await get('insects')
    const updating = admin.products.update({ productId, variants: [{ name: 'standard', bundle: null }] })
    await expect(updating).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'variants.0.bundle', message: expect.stringContaining('cannot be taken from a bundle') }],
    })
  })
})
