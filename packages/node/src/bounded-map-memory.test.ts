import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { BoundedMap } from '@bursar/core/storage-adapter'
import { expect, test } from 'vitest'

// Here, for core's own tests know nothing of Node.
test('a bounded map takes no memory for what it held before, though its oldest entry stays', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const map = new BoundedMap<string, number>(10_000).set('oldest', 0)
  const heap = (sets: number) => {
    for (let n = 0; n < sets; n += 1) map.set(`key ${n % 50}`, n)
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = heap(1000)
  expect(heap(300_000) - before).toBeLessThan(2 * 2 ** 20)
  expect(map.size).toBe(51)
})
