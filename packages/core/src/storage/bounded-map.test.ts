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

test('finds what was set last or nothing, surely what was added last, and takes no more than it may', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.array(step, { maxLength: 120 }), (most, steps) => {
      const map = new BoundedMap<number, number>(most)
      const all = new Map<number, number>()
      for (const one of steps) {
        if (one.do === 'get') expect([undefined, all.get(one.key)]).toContain(map.get(one.key))
        if (one.do === 'clear') {
          map.clear()
          all.clear()
        }
        if (one.do === 'delete') {
          map.delete(one.key)
          all.delete(one.key)
          expect(map.has(one.key)).toBe(false)
        }
        if (one.do === 'set') {
          const before = map.size
          const isNew = !map.has(one.key)
          map.set(one.key, one.value)
          all.set(one.key, one.value)
          expect(map.has(one.key)).toBe(true)
          expect(map.size).toBe(Math.min(most, before + (isNew ? 1 : 0)))
        }
      }
      const found = [...all].filter(([key, value]) => map.get(key) === value)
      expect(found).toHaveLength(map.size)
    }),
  )
})

test('to ask whether there is one does not keep it, to find it does', () => {
  const filled = () => {
    const map = new BoundedMap<string, number>(4)
    for (const [value, name] of ['a', 'b', 'c', 'd'].entries()) map.set(name, value)
    return map
  }
  const [asked, found] = [filled(), filled()]
  expect([asked.has('a'), found.get('a')]).toEqual([true, 0])
  for (const map of [asked, found]) map.set('e', 4)
  expect([asked.has('a'), found.has('a')]).toEqual([false, true])
})

test('what many ask for stays, however much somebody walks through once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 0, max: 400 }), (most, walked) => {
      const map = new BoundedMap<string, number>(most)
      const wanted = Array.from({ length: Math.floor(most / 2) }, (_, n) => `wanted ${n}`)
      for (const name of wanted) {
        map.set(name, 0)
        map.get(name)
      }
      for (let n = 0; n < walked; n += 1) map.set(`walked ${n}`, n)
      expect(wanted.filter((name) => !map.has(name))).toEqual([])
    }),
  )
})

test('what nobody asks for any more goes, although many asked for it once', () => {
  const map = new BoundedMap<number, number>(20)
  const ask = (key: number) => {
    if (map.get(key) === undefined) map.set(key, key)
  }
  for (let turn = 0; turn < 9; turn += 1) for (let key = 0; key < 15; key += 1) ask(key)
  for (let turn = 0; turn < 9; turn += 1) for (let key = 100; key < 115; key += 1) ask(key)
  expect(Array.from({ length: 15 }, (_, n) => map.has(100 + n))).not.toContain(false)
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
