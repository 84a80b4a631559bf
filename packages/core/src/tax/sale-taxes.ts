import { parseRate } from '../money/index.ts'
import type { TaxLevel, TaxRate } from './tax-rate.ts'

/** One tax that is due on a sale. */
export interface SaleTax {
  /** Id of the rate that names it. */
  readonly taxRate: string
  /** Name that shoppers see. */
  readonly name: string
  /** Percent, decimal string, as the rate has it. */
  readonly rate: string
  /** Whose tax it is: a country, or a region as ISO 3166-2 writes it, such as `CA-QC`. */
  readonly jurisdiction: string
  /** Its exact share of the price without tax: this over the {@link SaleTaxes.denominator}. */
  readonly numerator: bigint
}

/** All taxes that are due on a sale, in their order. */
export interface SaleTaxes {
  /** At least one. */
  readonly taxes: readonly SaleTax[]
  /** Does the rate name several, so that they are told apart by name? */
  readonly isOfSeveral: boolean
  /** Of the shares, greater than zero. */
  readonly denominator: bigint
}

/** Rates have at most six decimals of a percent. */
const SCALE = 100_000_000n

/**
 * The taxes of a rate, less those that somebody is exempt from, with their exact shares of the price without tax. A
 * compound tax is reckoned on the price with the taxes before it that are due.
 *
 * @param isExempt is no tax of this jurisdiction due?
 * @returns null where none is due.
 * @throws RangeError on a malformed rate.
 */
export function saleTaxes(rate: TaxRate, isExempt: (jurisdiction: string) => boolean = () => false): SaleTaxes | null {
  const taxes: SaleTax[] = []
  let denominator = 1n
  let sum = 0n
  for (const one of [rate, ...(rate.more ?? [])]) {
    const jurisdiction = jurisdictionOf(rate, one.level)
    if (isExempt(jurisdiction)) continue
    const isCompound = 'on' in one && one.on === 'net_and_taxes'
    const numerator = scaled(one.rate) * (isCompound ? denominator + sum : denominator)
    taxes.push({ taxRate: rate.id, name: one.name, rate: one.rate, jurisdiction, numerator })
    // All shares keep one denominator, so that they can be added up.
    for (const [place, before] of taxes.slice(0, -1).entries()) {
      taxes[place] = { ...before, numerator: before.numerator * SCALE }
    }
    sum = sum * SCALE + numerator
    denominator *= SCALE
  }
  return taxes.length === 0
    ? null
    : { taxes, isOfSeveral: rate.more !== undefined && rate.more.length > 0, denominator }
}

/** Of all taxes together: the exact share of the price without tax. */
export function sumOfShares({ taxes }: SaleTaxes): bigint {
  return taxes.reduce((sum, { numerator }) => sum + numerator, 0n)
}

function jurisdictionOf({ country, region = null }: TaxRate, level: TaxLevel = 'region'): string {
  return region === null || level === 'country' ? country : `${country}-${region}`
}

/** Millionths of a percent. */
function scaled(rate: string): bigint {
  const { numerator, denominator } = parseRate(rate)
  return BigInt(numerator) * (SCALE / BigInt(denominator))
}
