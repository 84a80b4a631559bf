import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortFew } from './sort-few.ts'

test('it sorts as the engine does, equals in the order that they had, in the list that it was given', () => {
  const item = fc.record({ key: fc.integer({ min: 0, max: 9 }), name: fc.string({ maxLength: 3 }) })
  const byKey = (left: { key: number }, right: { key: number }) => left.key - right.key
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40, size: 'max' }), (items) => {
      const given = [...items]
      expect(sortFew(given, byKey)).toBe(given)
      expect(given).toEqual(items.toSorted(byKey))
    }),
  )
})
