import type { PricedCode, PricingInputs } from './pricing-inputs.ts'
import type { CodeRefusal, Quote, QuoteCode } from './quote.ts'

/** Refusals that no change of the cart can heal. */
export const FINAL_REFUSALS: readonly CodeRefusal[] = [
  'not_valid',
  'not_yet_valid',
  'expired',
  'used_up',
  'used_by_you',
]
/** What a secretive code is not told apart by. */
const UNTOLD: readonly CodeRefusal[] = [...FINAL_REFUSALS, 'not_for_you']

/** A code of which a guesser must learn nothing: one for a single use, or for a single person, that is not this very shopper's. */
export function isSecretive({ uses, isTheirs, signed }: Pick<PricedCode, 'uses' | 'isTheirs' | 'signed'>): boolean {
  // Nobody guesses one that the host signed.
  if (signed) return false
  return (uses === 1 || isTheirs !== undefined) && isTheirs !== 'yes'
}

/**
 * A quote as its shopper is told it: a single-use code that has ended in some way is not valid, and no more is said, unless
 * it was assigned to them. Staff see the quote as it is.
 */
export function toldQuote(quote: Quote, { codes }: Pick<PricingInputs, 'codes'>): Quote {
  const secretive = new Set(codes.filter(isSecretive).map(({ id }) => id))
  if (secretive.size === 0) return quote
  return { ...quote, codes: quote.codes.map((code) => (secretive.has(code.id) ? toldCode(code) : code)) }
}

function toldCode(code: QuoteCode): QuoteCode {
  if (code.refusal === null || !UNTOLD.includes(code.refusal)) return code
  return { id: code.id, code: code.code, applied: false, refusal: 'not_valid' }
}
