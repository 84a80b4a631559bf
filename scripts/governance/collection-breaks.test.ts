import { expect, test } from 'vitest'
import { collectionBreaks, declaredCollections, type RememberedCollection } from './collection-breaks.ts'

const changed = (name: string, change: object): RememberedCollection[] =>
  declaredCollections().map((shape) => (shape.name === name ? { ...shape, ...change } : shape))

test('what is declared now can be migrated to itself, and to more', () => {
  const now = declaredCollections()
  expect(collectionBreaks(now, now)).toEqual([])
  const orders = now.find(({ name }) => name === 'orders')
  const more = changed('orders', { indexes: { ...orders?.indexes, another: ['number'] } })
  expect(collectionBreaks(now, more)).toEqual([])
})

test.each<[string, object, RegExp]>([
  ['an index that is gone', { indexes: {} }, /"orders" cannot be migrated: index "\w+" was declared before/],
  ['a unique key that is gone', { unique: {} }, /"orders" cannot be migrated: unique key "\w+" was declared before/],
  ['a column that is gone', { columns: [] }, /"orders" cannot be migrated: column "\w+" was declared before/],
  ['another owner', { of: 'operator' }, /"orders" cannot be migrated: of cannot change/],
])('%s is found', (_what, change, sentence) => {
  expect(collectionBreaks(declaredCollections(), changed('orders', change))).toEqual([expect.stringMatching(sentence)])
})

test('a collection that is gone is found', () => {
  const fewer = declaredCollections().filter(({ name }) => name !== 'carts')
  expect(collectionBreaks(declaredCollections(), fewer)).toEqual([
    'Collection "carts" was declared before and is missing.',
  ])
})
