import { describe, expect, it } from 'vitest'
import { listAuditEvents } from '../audit/index.ts'
import { type CreateProductInput, publications, type VariantInput } from '../catalog/index.ts'
import { PRICING_VERSION_ID, pricingVersions } from '../pricing/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import {
  archiveProduct,
  createProduct,
  createSite,
  getAdminProduct,
  listAdminProducts,
  updateProduct,
} from './index.ts'

const VERIFIED: VariantInput = {
  name: 'verified',
  fulfilment: { provider: 'lms', target: { course: 'bees' } },
  prices: [{ priceList: 'eur', amount: 4900 }],
}
const BEES: CreateProductInput = {
  ...{ type: 'course', title: 'Keeping bees', description: 'From hive to honey.', externalId: 'bees-101' },
  attributes: { level: 'beginner', weeks: 6 },
  variants: [VERIFIED],
  publication: {},
}

async function pricingChanges(shop: TestShop) {
  const [stored] = await readAll(shop.storage, { operator: 'acme' }, byId(pricingVersions, PRICING_VERSION_ID))
  return stored?.body.changes.at(-1)?.ids
}

async function publishedOn(shop: TestShop, site: string, productId: string) {
  const [stored] = await readAll(shop.storage, { operator: 'acme', site }, byId(publications, productId))
  return stored?.body ?? null
}

describe('making a product', () => {
  it('stores product, variants, prices and publication together', async () => {
    const shop = await testShop()
    const made = await createProduct(shop, shop.call(), BEES)
    const variantId = made.product.variants[0] ?? ''
    expect(made).toMatchObject({
      product: { type: 'course', title: 'Keeping bees', status: 'active', externalId: 'bees-101' },
      version: 1,
      variants: [
        {
          ...{ id: variantId, name: 'verified', maximumQuantity: 1, taxCategory: 'digital_learning', capacity: null },
          prices: [{ priceList: 'eur', amount: 4900, minimumQuantity: 1 }],
        },
      ],
      publication: { slug: 'keeping-bees', place: 1000, from: null, until: null },
    })
    expect(await getAdminProduct(shop, shop.call(), { productId: made.product.id })).toEqual(made)
    expect(await pricingChanges(shop)).toEqual([variantId, `main:${made.product.id}`])
    const { items } = await listAuditEvents(shop, shop.call(), { record: made.product.id })
    expect(items[0]?.fields).toEqual(expect.arrayContaining(['title', 'variants', 'prices', 'publication']))
  })

  it('makes one product for one idempotency key', async () => {
    const shop = await testShop()
    const call = shop.call({ key: 'key-0001', fingerprint: 'f' })
    const first = await createProduct(shop, call, BEES)
    expect(await createProduct(shop, call, BEES)).toEqual(first)
    expect((await listAdminProducts(shop, shop.call(), {})).items).toHaveLength(1)
  })

  it('gives a second product of the same title a slug of its own, also at once', async () => {
    const shop = await testShop()
    const titles = ['bees-101', 'bees-102', 'bees-103'].map((externalId) =>
      createProduct(shop, shop.call(), { ...BEES, externalId }),
    )
    const slugs = (await Promise.all(titles)).map(({ publication }) => publication?.slug)
    expect(new Set(slugs).size).toBe(3)
    expect(slugs).toContain('keeping-bees')
  })

  it('names the member whose value is taken', async () => {
    const shop = await testShop()
    const variant = { ...VERIFIED, externalId: 'v-1' }
    await createProduct(shop, shop.call(), { ...BEES, variants: [variant] })
    const taken = (reason: string) => ({ code: 'unique_taken', reason })
    const sameId = createProduct(shop, shop.call(), BEES)
    await expect(sameId).rejects.toMatchObject(taken('externalId'))
    const other = { ...BEES, externalId: 'other' }
    const sameVariant = createProduct(shop, shop.call(), { ...other, variants: [{ name: 'a' }, variant] })
    await expect(sameVariant).rejects.toMatchObject(taken('variants.1.externalId'))
    const sameSlug = createProduct(shop, shop.call(), { ...other, publication: { slug: 'keeping-bees' } })
    await expect(sameSlug).rejects.toMatchObject(taken('publication.slug'))
    expect((await listAdminProducts(shop, shop.call(), {})).items).toHaveLength(1)
  })

  it.each<[string, Partial<CreateProductInput>, string]>([
    ['an unknown type', { type: 'car' }, 'type'],
    ['an unknown attribute', { attributes: { colour: 'red' } }, 'attributes.colour'],
    ['an attribute of another type', { attributes: { weeks: '6' } }, 'attributes.weeks'],
    ['a list that is too long', { attributes: { subjects: Array(21).fill('x') } }, 'attributes.subjects'],
    ['two variants of one name', { variants: [VERIFIED, VERIFIED] }, 'variants.1.name'],
    [
      'an unknown price list',
      { variants: [{ name: 'a', prices: [{ priceList: 'gbp', amount: 1 }] }] },
      'variants.0.prices.0.priceList',
    ],
    [
      'an unknown provider',
      { variants: [{ name: 'a', fulfilment: { provider: 'x', target: {} } }] },
      'variants.0.fulfilment',
    ],
    [
      'a bad target',
      { variants: [{ name: 'a', fulfilment: { provider: 'lms', target: {} } }] },
      'variants.0.fulfilment',
    ],
    ['a negative capacity', { variants: [{ name: 'a', capacity: -1 }] }, 'variants.0.capacity'],
    ['a slug with a slash', { publication: { slug: 'a/b' } }, 'publication.slug'],
    [
      'a window that ends before it begins',
      { variants: [{ name: 'a', saleStartsAt: '2026-02-01T00:00:00.000Z', saleEndsAt: '2026-01-01T00:00:00.000Z' }] },
      'variants.0.saleEndsAt',
    ],
    [
      'two prices for one list and quantity',
      {
        variants: [
          {
            name: 'a',
            prices: [
              { priceList: 'eur', amount: 1 },
              { priceList: 'eur', amount: 2, minimumQuantity: 1 },
            ],
          },
        ],
      },
      'variants.0.prices.1',
    ],
  ])('refuses %s', async (_what, change, path) => {
    const shop = await testShop()
    const made = createProduct(shop, shop.call(), { ...BEES, ...change })
    await expect(made).rejects.toMatchObject({ code: 'invalid_input', issues: [expect.objectContaining({ path })] })
    expect((await listAdminProducts(shop, shop.call(), {})).items).toEqual([])
  })
})

