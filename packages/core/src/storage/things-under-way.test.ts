import fc from 'fast-check'
import { expect, test } from 'vitest'
import { survivingBytes } from '../testing/surviving-bytes.ts'
import { thingsUnderWay } from './things-under-way.ts'

test('it holds what came and did not leave, whatever leaves first, comes again, or is told twice to leave', () => {
  const step = fc.record({ comes: fc.boolean(), at: fc.nat() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const underWay = thingsUnderWay<{ readonly n: number }>()
      const expected = new Map<{ readonly n: number }, () => void>()
      const left: { readonly n: number }[] = []
      const gone: (() => void)[] = []
      for (const [n, { comes, at }] of steps.entries()) {
        const [thing, leave] = [...expected][at % Math.max(1, expected.size)] ?? []
        if (comes || thing === undefined || leave === undefined) {
          const again = left.pop() ?? { n }
          expected.set(again, underWay.enter(again))
        } else {
          leave()
          expected.delete(thing)
          left.push(thing)
          gone.push(leave)
        }
        gone[at % Math.max(1, gone.length)]?.()
        expect(new Set(underWay.all())).toEqual(new Set(expected.keys()))
        expect(underWay.all()).toHaveLength(expected.size)
      }
    }),
  )
})

test('what has left does not outlive the cheap collections', async () => {
  const underWay = thingsUnderWay<{ readonly weight: number[] }>()
  const leaving: (() => void)[] = []
  const survived = await survivingBytes(4000, () => {
    leaving.push(underWay.enter({ weight: new Array(1000).fill(0.5) }))
    if (leaving.length > 16) leaving.shift()?.()
  })
  // Of 32 MB; a Set in its place lets most of them live.
  expect(survived).toBeLessThan(4_000_000)
})
