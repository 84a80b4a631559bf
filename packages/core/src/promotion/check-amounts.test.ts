import { describe, expect, it } from 'vitest'
import type { Money } from '../money/index.ts'
import { checkAmounts, checkPercent } from './check-amounts.ts'

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })
const usd = (amount: number): Money => ({ amount, currency: 'USD' })
const FROM_1 = 'must be a whole number of minor units from 1'
const FROM_0 = 'must be a whole number of minor units from 0'
const TWICE = 'stands here twice'

describe('amounts', () => {
  it.each<[what: string, amounts: Money[], minimum: number, issues: [path: string, message: string][]]>([
    ['one', [eur(500)], 1, []],
    ['one of each currency', [eur(500), usd(600)], 1, []],
    ['the minimum itself', [eur(1)], 1, []],
    ['nothing, where nothing may be', [eur(0)], 0, []],
    ['the largest whole number', [eur(Number.MAX_SAFE_INTEGER)], 1, []],
    ['none', [], 1, [['limits.money', 'must have at least one amount']]],
    ['less than the minimum', [eur(0)], 1, [['limits.money.0.amount', FROM_1]]],
    ['less than nothing', [eur(-1)], 0, [['limits.money.0.amount', FROM_0]]],
    ['a part of a cent', [eur(1.5)], 1, [['limits.money.0.amount', FROM_1]]],
    ['more than can be counted', [eur(2 ** 53)], 1, [['limits.money.0.amount', FROM_1]]],
    ['no number', [eur(Number.NaN)], 0, [['limits.money.0.amount', FROM_0]]],
    [
      'no currency',
      [eur(5), { amount: 5, currency: '' }],
      1,
      [['limits.money.1.currency', 'must be a currency of ISO 4217']],
    ],
    ['a currency twice', [eur(5), usd(5), eur(6)], 1, [['limits.money.2.currency', TWICE]]],
    [
      'all that can be wrong with an amount',
      [
        { amount: 1, currency: 'XXQ' },
        { amount: 0, currency: 'XXQ' },
      ],
      1,
      [
        ['limits.money.0.currency', 'must be a currency of ISO 4217'],
        ['limits.money.1.currency', 'must be a currency of ISO 4217'],
        ['limits.money.1.currency', TWICE],
        ['limits.money.1.amount', FROM_1],
      ],
    ],
  ])('%s', (_, amounts, minimum, issues) => {
    expect(checkAmounts(amounts, 'limits.money', minimum)).toStrictEqual(
      issues.map(([path, message]) => ({ path, message })),
    )
  })
})

describe('a percent', () => {
  it.each(['0.000001', '12.5', '99.999999', '100'])('can be %s', (percent) => {
    expect(checkPercent(percent, 'benefit.percent')).toStrictEqual([])
  })

  it.each(['0', '0.0', '100.000001', '101', '-5', '1e1', ' 5', '5 %', ''])('cannot be %j', (percent) => {
    const message = 'must be over 0 and at most 100'
    expect(checkPercent(percent, 'benefit.percent')).toStrictEqual([{ path: 'benefit.percent', message }])
  })
})
