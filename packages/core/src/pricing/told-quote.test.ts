import { describe, expect, it } from 'vitest'
import { quote } from './price-cart.ts'
import type { PricedCode } from './pricing-inputs.ts'
import type { QuoteCode } from './quote.ts'
import { sampleCode, sampleInputs } from './sample-inputs.ts'
import { isSecretive, toldQuote } from './told-quote.ts'

describe('of a code a guesser must learn nothing', () => {
  it.each<[secretive: boolean, what: string, code: Partial<PricedCode>]>([
    [true, 'when it is for a single use', { uses: 1 }],
    [false, 'when it is for several uses', { uses: 2 }],
    [false, 'when it is for any number of uses', { uses: null }],
    [true, 'when it is somebody else’s', { uses: null, isTheirs: 'no' }],
    [true, 'when it may be somebody else’s', { uses: null, isTheirs: 'unknown' }],
    [false, 'when it is their own', { uses: 1, isTheirs: 'yes' }],
    [false, 'when the host signed it', { uses: 1, signed: { percent: '10' } }],
    [true, 'when it is for a single use and the host signed nothing', { uses: 1, signed: null }],
  ])('%j %s', (secretive, _what, code) => {
    expect(isSecretive(sampleCode(code))).toBe(secretive)
  })
})

describe('a shopper is told', () => {
  const told = (code: Partial<PricedCode>, answer: Partial<QuoteCode>) => {
    const inputs = sampleInputs({ codes: [sampleCode(code)] })
    const codes = [{ id: 'cod_1', code: 'SPRING', applied: false, refusal: null, ...answer }]
    return toldQuote({ ...quote(inputs), codes }, inputs).codes[0]
  }
  const ENDED = ['not_valid', 'not_yet_valid', 'expired', 'used_up', 'used_by_you', 'not_for_you'] as const
  const HEALED = ['not_for_these_items', 'below_minimum', 'not_here', 'not_now', 'not_with_others'] as const

  it.each(ENDED)('no more than that a secretive code is not valid, where it is %s', (refusal) => {
    expect(told({ uses: 1 }, { refusal, name: 'Spring sale', others: ['Autumn'] })).toEqual({
      ...{ id: 'cod_1', code: 'SPRING', applied: false, refusal: 'not_valid' },
    })
  })

  it.each(HEALED)('that a secretive code is %s, for another cart may heal it', (refusal) => {
    expect(told({ uses: 1 }, { refusal })).toMatchObject({ refusal })
  })

  it('that a secretive code applies', () => {
    expect(told({ uses: 1 }, { applied: true })).toEqual({ id: 'cod_1', code: 'SPRING', applied: true, refusal: null })
  })

  it.each([...ENDED, ...HEALED])('that a code of which no secret is made is %s', (refusal) => {
    expect(told({ uses: null }, { refusal, name: 'Spring sale' })).toMatchObject({ refusal, name: 'Spring sale' })
  })

  it('of two codes that the secretive one is not valid, and why the other one is not', () => {
    const inputs = sampleInputs({ codes: [sampleCode({ uses: 1 }), sampleCode({ id: 'cod_2', code: 'FAIR' })] })
    const expired = { applied: false, refusal: 'expired' as const }
    const codes = [
      { ...expired, id: 'cod_1', code: 'SPRING' },
      { ...expired, id: 'cod_2', code: 'FAIR' },
    ]
    const shown = toldQuote({ ...quote(inputs), codes }, inputs).codes
    expect(shown.map(({ refusal }) => refusal)).toEqual(['not_valid', 'expired'])
  })
})
