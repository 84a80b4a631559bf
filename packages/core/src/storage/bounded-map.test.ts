import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BoundedMap } from './bounded-map.ts'

test('holds the entries that were set last, and no more than it may', () => {
  const sets = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer()), { maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), sets, (most, entries) => {
      const map = new BoundedMap<number, number>(most)
      for (const [key, value] of entries) map.set(key, value)
      const newest = new Map(entries.toReversed().filter(([key], at, all) => all.findIndex(([k]) => k === key) === at))
      expect([...map].toReversed()).toEqual([...newest].slice(0, most))
    }),
  )
})

test('reading an entry does not keep it', () => {
  const map = new BoundedMap<string, number>(2).set('a', 1).set('b', 2)
  expect(map.get('a')).toBe(1)
  map.set('c', 3)
  expect([...map.keys()]).toEqual(['b', 'c'])
})

test('forgets what has expired, two for each that comes', () => {
  let now = 0
  const map = new BoundedMap<string, number>(10, (until) => until <= now)
  for (const [key, until] of Object.entries({ a: 1, b: 2, c: 3, d: 9 })) map.set(key, until)
  now = 3
  map.set('e', 9)
  expect([...map.keys()]).toEqual(['c', 'd', 'e'])
  map.set('f', 9)
  expect([...map.keys()]).toEqual(['d', 'e', 'f'])
  map.set('g', 9)
  expect([...map.keys()]).toEqual(['d', 'e', 'f', 'g'])
})
