import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BoundedMap } from './bounded-map.ts'

const key = fc.integer({ min: 0, max: 9 })
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('set' as const), key, value: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('get' as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
)

test('finds what was set last or nothing, surely the half that was used last, and takes no more than it may', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.array(step, { maxLength: 80 }), (most, steps) => {
      const map = new BoundedMap<number, number>(most)
      const all = new Map<number, number | undefined>() // the one that was used last is the last; undefined was deleted
      for (const one of steps) {
        if (one.do === 'clear') {
          map.clear()
          all.clear()
        }
        if (one.do === 'delete') {
          map.delete(one.key)
          if (all.has(one.key)) all.set(one.key, undefined)
        }
        const value = one.do === 'set' ? one.value : one.do === 'get' ? map.get(one.key) : undefined
        if (one.do === 'get') expect([undefined, all.get(one.key)]).toContain(value)
        if (one.do === 'set') map.set(one.key, one.value)
        if (value !== undefined && 'key' in one) {
          all.delete(one.key)
          all.set(one.key, value)
        }
        expect(map.size).toBeLessThanOrEqual(most)
        const last = [...all].slice(-Math.floor(most / 2))
        for (const [kept, expected] of last) expect(map.has(kept)).toBe(expected !== undefined)
      }
      for (const [kept, value] of [...all].slice(-Math.floor(most / 2)).toReversed()) expect(map.get(kept)).toBe(value)
    }),
  )
})

test('to ask whether there is one does not keep it, to find it does', () => {
  const filled = () => {
    const map = new BoundedMap<string, number>(4)
    for (const [value, name] of ['a', 'b', 'c'].entries()) map.set(name, value)
    return map
  }
  const [asked, found] = [filled(), filled()]
  expect([asked.has('a'), found.get('a')]).toEqual([true, 0])
  for (const map of [asked, found]) map.set('d', 3)
  expect([asked.has('a'), found.has('a')]).toEqual([false, true])
})

test('null is a value', () => {
  const map = new BoundedMap<string, null>(4)
  map.set('a', null)
  expect([map.get('a'), map.get('b')]).toEqual([null, undefined])
})

test('what is of no use any more goes as others come, and nothing goes before', () => {
  let now = 0
  const map = new BoundedMap<number, number>(1000, { ms: 60, now: () => now })
  for (; now < 600; now += 1) {
    map.set(now, now)
    expect(map.has(Math.max(0, now - 59))).toBe(true)
    expect(map.size).toBeLessThanOrEqual(120)
  }
})
