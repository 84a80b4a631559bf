import { expect, test } from 'vitest'
import { type CollectionShape, collectionAdditions, compileCollection } from './adapter-collection.ts'

const shapeOf = (numbers: readonly 'seats'[]): CollectionShape =>
  compileCollection({
    name: 'rooms',
    of: 'operator',
    columns: { seats: () => 1 },
    numbers,
    unique: {},
    indexes: {},
  }).shape

test('a column that is said to hold something else is refused', () => {
  expect(() => collectionAdditions(shapeOf([]), shapeOf(['seats']))).toThrow('cannot change between numbers and texts')
})

test('a shape that was stored before columns had kinds is taken for what it is now', () => {
  const { numbers: _none, ...stored } = shapeOf([])
  const nothing = { columns: [], unique: [], indexes: [], search: false }
  expect(collectionAdditions(stored, shapeOf(['seats']))).toEqual(nothing)
  expect(collectionAdditions(stored, shapeOf([]))).toEqual(nothing)
})
