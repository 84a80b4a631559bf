import type { QuoteCode } from '@bursar/core/client'
import { CODE_REFUSALS } from './refusals.ts'

/** Why a code gives nothing, and what the cart would need for it. */
export function whyNot(
  { refusal, missing, others }: Pick<QuoteCode, 'refusal' | 'missing' | 'others'>,
  show: (amount: number) => string,
): string {
  if (refusal === null) return ''
  if (missing?.quantity !== undefined) return `needs ${missing.quantity} more of what it is for`
  if (missing?.amount !== undefined) return `needs ${show(missing.amount)} more in your cart`
  if (refusal === 'not_with_others' && others?.length) return `not together with ${others.join(', ')}`
  return CODE_REFUSALS[refusal]
}
