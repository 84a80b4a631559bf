import { expect, test } from 'vitest'
import { createRecord } from '../admin/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { testShop } from '../testing/test-shop.ts'
import type { Product } from './product.ts'
import { findCollections } from './product-collection.ts'
import { productCollectionKind } from './product-collection-kind.ts'
import { draftProductFields } from './product-fields.ts'

const product = (id: string, type: string, attributes: Product['attributes'] = {}): Product => ({
  ...draftProductFields({ title: id, attributes }, null),
  ...{ id, type, externalId: null, variants: [], status: 'active', createdAt: '2026-01-01T00:00:00.000Z' },
})

test('holds products by hand, by type and by attributes', () => {
  const of = findCollections([
    { id: 'hand', name: 'Hand', products: ['bees'] },
    { id: 'books', name: 'Books', products: [], rule: { productTypes: ['book'], attributes: {} } },
    { id: 'easy', name: 'Easy', products: ['bees'], rule: { productTypes: null, attributes: { level: 'easy' } } },
    { id: 'art', name: 'Art', products: [], rule: { productTypes: ['course'], attributes: { subjects: 'art' } } },
  ])
  expect(of(product('bees', 'course', { level: 'easy', subjects: ['art', 'nature'] }))).toEqual(['art', 'easy', 'hand'])
  expect(of(product('honey', 'book', { subjects: ['art'] }))).toEqual(['books'])
  expect(of(product('wasps', 'course'))).toEqual([])
})

test.each([
  [{ name: 'A', products: ['prd_none'] }, 'products.0'],
  [{ name: 'A', rule: { productTypes: null, attributes: {} } }, 'rule'],
  [{ name: 'A', rule: { productTypes: null, attributes: { level: ['a'] } } }, 'rule.attributes.level'],
])('is refused with the field named: %o', async (input, path) => {
  const shop = await testShop()
  const made = createRecord(shop, shop.call(), productCollectionKind, input)
  await expect(made).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path }] })
})

test('a promotion of a collection by rule counts for what it holds, from the moment that it does', async () => {
  const shop = await campusShop()
  const { admin } = shop.system
  const bees = await shop.product('book', 'Bees', { prices: [{ priceList: 'eur', amount: 1000 }] })
  const wasps = await shop.product('service', 'Wasps', { prices: [{ priceList: 'eur', amount: 1000 }] })
  const { record } = await admin.collections.create({ name: 'Sale' })
  await admin.promotions.create({
    ...{ id: 'sale', name: 'Sale', conditions: [{ type: 'collections', collections: [record.id] }] },
    benefit: { type: 'percent', percent: '50' },
  })
  const totals = async () => {
    const { quotes } = await shop.system.quotes.create({ lines: [{ variantId: bees }, { variantId: wasps }] })
    return quotes.map(({ total }) => total)
  }
  expect(await totals()).toEqual([1000, 1000])
  await admin.collections.update({ id: record.id, rule: { productTypes: ['book'], attributes: {} } })
  expect(await totals()).toEqual([500, 1000])
})
