import { describe, expect, test } from 'vitest'
import type { PartTax } from '../pricing/index.ts'
import { addAmounts, NO_AMOUNTS, type ShareAmounts, sumAmounts, takeAmounts } from './share-amounts.ts'

const vat = (amount: number, changes: Partial<PartTax> = {}): PartTax => ({
  ...{ taxRate: 'vat', rate: '20', jurisdiction: 'AT', name: 'VAT', amount },
  ...changes,
})
const city = (amount: number): PartTax => vat(amount, { taxRate: 'city', rate: '5', name: 'City' })

const amounts = (net: number, ...taxes: PartTax[]): ShareAmounts => {
  const tax = taxes.reduce((sum, { amount }) => sum + amount, 0)
  return { net, tax, total: net + tax, taxes }
}

describe('takes some of an amount', () => {
  test.each<[string, number, ShareAmounts, ShareAmounts]>([
    ['half', 250, amounts(200, vat(40), city(10)), amounts(200, vat(40), city(10))],
    // 1/500 of each: 0.8, 0.16 and 0.04.
    ['one cent: it goes where most of it belongs', 1, amounts(1, vat(0), city(0)), amounts(399, vat(80), city(20))],
    ['nothing', 0, amounts(0, vat(0), city(0)), amounts(400, vat(80), city(20))],
    ['all', 500, amounts(400, vat(80), city(20)), amounts(0, vat(0), city(0))],
  ])('%s', (_name, total, taken, left) => {
    expect(takeAmounts(amounts(400, vat(80), city(20)), total)).toStrictEqual({ taken, left })
  })
})

describe('adds amounts', () => {
  test('of one tax: its amounts are added', () => {
    expect(addAmounts(amounts(100, vat(20)), amounts(50, vat(10)))).toStrictEqual(amounts(150, vat(30)))
  })

  test('with no tax: it is not named', () => {
    expect(addAmounts(amounts(100, vat(20)), amounts(50, city(0)))).toStrictEqual(amounts(150, vat(20)))
  })

  test.each<[string, Partial<PartTax>]>([
    ['rates by id', { taxRate: 'vat_of_then' }],
    ['rates', { rate: '10' }],
    ['jurisdictions', { jurisdiction: 'AT-6691' }],
    ['names', { name: 'USt' }],
  ])('of other %s: each tax stays by itself', (_what, changes) => {
    const other = amounts(50, vat(10, changes))
    expect(addAmounts(amounts(100, vat(20)), other)).toStrictEqual(amounts(150, vat(20), vat(10, changes)))
  })

  test('of a list, which may be empty', () => {
    expect(sumAmounts([])).toStrictEqual(NO_AMOUNTS)
    expect(sumAmounts([amounts(1, vat(1)), amounts(2), amounts(3, vat(2))])).toStrictEqual(amounts(6, vat(3)))
  })
})
