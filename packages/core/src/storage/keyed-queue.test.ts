import { expect, test } from 'vitest'
import { survivingBytes } from '../testing/surviving-bytes.ts'
import { KeyedQueue } from './keyed-queue.ts'

test('answers that were given do not outlive the cheap collections', async () => {
  const queue = new KeyedQueue()
  const ends: (() => void)[] = []
  let carts = 0
  const survived = await survivingBytes(4000, async () => {
    carts += 1
    const answer = new Promise<number[]>((resolve) => ends.push(() => resolve(new Array(1000).fill(0.5))))
    void queue.run(`cart ${carts}`, () => answer)
    if (ends.length > 16) ends.shift()?.()
  })
  // Of 32 MB, all of which lived as long as the map itself held the answers.
  expect(survived).toBeLessThan(4_000_000)
})
