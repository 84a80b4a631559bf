import { describe, expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import { assertLinesAddUp } from './finish-cart.ts'
import { priceInputs } from './price-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const lines = (...amounts: number[]) =>
  amounts.flatMap(
    (amount) =>
      priceInputs(
        sampleInputs({
          lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
          variants: variantsById(sampleVariant('var_a', amount)),
        }),
        builtInRules,
      ).sold,
  )

describe('lines add up', () => {
  it('to the largest whole number that is exact', () => {
    expect(() => assertLinesAddUp(lines(Number.MAX_SAFE_INTEGER - 1, 1))).not.toThrow()
  })

  it('to no more', () => {
    expect(() => assertLinesAddUp(lines(Number.MAX_SAFE_INTEGER, 1))).toThrow(RangeError)
  })
})
