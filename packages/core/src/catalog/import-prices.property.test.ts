import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exponentOf } from '../money/index.ts'
import { readPrices } from './import-prices.ts'
import { createRowReader } from './import-row-reader.ts'

const currency = fc.constantFrom('JPY', 'EUR', 'INR', 'KWD', 'CLF')
const separator = fc.constantFrom(undefined, '.' as const, ',' as const)
/** A number of up to five digits after its point, as its digits without the point. */
const number = fc.record({ digits: fc.nat(99_999_999), decimals: fc.nat(5) })
const place = fc.constantFrom(
  (price: number, code: string) => ({ price, currency: code }),
  (price: number, code: string) => ({ [`price.${code}`]: price }),
  (price: number, code: string) => ({ prices: [{ price, currency: code }] }),
  (price: number, code: string) => ({ prices: JSON.stringify([{ price, currency: code }]) }),
)

it('takes a number of JSON for what it is, or refuses it, whatever the currency and the separator of the file', () => {
  fc.assert(
    fc.property(number, currency, separator, place, ({ digits, decimals }, code, decimalSeparator, placed) => {
      const raw = placed(digits / 10 ** decimals, code)
      const reader = createRowReader(raw, 1)
      const prices = readPrices(raw, reader, { currency: code, decimalSeparator })
      const minor = (digits * 10 ** exponentOf(code)) / 10 ** decimals
      if (Number.isInteger(minor)) {
        expect(prices, JSON.stringify(raw)).toEqual([{ currency: code, amount: minor, minimumQuantity: 1 }])
        return
      }
      expect(prices, JSON.stringify(raw)).toEqual([])
      expect(reader.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/nothing is rounded/)])
    }),
    { numRuns: 1000 },
  )
})
