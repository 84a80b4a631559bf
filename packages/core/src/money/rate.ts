import { exactAmount } from './exact-amount.ts'
import { divideRounded, divideRoundedSafe, type RoundingMode } from './rounding.ts'

/** A rate as an exact fraction: `'8.875'` percent is 8875 / 100000. */
export interface Rate {
  /** A safe integer, zero or more. */
  readonly numerator: number
  /** A power of ten from 100 to 100,000,000. */
  readonly denominator: number
}

/** Whole percents up to 999,999 keep every scaled rate below 10^12, far within the safe integers. */
const RATE = /^(0|[1-9]\d{0,5})(?:\.(\d{1,6}))?$/

/** Sites use a handful of rates; the bound only stops a flood of made-up ones from filling the memory. */
const MAX_CACHED_RATES = 1000
const cachedRates = new Map<string, Rate>()

/** Whether a text is a rate: a decimal in percent without sign or exponent, `'8.875'`, at most six decimals. */
export function isRate(text: string): boolean {
  return RATE.test(text)
}

/**
 * Reads a rate in percent.
 *
 * @throws RangeError when the text is not a rate (see {@link isRate}).
 */
export function parseRate(text: string): Rate {
  const cached = cachedRates.get(text)
  if (cached !== undefined) return cached
  const rate = readRate(text)
  if (cachedRates.size >= MAX_CACHED_RATES) cachedRates.clear()
  cachedRates.set(text, rate)
  return rate
}

/**
 * `amount × rate`, rounded to a whole number: the tax on a net amount, or so many percent off.
 *
 * @param amount minor units, a safe integer; a negative amount is the mirror of the positive one.
 * @param rate a decimal string in percent.
 * @throws RangeError on a bad amount or rate, or on overflow.
 */
export function applyRate(amount: number, rate: string, mode: RoundingMode = 'half_up'): number {
  const { numerator, denominator } = parseRate(rate)
  return multiplyAndDivide(amount, numerator, denominator, mode)
}

/**
 * The tax that a gross amount contains: `gross × rate / (100 + rate)`, rounded to a whole number.
 *
 * @param gross minor units with tax, a safe integer.
 * @param rate a decimal string in percent.
 * @throws RangeError on a bad amount or rate.
 */
export function taxIncluded(gross: number, rate: string, mode: RoundingMode = 'half_up'): number {
  const { numerator, denominator } = parseRate(rate)
  return multiplyAndDivide(gross, numerator, denominator + numerator, mode)
}

function readRate(text: string): Rate {
  const match = RATE.exec(text)
  if (match === null) {
    throw new RangeError(
      `${JSON.stringify(text)} is not a rate: percent as a decimal of at most six decimals, like '8.875'.`,
    )
  }
  // Trailing zeros go, so that '19.000000' stays on the fast path as far as '19' does.
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  return Object.freeze({ numerator: Number(`${match[1]}${decimals}`), denominator: 100 * 10 ** decimals.length })
}

function multiplyAndDivide(amount: number, numerator: number, denominator: number, mode: RoundingMode): number {
  const product = exactAmount(amount) * numerator
  if (Number.isSafeInteger(product)) return divideRoundedSafe(product, denominator, mode)
  return exactAmount(Number(divideRounded(BigInt(amount) * BigInt(numerator), BigInt(denominator), mode)))
}