describe('bundles', () => {
  const bundleOf = (...ids: string[]): VariantInput => ({
    name: 'all',
    bundle: {
      parts: ids.map((variantId, index) => ({ id: `p${index}`, variantId })),
      ...{ pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
    },
  })
  const program = (variant: VariantInput): CreateProductInput => ({
    type: 'program',
    title: 'Program',
    variants: [variant],
  })

  it('hold variants that are there, and no bundles', async () => {
    const shop = await testShop()
    const part = (await createProduct(shop, shop.call(), BEES)).product.variants[0] ?? ''
    const made = await createProduct(shop, shop.call(), program(bundleOf(part)))
    const whole = made.product.variants[0] ?? ''
    const path = 'variants.0.bundle.parts.0.variantId'
    for (const wrong of ['var_unknown', whole]) {
      const bundle = createProduct(shop, shop.call(), program(bundleOf(wrong)))
      await expect(bundle).rejects.toMatchObject({ issues: [{ path }] })
    }
  })

  it('are made and do not become: what a bundle holds cannot turn into one', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), BEES)
    const other = await createProduct(shop, shop.call(), { ...BEES, externalId: 'b' })
    const turn = updateProduct(shop, shop.call(), {
      productId: product.id,
      variants: [{ ...bundleOf(other.product.variants[0] ?? ''), name: 'verified', fulfilment: null }],
    })
    await expect(turn).rejects.toMatchObject({ issues: [{ path: 'variants.0.bundle' }] })
  })
})

