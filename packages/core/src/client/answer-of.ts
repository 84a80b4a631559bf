import type { CartView, CartWithQuote } from '../cart/index.ts'
import { UNAVAILABLE } from '../errors/client-codes.ts'
import { CodedError } from '../errors/index.ts'
import type { OrderView } from '../order/index.ts'

/** The cart that was answered, and its quote. */
export function cartOf(answer: CartWithQuote): CartWithQuote {
  answered(answer?.cart)
  return answer
}

/** The order, or cart, that was answered. What is none, such as the greeting of a network that wants a sign-in first, is no answer. */
export function answered<Thing extends CartView | OrderView>(thing: Thing): Thing {
  if (!thing?.id || !thing.lines) throw new CodedError(UNAVAILABLE, { reason: 'not_an_answer' })
  return thing
}
