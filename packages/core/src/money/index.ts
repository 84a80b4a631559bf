export { exponentOf, isCurrency } from './currencies.ts'
export { formatMoney, formatMoneyToParts, parseDecimal, plainDecimal, toDecimal } from './format.ts'
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
