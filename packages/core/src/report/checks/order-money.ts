import { authorizedOf, type MoneyAmounts } from '../../order/index.ts'
import type { Payment } from '../../payment/index.ts'
import { type Check, openCase, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/**
 * I4: the amounts that an order keeps are those of its payments; nothing is given back that was not captured. What was
 * captured may fail after it was given back: who got it has to be asked for it.
 */
export const orderMoney: Check<OrderFacts> = {
  name: 'money of orders is that of their payments',
  invariant: 'I4',
  find: ({ order, payments, journal }) => {
    const sum = (of: (payment: Payment) => number) => payments.reduce((all, payment) => all + of(payment), 0)
    const captured = sum((payment) => payment.captured)
    const derived: Pick<MoneyAmounts, 'due' | 'authorized' | 'captured' | 'refunded'> = {
      due: order.state === 'cancelled' ? 0 : Math.max(0, order.total - captured),
      authorized: sum(authorizedOf),
      captured,
      refunded: sum((payment) => payment.refunded),
    }
    return [
      ...(['due', 'authorized', 'captured', 'refunded'] as const).flatMap((name) =>
        problemUnless(
          order.money[name] === derived[name],
          order.id,
          `${name} is ${order.money[name]}, its payments say ${derived[name]}`,
        ),
      ),
      ...payments.flatMap(({ id, state, amount, captured: own, refunded }) => {
        const hasFailed =
          state === 'failed' || journal.some(({ cause }) => cause.type === 'capture_failed' && cause.paymentId === id)
        return [
          ...problemUnless(own >= 0 && own <= amount.amount, id, `${own} of ${amount.amount} were captured`),
          ...problemUnless(refunded >= 0, id, `${refunded} were given back`),
          ...(refunded > own ? [givenBackTooMuch(id, { own, refunded, hasFailed })] : []),
        ]
      }),
    ]
  },
}

function givenBackTooMuch(
  id: string,
  { own, refunded, hasFailed }: { own: number; refunded: number; hasFailed: boolean },
): Problem {
  const message = `${refunded} of ${own} captured were given back`
  if (!hasFailed) return { record: id, message }
  return openCase(
    id,
    `${message}, for the payment failed: ask the payer for the ${refunded - own} that the shop never got`,
  )
}
