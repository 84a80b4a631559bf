import { describe, expect, it } from 'vitest'
import type { PricedCode, PricedPromotion } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion } from './sample-inputs.ts'
import { withinSigned } from './within-signed.ts'

const members = (changes: Partial<PricedPromotion> = {}) =>
  samplePromotion({ name: 'Members', requiresCode: true, signedByHost: true, ...changes })
const inputsWith = (codes: readonly PricedCode[], promotions: readonly PricedPromotion[] = [members()]) =>
  sampleInputs({ codes, promotions })
const typed = (id: string, changes: Partial<PricedCode> = {}) => sampleCode({ id, code: `WORD-${id}`, ...changes })
const signed = (id: string, percent = '5', changes: Partial<PricedCode> = {}) =>
  sampleCode({ id, code: `token-${id}`, signed: { percent }, ...changes })
const idsOf = (...codes: readonly PricedCode[]) => withinSigned(inputsWith(codes)).codes.map(({ id }) => id)
const benefitsOf = (...given: Parameters<typeof inputsWith>) =>
  withinSigned(inputsWith(...given)).promotions.map(({ benefit }) => benefit)

describe('codes', () => {
  it('stand by id, those that were signed last, whatever their order', () => {
    for (const codes of [
      [signed('a'), typed('d'), signed('c'), typed('b')],
      [typed('b'), signed('c'), typed('d'), signed('a')],
      [signed('c'), signed('a'), typed('d'), typed('b')],
    ]) {
      expect(idsOf(...codes)).toEqual(['b', 'd', 'a', 'c'])
    }
    expect(idsOf(typed('c'), typed('a'), typed('b'))).toEqual(['a', 'b', 'c'])
  })

  it('that were typed stay as they are, and so do their promotions', () => {
    const codes = [typed('b'), typed('a')]
    const inputs = inputsWith(codes)
    expect(withinSigned(inputs)).toStrictEqual({ ...inputs, codes: [codes[1], codes[0]] })
  })

  it('are no reason to make inputs anew where there are none, or one that was typed', () => {
    for (const inputs of [inputsWith([]), inputsWith([typed('a')])]) expect(withinSigned(inputs)).toBe(inputs)
  })

  it('that were signed go by their promotion’s name, and are not valid where it does not allow them', () => {
    const code = signed('a')
    const name = { ...code, code: 'Members' }
    expect(withinSigned(inputsWith([code])).codes).toStrictEqual([name])
    const refusing = [members({ signedByHost: false })]
    expect(withinSigned(inputsWith([code], refusing)).codes).toStrictEqual([{ ...name, status: 'revoked' }])
    expect(withinSigned(inputsWith([code], [])).codes).toStrictEqual([code])
  })
})

describe('a promotion', () => {
  it('gives what was signed, where that opens it', () => {
    expect(benefitsOf([signed('a', '5')])).toEqual([{ type: 'percent', percent: '5' }])
    expect(benefitsOf([signed('b', '5'), signed('a', '7')])).toEqual([{ type: 'percent', percent: '7' }])
  })

  it('gives all that it has to who typed a code of it', () => {
    expect(benefitsOf([signed('a', '5'), typed('b')])).toEqual([{ type: 'percent', percent: '20' }])
    expect(benefitsOf([signed('a', '5'), typed('b', { status: 'revoked' })])).toEqual([
      { type: 'percent', percent: '5' },
    ])
  })

  it('stays as it is beside one of which something was signed', () => {
    const other = samplePromotion({ id: 'pro_2' })
    const { promotions } = withinSigned(inputsWith([signed('a', '5')], [members(), other]))
    expect(promotions.map(({ benefit }) => benefit)).toEqual([
      { type: 'percent', percent: '5' },
      { type: 'percent', percent: '20' },
    ])
    expect(promotions[1]).toBe(other)
  })

  it('stays as it is where a code of it was typed beside what was signed of another', () => {
    const other = members({ id: 'pro_2', name: 'Welcome back' })
    const codes = [typed('z', { promotionId: 'pro_2' }), signed('a', '5')]
    const { promotions } = withinSigned(inputsWith(codes, [members(), other]))
    expect(promotions.map(({ benefit }) => benefit)).toEqual([
      { type: 'percent', percent: '5' },
      { type: 'percent', percent: '20' },
    ])
  })

  it('stays as it is where what was signed is not allowed', () => {
    const refusing = members({ signedByHost: false })
    expect(withinSigned(inputsWith([signed('a', '5')], [refusing])).promotions).toEqual([refusing])
  })
})
