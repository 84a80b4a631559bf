import { describe, expect, it } from 'vitest'
import type { PricedCode, PricedPromotion } from './pricing-inputs.ts'
import type { CodeRefusal } from './quote.ts'
import { refusePromotion } from './refuse-promotion.ts'
import { sampleCode, sampleInputs, samplePromotion } from './sample-inputs.ts'

const inputs = sampleInputs()
const [before, now, after] = ['2026-06-15T11:59:59.999Z', inputs.now, '2026-06-15T12:00:00.001Z']
const refused = (promotion: Partial<PricedPromotion>, code: Partial<PricedCode> | null = null) =>
  refusePromotion(samplePromotion(promotion), code === null ? null : sampleCode(code), inputs)

it('applies by itself and by its code', () => {
  expect(refused({})).toBeNull()
  expect(refused({}, {})).toBeNull()
})

describe('a promotion', () => {
  it.each<[what: string, promotion: Partial<PricedPromotion>, expected: CodeRefusal | null]>([
    ['of this site', { sites: ['other', 'main'] }, null],
    ['of other sites', { sites: ['other'] }, 'not_valid'],
    ['of no site', { sites: [] }, 'not_valid'],
    ['that is archived', { status: 'archived' }, 'not_valid'],
    ['that begins a moment later', { from: after }, 'not_yet_valid'],
    ['that begins now', { from: now }, null],
    ['that is over a moment later', { until: after }, null],
    ['that is over now', { until: now }, 'expired'],
    ['that was over before', { until: before }, 'expired'],
    ['with one use left', { usesLeft: 1 }, null],
    ['with no use left', { usesLeft: 0 }, 'used_up'],
    ['of which more is used than its limit allows by now', { usesLeft: -1 }, 'used_up'],
    ['with a cent left', { moneyLeft: 1 }, null],
    ['with no budget', { moneyLeft: null }, null],
    ['with no cent left', { moneyLeft: 0 }, 'used_up'],
    ['that gave more than its budget is by now', { moneyLeft: -1 }, 'used_up'],
    ['that the shopper may use once more', { customerUsesLeft: 1 }, null],
    ['that the shopper has used', { customerUsesLeft: 0 }, 'used_by_you'],
    ['of which is not known whether the shopper has used it', { customerUsesLeft: 'unknown' }, null],
  ])('%s: %j', (_, promotion, expected) => {
    expect(refused(promotion)).toBe(expected)
    expect(refused(promotion, {})).toBe(expected)
  })

  it('that is not known is not valid, with a code or without', () => {
    expect(refusePromotion(null, null, inputs)).toBe('not_valid')
    expect(refusePromotion(null, sampleCode(), inputs)).toBe('not_valid')
  })
})

describe('a code', () => {
  it.each<[what: string, code: Partial<PricedCode>, expected: CodeRefusal | null]>([
    ['of this site', { site: 'main' }, null],
    ['of another site', { site: 'other' }, 'not_valid'],
    ['that is revoked', { status: 'revoked' }, 'not_valid'],
    ['that is somebody else’s', { isTheirs: 'no' }, 'not_for_you'],
    ['that is theirs', { isTheirs: 'yes' }, null],
    ['of which is not known whose it is', { isTheirs: 'unknown' }, null],
    ['that begins a moment later', { from: after }, 'not_yet_valid'],
    ['that begins now', { from: now }, null],
    ['that is over a moment later', { until: after }, null],
    ['that is over now', { until: now }, 'expired'],
    ['with one use left', { usesLeft: 1 }, null],
    ['with no use left', { usesLeft: 0 }, 'used_up'],
    ['that the shopper may use once more', { customerUsesLeft: 1 }, null],
    ['that each may use as often as they like', { customerUsesLeft: null }, null],
    ['that the shopper has used', { customerUsesLeft: 0 }, 'used_by_you'],
    ['that the shopper has used more often than is allowed by now', { customerUsesLeft: -1 }, 'used_by_you'],
    ['of which is not known whether the shopper has used it', { customerUsesLeft: 'unknown' }, null],
  ])('%s: %j', (_, code, expected) => {
    expect(refused({}, code)).toBe(expected)
  })
})

describe('of several reasons the first is told', () => {
  // Each with the cure of what stood before it.
  const reasons: readonly [
    reason: CodeRefusal,
    wrong: [Partial<PricedPromotion>, Partial<PricedCode>],
    cured: [Partial<PricedPromotion>, Partial<PricedCode>],
  ][] = [
    ['not_valid', [{ status: 'archived' }, {}], [{ status: 'active' }, {}]],
    ['not_valid', [{}, { status: 'revoked' }], [{}, { status: 'active' }]],
    ['not_for_you', [{}, { isTheirs: 'no' }], [{}, { isTheirs: 'yes' }]],
    ['not_yet_valid', [{ from: after }, {}], [{ from: null }, {}]],
    ['not_yet_valid', [{}, { from: after }], [{}, { from: null }]],
    ['expired', [{ until: now }, {}], [{ until: null }, {}]],
    ['expired', [{}, { until: now }], [{}, { until: null }]],
    ['used_up', [{ usesLeft: 0 }, {}], [{ usesLeft: null }, {}]],
    ['used_up', [{ moneyLeft: 0 }, {}], [{ moneyLeft: null }, {}]],
    ['used_up', [{}, { usesLeft: 0 }], [{}, { usesLeft: null }]],
    ['used_by_you', [{ customerUsesLeft: 0 }, {}], [{ customerUsesLeft: null }, {}]],
    ['used_by_you', [{}, { customerUsesLeft: 0 }], [{}, { customerUsesLeft: null }]],
  ]

  it.each(reasons.map(([reason, wrong], place) => [reason, Object.keys({ ...wrong[0], ...wrong[1] }), place] as const))(
    '%s, by %j (%i)',
    (reason, _, place) => {
      const states = reasons.map(([, wrong, cured], at) => (at < place ? cured : wrong))
      const promotion = Object.assign({}, ...states.map(([one]) => one))
      const code = Object.assign({}, ...states.map(([, one]) => one))
      expect(refused(promotion, code)).toBe(reason)
    },
  )
})
