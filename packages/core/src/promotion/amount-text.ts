import { decimalText, type Money } from '../money/index.ts'
import { amountIn } from './amount-in.ts'
import type { PromotionContext } from './promotion-rules.ts'

/** The amount in the cart's currency, for a sentence: `5.00 EUR`; of none, nothing. */
export function amountText(
  amounts: readonly Money[],
  { currency, minorDigits }: Pick<PromotionContext, 'currency' | 'minorDigits'>,
): string {
  return `${decimalText(amountIn(amounts, currency) ?? 0, minorDigits)} ${currency}`
}
