import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { inTurns, MOST_WAITING, type TurnOf } from './in-turns.ts'

afterEach(() => vi.useRealTimers())

const { signal } = new AbortController()
const useTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
/** Has it begun, or been refused; null while it waits. */
const stateOf = async ({ mayBegin }: ReturnType<TurnOf>): Promise<boolean | null> =>
  Promise.race([mayBegin, new Promise<null>((resolve) => setImmediate(resolve, null))])

test('of nobody more than so much is under way, all begins in its order unless its waiting ended, and nobody waits for another', async () => {
  const kind = fc.record({ who: fc.constantFrom('ann', 'bob'), isGone: fc.boolean(), turns: fc.nat(5) })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(kind, { maxLength: 30 }), async (places, all) => {
      const turnOf = inTurns()
      const begun: Record<string, number[]> = { ann: [], bob: [] }
      const underWay: Record<string, number> = { ann: 0, bob: 0 }
      const results = await Promise.all(
        all.map(async ({ who, isGone, turns }, place) => {
          const caller = new AbortController()
          if (isGone) caller.abort()
          const turn = turnOf(who, { places, signal: caller.signal })
          if (!(await turn.mayBegin)) return false
          begun[who]?.push(place)
          underWay[who] = (underWay[who] ?? 0) + 1
          expect(underWay[who]).toBeLessThanOrEqual(places)
          for (let n = 0; n < turns; n += 1) await null
          underWay[who] -= 1
          turn.end()
          return true
        }),
      )
      expect(results).toEqual(all.map(({ isGone }) => !isGone))
      for (const who of ['ann', 'bob']) {
        expect(begun[who]).toEqual(all.flatMap((one, place) => (one.who === who && !one.isGone ? [place] : [])))
      }
    }),
  )
})

test('while all places of somebody are taken, another one is let through', async () => {
  const turnOf = inTurns()
  const [first, second] = [turnOf('ann', { places: 1, signal }), turnOf('ann', { places: 1, signal })]
  expect(await stateOf(turnOf('bob', { places: 1, signal }))).toBe(true)
  expect([await stateOf(first), await stateOf(second)]).toEqual([true, null])
  first.end()
  expect(await stateOf(second)).toBe(true)
})

test('only so many wait, and only for so long', async () => {
  useTimers()
  const turnOf = inTurns()
  const all = Array.from({ length: MOST_WAITING + 2 }, () => turnOf('ann', { places: 1, signal }))
  const states = () => Promise.all(all.map(stateOf))
  const waiting = Array(MOST_WAITING).fill(null)
  expect(await states()).toEqual([true, ...waiting, false])
  vi.advanceTimersByTime(9999)
  expect(await states()).toEqual([true, ...waiting, false])
  vi.advanceTimersByTime(1)
  expect(await states()).toEqual([true, ...waiting.map(() => false), false])
})

test('a place that nobody gives back is free again after half a minute', async () => {
  useTimers()
  const turnOf = inTurns()
  turnOf('ann', { places: 1, signal })
  vi.advanceTimersByTime(29_999)
  const next = turnOf('ann', { places: 1, signal })
  expect(await stateOf(next)).toBeNull()
  vi.advanceTimersByTime(1)
  expect(await stateOf(next)).toBe(true)
})

test('who is gone gives up the waiting, and not a place: so nobody has more of them', async () => {
  const turnOf = inTurns()
  const [one, two] = [new AbortController(), new AbortController()]
  turnOf('ann', { places: 1, signal: one.signal })
  const second = turnOf('ann', { places: 1, signal: two.signal })
  const third = turnOf('ann', { places: 1, signal })
  one.abort()
  two.abort()
  expect([await stateOf(second), await stateOf(third)]).toEqual([false, null])
})
