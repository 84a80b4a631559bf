import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../ids/index.ts'
import { isSameJson } from './is-same-json.ts'

/** Few names and few values, so that two of them are often the same, or nearly. */
const few = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(0, 1, '', '1', null, true), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 2 }),
  object: fc.dictionary(fc.constantFrom('a', 'b', '0', 'length'), fc.oneof(tie('value'), fc.constant(undefined)), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
})).value

test('two values are the same JSON where their canonical texts are', () => {
  fc.assert(
    fc.property(few, few, (left, right) => {
      expect(isSameJson(left, right)).toBe(canonicalJson(left) === canonicalJson(right))
    }),
    { numRuns: 2000 },
  )
})

test('the same members in another order, and one that is undefined', () => {
  expect(isSameJson({ a: 1, b: [{ c: 'x' }] }, { b: [{ c: 'x', d: undefined }], a: 1 })).toBe(true)
  expect(isSameJson({ a: undefined }, { b: 1 })).toBe(false)
  expect(isSameJson([], {})).toBe(false)
})