describe('changing a product', () => {
  it('changes what is named: one variant by its name, another added, the rest as it was', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), BEES)
    const changed = await updateProduct(shop, shop.call({ ifVersion: 1 }), {
      productId: product.id,
      title: 'Bees',
      variants: [
        { name: 'verified', capacity: 20 },
        { name: 'audit', prices: [{ priceList: 'eur', amount: 0 }] },
      ],
    })
    expect(changed).toMatchObject({ version: 2, product: { title: 'Bees', description: 'From hive to honey.' } })
    expect(changed.variants.map(({ name, capacity, prices }) => [name, capacity, prices.length])).toEqual([
      ['verified', 20, 1],
      ['audit', null, 1],
    ])
    expect(changed.publication).toMatchObject({ slug: 'keeping-bees' })
    expect(await getAdminProduct(shop, shop.call(), { productId: product.id })).toEqual(changed)
  })

  it('takes it off the site and puts it back', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), BEES)
    const off = await updateProduct(shop, shop.call(), { productId: product.id, publication: null })
    expect(off.publication).toBeNull()
    expect(await publishedOn(shop, 'main', product.id)).toBeNull()
    const back = await updateProduct(shop, shop.call(), { productId: product.id, publication: { place: 3 } })
    expect(back.publication).toMatchObject({ slug: 'keeping-bees', place: 3 })
  })

  it('writes nothing where nothing differs', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), BEES)
    const before = await pricingChanges(shop)
    await updateProduct(shop, shop.call(), { productId: product.id, title: 'Keeping bees', variants: [VERIFIED] })
    expect(await pricingChanges(shop)).toEqual(before)
    expect((await listAuditEvents(shop, shop.call(), { record: product.id })).items).toHaveLength(1)
  })

  it('refuses a version that the caller did not see, and a product of another operator', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), BEES)
    const input = { productId: product.id, title: 'B' }
    await updateProduct(shop, shop.call(), input)
    const late = updateProduct(shop, shop.call({ ifVersion: 1 }), { ...input, title: 'C' })
    await expect(late).rejects.toMatchObject({ code: 'version_conflict' })
    const foreign = updateProduct(shop, shop.call({ operator: 'other' }), input)
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each([
    ['a price', { variants: [{ name: 'verified', prices: [{ priceList: 'eur', amount: 1 }] }] }],
    ['a variant', { variants: [{ name: 'verified', title: 'With a certificate' }] }],
    ['the publication', { publication: { place: 1 } }],
  ])('refuses a version that was seen before %s was changed', async (_what, change) => {
    const shop = await testShop()
    const { product, version } = await createProduct(shop, shop.call(), BEES)
    const changed = await updateProduct(shop, shop.call(), { productId: product.id, ...change })
    expect(changed.version).toBe(version + 1)
    const late = updateProduct(shop, shop.call({ ifVersion: version }), { productId: product.id, title: 'C' })
    await expect(late).rejects.toMatchObject({ code: 'version_conflict' })
  })

  it('is found by its new title on all sites of the operator', async () => {
    const shop = await testShop()
    await createSite(shop, shop.call(), {
      ...{ id: 'second', name: 'Second', seller: 'acme-seller', currencies: ['EUR'], country: 'DE' },
    })
    const { product } = await createProduct(shop, shop.call(), BEES)
    const second = shop.call({ site: 'second' })
    await updateProduct(shop, second, { productId: product.id, publication: { slug: 'bienen' } })
    await updateProduct(shop, shop.call(), { productId: product.id, title: 'Honig' })
    for (const site of ['main', 'second']) {
      expect((await publishedOn(shop, site, product.id))?.texts[0]).toEqual({ text: 'Honig', weight: 10 })
    }
    expect((await publishedOn(shop, 'second', product.id))?.slug).toBe('bienen')
  })
})

describe('archiving a product', () => {
  it('takes it off all sites for ever, keeps it for staff, and can be repeated', async () => {
    const shop = await testShop()
    await createSite(shop, shop.call(), {
      ...{ id: 'second', name: 'Second', seller: 'acme-seller', currencies: ['EUR'], country: 'DE' },
    })
    const { product } = await createProduct(shop, shop.call(), BEES)
    await updateProduct(shop, shop.call({ site: 'second' }), { productId: product.id, publication: {} })
    const archived = await archiveProduct(shop, shop.call(), { productId: product.id })
    expect(archived).toMatchObject({ product: { status: 'archived' }, publication: null, version: 3 })
    expect(await publishedOn(shop, 'second', product.id)).toBeNull()
    expect(await archiveProduct(shop, shop.call(), { productId: product.id })).toEqual(archived)
    const back = updateProduct(shop, shop.call(), { productId: product.id, publication: {} })
    await expect(back).rejects.toMatchObject({ issues: [{ path: 'publication' }] })
    expect((await listAdminProducts(shop, shop.call(), {})).items).toHaveLength(1)
  })
})

describe('listing products', () => {
  it('shows the newest first, page by page, or what a search finds', async () => {
    const shop = await testShop()
    for (const title of ['One', 'Two', 'Three']) {
      await shop.runtime.advance(1000)
      await createProduct(shop, shop.call(), { type: 'book', title, variants: [{ name: 'paper' }] })
    }
    const first = await listAdminProducts(shop, shop.call(), { limit: 2 })
    expect(first.items.map(({ product }) => product.title)).toEqual(['Three', 'Two'])
    const second = await listAdminProducts(shop, shop.call(), { limit: 2, cursor: first.nextCursor ?? '' })
    expect(second.items.map(({ product }) => product.title)).toEqual(['One'])
    expect(second.nextCursor).toBeNull()
    const found = await listAdminProducts(shop, shop.call(), { search: 'tw' })
    expect(found.items.map(({ product }) => product.title)).toEqual(['Two'])
  })
})
