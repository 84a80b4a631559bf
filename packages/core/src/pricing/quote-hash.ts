import { hashOf } from '../ids/index.ts'
import type { Quote } from './quote.ts'

/** Hash of what a shopper accepts: of the quote without its hints, for what a cart comes near to changes nothing of its price. */
export function quoteHashOf({ hints: _hints, ...price }: Quote): string {
  return hashOf(price)
}
