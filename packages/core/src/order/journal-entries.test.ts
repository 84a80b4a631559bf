import { expect, test } from 'vitest'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { sampleOrder } from '../refund/sample-order.ts'
import { saleEntries } from './journal-entries.ts'

/** A course at 49.00 with 19 % in it, at so many percent off: its revenue, its discount, and its tax. */
function booked(percent: string, rates: readonly string[] = ['19']) {
  const [rate = '0', ...more] = rates
  const order = sampleOrder(
    sampleInputs({
      taxRates: [
        {
          ...{ id: 'de', country: 'DE', category: '*', name: 'VAT', rate },
          ...(more.length > 0 ? { more: more.map((one) => ({ name: `Tax of ${one}`, rate: one })) } : {}),
        },
      ],
      variants: variantsById(sampleVariant('var_a', 4900)),
      lines: [{ id: 'lin_1', variantId: 'var_a', quantity: 1 }],
      promotions: percent === '0' ? [] : [samplePromotion({ benefit: { type: 'percent', percent } })],
    }),
  )
  const entries = saleEntries(order)
  expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
  const of = (account: string) =>
    entries.filter((entry) => entry.account === account).reduce((sum, { amount }) => sum + amount, 0)
  return { revenue: of('revenue'), discount: of('discount'), tax: of('tax') }
}

test.each([
  ['0', -4118, 0, -782],
  ['20', -4117, 823, -626],
  ['50', -4118, 2059, -391],
  ['51', -4118, 2100, -383],
  ['99.9', -4117, 4113, -1],
  ['100', -4117, 4117, 0],
])('revenue and discount are without tax: %s percent off', (percent, revenue, discount, tax) => {
  expect(booked(percent)).toEqual({ revenue, discount, tax })
})

test('without each of several taxes', () => {
  // 49.00 / 1.14975
  expect(booked('100', ['5', '9.975'])).toEqual({ revenue: -4261, discount: 4261, tax: 0 })
})

test('without a tax, all of it', () => {
  expect(booked('100', ['0'])).toEqual({ revenue: -4900, discount: 4900, tax: 0 })
})
