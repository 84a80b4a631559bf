import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inTurns } from './in-turns.ts'

test('of nobody more than so much is under way, all is done, in its order, and nobody waits for another', async () => {
  const kind = fc.record({ who: fc.constantFrom('ann', 'bob'), fails: fc.boolean(), turns: fc.nat(5) })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(kind, { maxLength: 30 }), async (atOnce, all) => {
      const inTurn = inTurns(atOnce)
      const begun: Record<string, number[]> = { ann: [], bob: [] }
      const underWay: Record<string, number> = { ann: 0, bob: 0 }
      const results = await Promise.allSettled(
        all.map(({ who, fails, turns }, place) =>
          inTurn(who, async () => {
            begun[who]?.push(place)
            underWay[who] = (underWay[who] ?? 0) + 1
            expect(underWay[who]).toBeLessThanOrEqual(atOnce)
            for (let turn = 0; turn < turns; turn += 1) await null
            underWay[who] -= 1
            if (fails) throw new Error('refused')
            return place
          }),
        ),
      )
      expect(results.map(({ status }) => status)).toEqual(all.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')))
      for (const who of ['ann', 'bob']) {
        expect(begun[who]).toEqual(all.flatMap((one, place) => (one.who === who ? [place] : [])))
      }
    }),
  )
})

test('while all places of somebody are taken, another one is let through', async () => {
  const inTurn = inTurns(1)
  let end = () => {}
  const first = inTurn('ann', () => new Promise<void>((resolve) => (end = resolve)))
  const second = inTurn('ann', async () => 'second')
  expect(await inTurn('bob', async () => 'at once')).toBe('at once')
  end()
  expect([await first, await second]).toEqual([undefined, 'second'])
})
