import { describe, expect, it } from 'vitest'
import type { Call, Principal, Ref } from '../ports/index.ts'
import { CodesAhead } from './codes-ahead.ts'

const callOf = (principal: Principal, operator = 'school'): Call => ({
  ...{ scope: { operator, site: principal.site }, principal, operation: 'carts.applyCode', key: null },
  ...{ fingerprint: '', ifVersion: null, now: '2026-06-15T12:00:00.000Z' },
})
const ANN = callOf({ type: 'customer', site: 'main', customerId: 'ann' })
const NOBODY = callOf({ type: 'shopper', site: 'main' })
const OPEN = { uses: null }
const asked: Ref[] = [
  ...[{ counter: 'code:c1' }, { counter: 'code:c1:cus_ann' }, { counter: 'orders:cus_ann' }],
  { in: 'customers', id: 'nobody' },
]

describe('what a process remembers of codes', () => {
  it('is what was asked, with the names of whoever applies it next', () => {
    const ahead = new CodesAhead()
    ahead.accepted(ANN, 'SPRING', { customerId: 'cus_ann', code: OPEN, asked })
    expect(ahead.refsOf(ANN, 'SPRING', 'cus_eve')).toEqual([
      ...[{ counter: 'code:c1' }, { counter: 'code:c1:cus_eve' }, { counter: 'orders:cus_eve' }],
      { in: 'customers', id: 'nobody' },
    ])
  })

  it('is as much of nothing for another word, site or operator, and for nobody', () => {
    const ahead = new CodesAhead()
    ahead.accepted(ANN, 'SPRING', { customerId: 'cus_ann', code: OPEN, asked })
    const nothing = ahead.refsOf(ANN, 'SUMMER', 'cus_ann')
    expect(nothing).toHaveLength(7)
    expect(ahead.refsOf(callOf({ ...ANN.principal, site: 'second' }), 'SPRING', 'cus_ann')).toEqual(nothing)
    expect(ahead.refsOf(callOf(ANN.principal, 'other'), 'SPRING', 'cus_ann')).toEqual(nothing)
    expect(ahead.refsOf(NOBODY, 'SPRING', null)).toEqual(nothing)
  })

  it.each([
    ['for a single use', { uses: 1 }],
    ['of one person', { uses: null, isTheirs: 'yes' as const }],
  ])('is nothing of a code %s', (_words, code) => {
    const ahead = new CodesAhead()
    ahead.accepted(ANN, 'SECRET', { customerId: 'cus_ann', code, asked })
    expect(ahead.refsOf(ANN, 'SECRET', 'cus_ann')).toEqual(ahead.refsOf(ANN, 'NEVERMADE', 'cus_ann'))
  })

  it('leaves out what counts the tries', () => {
    const ahead = new CodesAhead()
    ahead.accepted(NOBODY, 'SPRING', { customerId: null, code: OPEN, asked: [{ counter: 'tries:crt_1' }, ...asked] })
    expect(ahead.refsOf(NOBODY, 'SPRING', null)).toEqual(asked)
  })

  it('knows the record of a customer who was met, at that operator', () => {
    const ahead = new CodesAhead()
    ahead.meet(ANN, { id: 'cus_ann' })
    ahead.meet(NOBODY, { id: 'cus_none' })
    const elsewhere = callOf(ANN.principal, 'other')
    expect([ANN, elsewhere, NOBODY].map((call) => ahead.customerOf(call))).toEqual(['cus_ann', null, null])
  })

  it('counts the codes that are under way, until each is done', () => {
    const ahead = new CodesAhead()
    const [first, second] = [ahead.enter(ANN, 'tries:a'), ahead.enter(ANN, 'tries:a')]
    expect([ahead.underWay(ANN, 'tries:a'), ahead.underWay(ANN, 'tries:b')]).toEqual([2, 0])
    first()
    expect(ahead.underWay(ANN, 'tries:a')).toBe(1)
    second()
    expect(ahead.underWay(ANN, 'tries:a')).toBe(0)
  })
})
