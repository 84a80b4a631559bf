export { exponentOf, isCurrency } from './currencies.ts'
export { exactAmount } from './exact-amount.ts'
export { decimalText, formatMoney, formatMoneyToParts, parseDecimal, toDecimal } from './format.ts'
export { MAXIMUM_PRICE } from './maximum-price.ts'
export { minorDigits } from './minor-digits.ts'
export {
  addMoney,
  compareMoney,
  type Money,
  money,
  multiplyMoney,
  negateMoney,
  subtractMoney,
  sumMoney,
  zero,
} from './money.ts'
export { applyRate, isRate, parseRate, type Rate, taxIncluded } from './rate.ts'
export { divideRounded, type RoundingMode } from './rounding.ts'
export { type SplitWeight, splitByWeight, splitEvenly } from './split.ts'
