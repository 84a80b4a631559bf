import { describe, expect, it } from 'vitest'
import { addMoney, compareMoney, money, multiplyMoney, negateMoney, subtractMoney, sumMoney, zero } from './money.ts'

const MAX = Number.MAX_SAFE_INTEGER
const usd = (amount: number) => money(amount, 'USD')

describe('money', () => {
  it('holds whole minor units of a currency that exists', () => {
    expect(money(18_600, 'KWD')).toStrictEqual({ amount: 18_600, currency: 'KWD' })
    expect(zero('JPY')).toStrictEqual({ amount: 0, currency: 'JPY' })
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX + 1, -MAX - 1])('refuses the amount %d', (amount) => {
    expect(() => usd(amount)).toThrow(`An amount is a whole number of minor units within ±(2^53 − 1), not ${amount}.`)
  })

  it('refuses a currency that does not exist', () => {
    expect(() => money(1, 'usd')).toThrow(RangeError)
    expect(() => zero('XAU')).toThrow(RangeError)
  })

  it('adds, subtracts, negates and multiplies', () => {
    expect(addMoney(usd(1999), usd(1))).toStrictEqual(usd(2000))
    expect(subtractMoney(usd(1), usd(1999))).toStrictEqual(usd(-1998))
    expect(negateMoney(usd(5))).toStrictEqual(usd(-5))
    expect(multiplyMoney(usd(333), 3)).toStrictEqual(usd(999))
    expect(multiplyMoney(usd(333), -2)).toStrictEqual(usd(-666))
  })

  it('has one zero only', () => {
    for (const value of [negateMoney(usd(0)), multiplyMoney(usd(0), -1), multiplyMoney(usd(-1), 0), usd(-0)]) {
      expect(Object.is(value.amount, 0)).toBe(true)
    }
  })

  it('compares', () => {
    expect([usd(3), usd(-1), usd(2)].sort(compareMoney).map(({ amount }) => amount)).toEqual([-1, 2, 3])
    expect(compareMoney(usd(2), usd(2))).toBe(0)
    expect(compareMoney(usd(3), usd(2))).toBeGreaterThan(0)
    expect(compareMoney(usd(2), usd(3))).toBeLessThan(0)
  })

  it('never mixes currencies', () => {
    const jpy = money(100, 'JPY')
    expect(() => addMoney(usd(1), jpy)).toThrow('USD and JPY')
    expect(() => subtractMoney(usd(1), jpy)).toThrow(RangeError)
    expect(() => compareMoney(usd(1), jpy)).toThrow(RangeError)
    expect(() => sumMoney('USD', [usd(1), jpy])).toThrow(RangeError)
    expect(() => sumMoney('USD', [usd(MAX), usd(MAX), usd(-MAX), jpy])).toThrow('USD and JPY')
  })

  it('refuses to overflow', () => {
    expect(addMoney(usd(MAX - 1), usd(1))).toStrictEqual(usd(MAX))
    expect(() => addMoney(usd(MAX), usd(1))).toThrow(RangeError)
    expect(() => subtractMoney(usd(-MAX), usd(1))).toThrow(RangeError)
    expect(() => multiplyMoney(usd(2 ** 40), 2 ** 20)).toThrow(RangeError)
    expect(() => sumMoney('USD', [usd(MAX), usd(MAX)])).toThrow(RangeError)
  })

  it('multiplies by whole numbers only', () => {
    expect(() => multiplyMoney(usd(100), 0.5)).toThrow('Money is multiplied by a whole number only, not 0.5.')
    expect(() => multiplyMoney(usd(100), Number.NaN)).toThrow(RangeError)
  })

  it('sums in any order, also where a partial sum is too large', () => {
    expect(sumMoney('EUR', [])).toStrictEqual(zero('EUR'))
    expect(sumMoney('USD', [usd(1), usd(2), usd(3)])).toStrictEqual(usd(6))
    expect(sumMoney('USD', [usd(MAX), usd(MAX), usd(-MAX), usd(-1)])).toStrictEqual(usd(MAX - 1))
    expect(sumMoney('USD', [usd(MAX), usd(-MAX), usd(-1), usd(MAX)])).toStrictEqual(usd(MAX - 1))
    // Three times the largest is past what a double holds to the unit.
    expect(sumMoney('USD', [usd(MAX), usd(MAX), usd(MAX), usd(-MAX), usd(-MAX)])).toStrictEqual(usd(MAX))
    expect(() => sumMoney('XAU', [])).toThrow(RangeError)
  })
})
