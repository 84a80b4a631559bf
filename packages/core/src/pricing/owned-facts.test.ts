import { describe, expect, it } from 'vitest'
import type { OwnedThings } from '../promotion/index.ts'
import { couldNotBeLearnt, isForShopper, ownershipOf, paidFor } from './owned-facts.ts'
import { sampleInputs } from './sample-inputs.ts'

const shopper = (owned: Partial<OwnedThings> | 'unknown' | undefined) => ({
  ...sampleInputs().shopper,
  owned: typeof owned === 'object' ? { products: [], variants: [], ...owned } : owned,
})

describe('of whether the shopper owns a variant', () => {
  it.each<[what: string, owned: Partial<OwnedThings> | 'unknown' | undefined, known: string, couldNot: boolean]>([
    ['a guest, who is not asked about', undefined, 'unknown', false],
    ['somebody of whom nothing could be learnt', 'unknown', 'unknown', false],
    ['somebody who owns it', { variants: ['var_b', 'var_a'] }, 'yes', false],
    ['somebody who owns another', { variants: ['var_b'] }, 'no', false],
    ['somebody of whom just this could not be learnt', { unknown: ['var_b', 'var_a'] }, 'unknown', true],
    ['somebody of whom another could not be learnt', { unknown: ['var_b'] }, 'no', false],
  ])('is known of %s', (_, owned, known, couldNot) => {
    expect(ownershipOf(shopper(owned), 'var_a')).toBe(known)
    expect(couldNotBeLearnt(shopper(owned), 'var_a')).toBe(couldNot)
  })
})

describe('what was paid for a variant', () => {
  const paid = { var_a: { amount: 700, listPrice: 1000 } }
  it('is what is known of it alone', () => {
    expect(paidFor(shopper({ paid }), 'var_a')).toEqual({ amount: 700, listPrice: 1000 })
    expect(paidFor(shopper({ paid }), 'var_b')).toBeNull()
    for (const owned of [{}, 'unknown', undefined] as const) expect(paidFor(shopper(owned), 'var_a')).toBeNull()
  })
})

describe('what the shopper owns', () => {
  it('counts for one unit that they buy for themselves', () => {
    expect(isForShopper({ quantity: 1 })).toBe(true)
    expect(isForShopper({ quantity: 2 })).toBe(false)
    expect(isForShopper({ quantity: 1, forOthers: true })).toBe(false)
  })
})
