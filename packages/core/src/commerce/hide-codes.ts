import { adminRoutes } from '../contract/admin-routes.ts'
import { mayCall } from '../contract/index.ts'
import { isOfOperator, type OrderView } from '../order/index.ts'
import type { Call } from '../ports/index.ts'
import { explainQuote, hideCodes, hideCodesOfQuote, type Quote } from '../pricing/index.ts'
import type { CommercePorts } from './ports-of.ts'

type UseCase<I, O> = (ports: CommercePorts, call: Call, input: I) => Promise<O>

/** The same use case, whose answer goes without the text of codes to who may not look them up. */
function hiding<I, O>(useCase: UseCase<I, O>, hide: (answer: O) => O): UseCase<I, O> {
  return async (ports, call, input) => {
    const answer = await useCase(ports, call, input)
    return mayReadCodes(call) ? answer : hide(answer)
  }
}

/** Of an order. */
export const hidingInOrder = <I, O extends OrderView>(useCase: UseCase<I, O>): UseCase<I, O> => hiding(useCase, ofOrder)

/** Of an order that its buyer reads whole, and a key for reports, too, which acts for nobody. */
export const hidingFromKeys = <I, O extends OrderView>(useCase: UseCase<I, O>): UseCase<I, O> => {
  const hidden = hidingInOrder(useCase)
  return (ports, call, input) => (isOfOperator(call.principal) ? hidden : useCase)(ports, call, input)
}

/** Of orders. */
export const hidingInOrders = <I, O extends { items: readonly OrderView[] }>(useCase: UseCase<I, O>): UseCase<I, O> =>
  hiding(useCase, (page) => ({ ...page, items: page.items.map(ofOrder) }))

/** Of an explanation of a price. */
export const hidingInSteps = <I, O extends { quote: Quote; steps: readonly string[] }>(
  useCase: UseCase<I, O>,
): UseCase<I, O> =>
  hiding(useCase, (explained) => {
    const quote = hideCodesOfQuote(explained.quote)
    return { ...explained, quote, steps: explainQuote(quote) }
  })

const mayReadCodes = ({ principal }: Call): boolean => mayCall(adminRoutes.codes.get, principal) === 'yes'

function ofOrder<O extends OrderView>(order: O): O {
  const lines = order.lines.map((line) => ({ ...line, adjustments: hideCodes(line.adjustments) }))
  return { ...order, lines }
}
