import { exponentOf } from './currencies.ts'
import { exactAmount } from './exact-amount.ts'

/** An amount of money, exact. Made by {@link money}; never converted to another currency. */
export interface Money {
  /** Integer minor units by ISO 4217's exponent (cents for USD, yen for JPY, fils for KWD); a safe integer. */
  readonly amount: number
  /** ISO 4217 code, upper case. */
  readonly currency: string
}

/**
 * Money of `amount` minor units.
 *
 * @throws RangeError when the amount is no safe integer or the currency is unknown.
 */
export function money(amount: number, currency: string): Money {
  exponentOf(currency)
  return exact(amount, currency)
}

/**
 * Nothing, in a currency.
 *
 * @throws RangeError when the currency is unknown.
 */
export function zero(currency: string): Money {
  return money(0, currency)
}

/** `left + right`. @throws RangeError on different currencies or overflow. */
export function addMoney(left: Money, right: Money): Money {
  assertSameCurrency(left.currency, right.currency)
  return exact(left.amount + right.amount, left.currency)
}

/** `left - right`; may be negative. @throws RangeError on different currencies or overflow. */
export function subtractMoney(left: Money, right: Money): Money {
  assertSameCurrency(left.currency, right.currency)
  return exact(left.amount - right.amount, left.currency)
}

/**
 * The sum of a list; of an empty list, zero. The order of the list never matters: a total that fits is answered even
 * where a partial sum would not fit.
 *
 * @throws RangeError when a member is in another currency, or the total overflows.
 */
export function sumMoney(currency: string, list: readonly Money[]): Money {
  let amount = 0
  for (const item of list) {
    assertSameCurrency(currency, item.currency)
    amount += item.amount
    if (!Number.isSafeInteger(amount)) return sumExactly(currency, list)
  }
  return money(amount, currency)
}

/** The same amount with the other sign; zero stays plain zero. */
export function negateMoney(value: Money): Money {
  return exact(0 - value.amount, value.currency)
}

/** `value` taken `factor` times. @throws RangeError when the factor is no safe integer, or on overflow. */
export function multiplyMoney(value: Money, factor: number): Money {
  if (!Number.isSafeInteger(factor)) throw new RangeError(`Money is multiplied by a whole number only, not ${factor}.`)
  return exact(value.amount * factor, value.currency)
}

/** Negative when `left` is less, positive when it is more, else 0. @throws RangeError on different currencies. */
export function compareMoney(left: Money, right: Money): number {
  assertSameCurrency(left.currency, right.currency)
  return left.amount < right.amount ? -1 : left.amount > right.amount ? 1 : 0
}

function sumExactly(currency: string, list: readonly Money[]): Money {
  let amount = 0n
  for (const item of list) {
    assertSameCurrency(currency, item.currency)
    amount += BigInt(item.amount)
  }
  return money(Number(amount), currency)
}

/** A sum, difference or product of two safe integers that leaves their range is itself never a safe integer. */
function exact(amount: number, currency: string): Money {
  return { amount: exactAmount(amount) + 0, currency }
}

function assertSameCurrency(expected: string, found: string): void {
  if (expected !== found) {
    throw new RangeError(`Amounts in ${expected} and ${found} cannot be reckoned together: nothing is converted.`)
  }
}
