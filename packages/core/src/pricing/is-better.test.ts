import { expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import type { Contender } from './contender.ts'
import { isBetter } from './is-better.ts'
import { samplePromotion } from './sample-inputs.ts'
import type { Outcome } from './try-together.ts'

const rule = builtInRules.benefits.get('percent')
if (rule === undefined) throw new Error('percent has no rule')

/** Promotions by id and priority that together take so much, each of them something. */
const outcome = (discount: number, ...promotions: [id: string, priority?: number][]): Outcome<Contender> => ({
  discount,
  taken: promotions.map(([id, priority = 0]) => ({
    by: {
      ...{ promotion: samplePromotion({ id, priority }), rule, lines: [], money: null, code: null },
      ...{ step: 'cart_promotion', isUncertain: false },
    },
    ...{ amounts: [], sum: 0, isCut: false },
  })),
})

it.each<[string, Outcome<Contender>, Outcome<Contender>]>([
  ['the larger discount', outcome(101, ['b'], ['c']), outcome(100, ['a', 9])],
  ['of equal ones that with the larger priority', outcome(100, ['b', 2]), outcome(100, ['a', 1], ['c', 1])],
  ['of equal priorities that with the smaller id', outcome(100, ['a', 1]), outcome(100, ['b', 1])],
  ['the largest priority counts, not the first to apply', outcome(9, ['b', 1], ['a', 3]), outcome(9, ['c', 2])],
  ['where the first is one, the second decides', outcome(9, ['a'], ['b']), outcome(9, ['a'], ['c'])],
  ['where all are, the one with fewer', outcome(9, ['a']), outcome(9, ['a'], ['b'])],
])('%s is better', (_name, better, worse) => {
  expect(isBetter(better, worse)).toBe(true)
  expect(isBetter(worse, better)).toBe(false)
})

it('of the same promotions, and of those that take nothing, none is better', () => {
  expect(isBetter(outcome(9, ['a'], ['b']), outcome(9, ['b'], ['a']))).toBe(false)
  expect(isBetter(outcome(0), outcome(0))).toBe(false)
})
