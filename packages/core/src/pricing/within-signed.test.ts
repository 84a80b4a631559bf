import { describe, expect, it } from 'vitest'
import type { PricedCode } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion } from './sample-inputs.ts'
import { withinSigned } from './within-signed.ts'

/** 20 % off, of which the host may sign less. */
const loyal = samplePromotion({ requiresCode: true, signedByHost: true })
const typed = (id: string) => sampleCode({ id })
const signed = (id: string, percent: string) => sampleCode({ id, code: `token ${id}`, signed: { percent } })
const within = (...codes: readonly PricedCode[]) => withinSigned(sampleInputs({ promotions: [loyal], codes }))
const answered = (...codes: readonly PricedCode[]) => {
  const inputs = within(...codes)
  return { order: inputs.codes.map(({ id }) => id), benefit: inputs.promotions[0]?.benefit }
}
const percentOff = (percent: string) => ({ type: 'percent', percent })

describe('codes that open promotions', () => {
  it('are by id, those that the host signed last', () => {
    const order = ['a', 'c', 'b', 'd']
    const [a, c, b, d] = [typed('a'), typed('c'), signed('b', '5'), signed('d', '6')]
    for (const codes of [
      [a, b, c, d],
      [d, c, b, a],
      [b, d, c, a],
      [c, d, a, b],
    ])
      expect(answered(...codes).order).toEqual(order)
  })

  it('give what is signed where such a one opens the promotion', () => {
    expect(answered(signed('a', '5')).benefit).toEqual(percentOff('5'))
    expect(answered(signed('b', '7'), signed('a', '5')).benefit).toEqual(percentOff('5'))
    expect(answered(signed('a', '5'), signed('b', '7')).benefit).toEqual(percentOff('5'))
  })

  it('give all that the promotion has where one was typed', () => {
    expect(answered(typed('z')).benefit).toEqual(percentOff('20'))
    expect(answered(signed('a', '5'), typed('z')).benefit).toEqual(percentOff('20'))
  })

  it('beside others that are signed stay within what was signed of theirs', () => {
    const other = samplePromotion({ id: 'pro_2', name: 'Welcome back', requiresCode: true, signedByHost: true })
    const codes = [sampleCode({ id: 'z', promotionId: 'pro_2' }), signed('a', '5')]
    const { promotions } = withinSigned(sampleInputs({ promotions: [loyal, other], codes }))
    expect(promotions.map(({ benefit }) => benefit)).toEqual([percentOff('5'), percentOff('20')])
  })

  it('go by the promotion’s name where nobody typed them', () => {
    expect(within(signed('a', '5'), typed('b')).codes).toEqual([
      sampleCode({ id: 'b' }),
      sampleCode({ id: 'a', code: 'Spring sale', signed: { percent: '5' } }),
    ])
  })

  it('are revoked where the promotion lets no such discount be signed, or no more', () => {
    const codes = [signed('a', '5')]
    const { codes: answer } = withinSigned(sampleInputs({ promotions: [samplePromotion()], codes }))
    expect(answer).toEqual([sampleCode({ ...codes[0], code: 'Spring sale', status: 'revoked' })])
  })

  it('stay as they are where their promotion is not there', () => {
    const codes = [signed('a', '5')]
    expect(withinSigned(sampleInputs({ codes })).codes).toEqual(codes)
  })
})
