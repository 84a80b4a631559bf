import type { Allocation, Order, OrderLine, Part } from '../../order/index.ts'
import { type Check, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

const COLUMNS = ['base', 'discount', 'net', 'tax', 'total'] as const

/** I5: an order is the sum of its lines, a line that of its units and parts, taxes included; and its payments are of it. */
export const orderSums: Check<OrderFacts> = {
  name: 'orders are the sum of their parts',
  invariant: 'I5',
  find: ({ order, payments }) => [
    ...COLUMNS.flatMap((column) => {
      const sum = order.lines.reduce((all, line) => all + line[column], 0)
      return problemUnless(order[column] === sum, order.id, `${column} is ${order[column]}, its lines sum to ${sum}`)
    }),
    ...order.lines.flatMap((line) => lineProblems(order, line)),
    ...payments.flatMap(({ id, amount, quoteHash }) => [
      ...problemUnless(amount.amount === order.total, id, `is of ${amount.amount}, its order of ${order.total}`),
      ...problemUnless(
        amount.currency === order.currency,
        id,
        `is in ${amount.currency}, its order in ${order.currency}`,
      ),
      ...problemUnless(quoteHash === order.quoteHash, id, 'is bound to another quote than its order'),
    ]),
  ],
}

function lineProblems(order: Order, line: OrderLine): Problem[] {
  const where = `line ${line.id}`
  const say = (holds: boolean, message: string) => problemUnless(holds, order.id, `${where}: ${message}`)
  const taken = order.priceBasis === 'inclusive' ? line.total : line.net
  const adjusted = line.adjustments.reduce((sum, { amount }) => sum + amount, 0)
  return [
    ...say(line.net + line.tax === line.total, `${line.net} and tax of ${line.tax} are not ${line.total}`),
    ...say(line.base - line.discount === taken, `${line.base} less ${line.discount} is not ${taken}`),
    ...say(line.unitPrice * line.quantity === line.base, `${line.quantity} of ${line.unitPrice} are not ${line.base}`),
    ...say(adjusted === line.total, `its steps add up to ${adjusted}, not to ${line.total}`),
    ...COLUMNS.flatMap((column) => {
      const sum = sumOf(line, column)
      return say(sum === line[column], `${column} is ${line[column]}, its units sum to ${sum}`)
    }),
    ...unitProblems(line, say),
    ...line.parts.flatMap((part) => taxProblems(line, part, say)),
  ]
}

type Say = (holds: boolean, message: string) => Problem[]

/** Units 1 to quantity, in order, each with every part once. */
function unitProblems(line: OrderLine, say: Say): Problem[] {
  const parts = line.parts.map(({ id }) => id).join()
  let next = 1
  const problems = line.units.flatMap(({ first, count, allocations }) => {
    const expected = next
    next = first + count
    return [
      ...say(first === expected, `a run begins at unit ${first}, not at ${expected}`),
      ...say(allocations.map(({ part }) => part).join() === parts, `unit ${first} is not made of the line's parts`),
    ]
  })
  return [...problems, ...say(next - 1 === line.quantity, `its units end at ${next - 1} of ${line.quantity}`)]
}

function taxProblems(line: OrderLine, part: Part, say: Say): Problem[] {
  const taxes = part.taxes.reduce((sum, { amount }) => sum + amount, 0)
  const allocated = sumOf(line, 'tax', part.id)
  return say(taxes === allocated, `part ${part.id}: taxes of ${taxes}, of its units ${allocated}`)
}

function sumOf(line: OrderLine, column: keyof Omit<Allocation, 'part'>, partId?: string): number {
  let sum = 0
  for (const { count, allocations } of line.units) {
    for (const allocation of allocations) {
      if (partId === undefined || allocation.part === partId) sum += allocation[column] * count
    }
  }
  return sum
}
