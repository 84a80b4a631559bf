import type { Payment } from '../../payment/index.ts'
import { type Check, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I7: no charge without an operation stored before it; an order that costs something has a payment, a free one none. */
export const paymentOperations: Check<OrderFacts> = {
  name: 'no charge without a stored operation',
  invariant: 'I7',
  find: ({ order, payments }) => {
    const named = payments.some(({ id }) => id === order.paymentId)
    const isSound = order.total === 0 ? order.paymentId === null && payments.length === 0 : named
    return [
      ...problemUnless(
        isSound,
        order.id,
        `of ${order.total} names the payment ${order.paymentId ?? 'none'} and has ${payments.length}`,
      ),
      ...payments.flatMap(operationProblems),
    ]
  },
}

function operationProblems(payment: Payment): Problem[] {
  const { id, operations, createdAt } = payment
  const [first, ...rest] = operations
  const ids = new Set(operations.map((operation) => operation.id))
  return [
    ...problemUnless(first?.kind === 'open', id, 'its first operation does not open it'),
    ...problemUnless(first === undefined || first.at <= createdAt, id, 'was opened before its operation was stored'),
    ...problemUnless(!rest.some(({ kind }) => kind === 'open'), id, 'is opened by two operations'),
    ...problemUnless(ids.size === operations.length, id, 'two of its operations share a key'),
  ]
}
