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

test('what is used is the newest', () => {
  const map = new BoundedMap<string, number>(2).set('a', 1).set('b', 2)
  expect([map.use('a'), map.use('none')]).toEqual([1, undefined])
  map.set('c', 3)
  expect([...map]).toEqual([
    ['a', 1],
    ['c', 3],
  ])
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

test('holds what a plain list would, whatever is set, deleted, cleared and has expired', () => {
  const key = fc.integer({ min: 0, max: 6 })
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('set' as const), key, value: fc.integer({ min: 0, max: 30 }) }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), by: fc.integer({ min: 1, max: 10 }) }) },
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 80 }), (most, steps) => {
      let now = 0
      const map = new BoundedMap<number, number>(most, (until) => until <= now)
      let list: [number, number][] = []
      for (const one of steps) {
        if (one.do === 'wait') now += one.by
        if (one.do === 'clear') [list] = [[], map.clear()]
        if (one.do === 'delete') [list] = [list.filter(([kept]) => kept !== one.key), map.delete(one.key)]
        if (one.do === 'set') {
          list = list.filter(([kept]) => kept !== one.key)
          for (let tries = 0; tries < 2; tries += 1) if ((list[0]?.[1] ?? now + 1) <= now) list.shift()
          list = [...list, [one.key, one.value] as [number, number]].slice(-most)
          map.set(one.key, one.value)
        }
        expect([...map]).toEqual(list)
      }
    }),
  )
})
