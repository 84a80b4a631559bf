import { describe, expect, it, vi } from 'vitest'
import { applyRate, isRate, parseRate, taxIncluded } from './rate.ts'

describe('a rate', () => {
  it.each([
    ['0', 0, 100],
    ['19', 19, 100],
    ['19.0', 19, 100],
    ['19.000000', 19, 100],
    ['8.875', 8875, 100_000],
    ['0.000001', 1, 100_000_000],
    ['100', 100, 100],
    ['999999.999999', 999_999_999_999, 100_000_000],
  ])('%j is %i / %i', (text, numerator, denominator) => {
    expect(parseRate(text)).toEqual({ numerator, denominator })
    expect(parseRate(text)).toEqual({ numerator, denominator })
    expect(isRate(text)).toBe(true)
  })

  it.each([
    '',
    ' 19',
    '19%',
    '-1',
    '+1',
    '.5',
    '5.',
    '1e2',
    '0x10',
    '007',
    '1,5',
    '1.0000001',
    '1000000',
    'NaN',
    '19\n',
  ])('refuses %j', (text) => {
    expect(isRate(text)).toBe(false)
    expect(() => parseRate(text)).toThrow(`${JSON.stringify(text)} is not a rate`)
    expect(() => applyRate(100, text)).toThrow(RangeError)
    expect(() => taxIncluded(100, text)).toThrow(RangeError)
  })

  it('stays right when more rates are used than are remembered', () => {
    for (let whole = 0; whole < 2500; whole += 1) expect(applyRate(100, String(whole))).toBe(whole)
    expect(applyRate(10_000, '8.875')).toBe(888)
  })

  it('is read once, until a thousand others were read', async () => {
    vi.resetModules()
    const { parseRate: parseFresh } = await import('./rate.ts')
    const first = parseFresh('1.5')
    for (let read = 1; read < 1000; read += 1) expect(parseFresh(`2.${read}1`)).toBe(parseFresh(`2.${read}1`))
    expect(parseFresh('1.5')).toBe(first)
    parseFresh('3')
    expect(parseFresh('1.5')).not.toBe(first)
  })
})

describe('applyRate', () => {
  it.each([
    [1999, '8.875', 177],
    [2675, '100', 2675],
    [250, '1', 3],
    [-250, '1', -3],
    [50, '1', 1],
    [0, '19', 0],
    [100, '0', 0],
    [7, '50', 4],
    // Beyond the safe product, so in exact integers: 9007199254740991 × 12.345678 % = 1111999808… exactly.
    [9_007_199_254_740_991, '12.345678', Number((9_007_199_254_740_991n * 12_345_678n + 50_000_000n) / 100_000_000n)],
  ])('%i at %s percent is %i', (amount, rate, expected) => {
    expect(applyRate(amount, rate)).toBe(expected)
  })

  it('rounds as the site says, once', () => {
    expect(applyRate(250, '1', 'half_even')).toBe(2)
    expect(applyRate(350, '1', 'half_even')).toBe(4)
    expect(applyRate(399, '1', 'down')).toBe(3)
    expect(applyRate(-399, '1', 'down')).toBe(-3)
  })

  it('refuses fractions and overflow', () => {
    expect(() => applyRate(0.5, '1')).toThrow('An amount is a whole number of minor units within ±(2^53 − 1), not 0.5.')
    expect(() => applyRate(0.5, '200')).toThrow('not 0.5')
    expect(() => applyRate(Number.MAX_SAFE_INTEGER, '100.000001')).toThrow('An amount is a whole number')
    expect(applyRate(Number.MAX_SAFE_INTEGER, '100')).toBe(Number.MAX_SAFE_INTEGER)
  })
})

describe('taxIncluded', () => {
  it.each([
    [11_900, '19', 1900],
    [1999, '19', 319],
    [-1999, '19', -319],
    [10_700, '7', 700],
    [1000, '0', 0],
    [108_875, '8.875', 8875],
    [200, '100', 100],
  ])('%i gross at %s percent contains %i', (gross, rate, expected) => {
    expect(taxIncluded(gross, rate)).toBe(expected)
  })
})
