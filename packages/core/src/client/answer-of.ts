import type { CartWithQuote } from '../cart/index.ts'
import { UNAVAILABLE } from '../errors/client-codes.ts'
import { CodedError } from '../errors/index.ts'
import type { OrderView } from '../order/index.ts'

const noAnswer = (): CodedError<'unavailable'> => new CodedError(UNAVAILABLE, { reason: 'not_an_answer' })

/** The cart that was answered. What is none, such as the greeting of a network that wants a sign-in first, is no answer. */
export function cartOf(answer: CartWithQuote): CartWithQuote {
  if (!answer?.cart?.id || !answer.cart.lines) throw noAnswer()
  return answer
}

/** The order that was answered. */
export function orderOf(answer: OrderView): OrderView {
  if (!answer?.id || !answer.lines) throw noAnswer()
  return answer
}
