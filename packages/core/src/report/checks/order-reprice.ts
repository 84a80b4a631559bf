import { hashOf } from '../../ids/index.ts'
import { ENGINE_VERSION, type PricingInputs, type Quote, quote, quoteHashOf } from '../../pricing/index.ts'
import type { PromotionRules } from '../../promotion/index.ts'
import { type Check, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I5: priced again from the inputs that were kept, an order costs the same to the cent. Orders of another engine are passed over. */
export const orderReprice: Check<OrderFacts> = {
  name: 'orders priced again cost the same',
  invariant: 'I5',
  find: ({ order, inputs, rules }) => {
    if (inputs === null) return [{ record: order.id, message: `its pricing inputs ${order.inputsHash} are not there` }]
    if (order.engine !== ENGINE_VERSION) return []
    const hash = hashOf(inputs)
    const again = priceAgain(inputs, rules)
    return [
      ...problemUnless(hash === order.inputsHash, order.id, 'its pricing inputs are not those of their hash'),
      ...(typeof again === 'string' ? [{ record: order.id, message: again }] : quoteProblems(order, again)),
    ]
  },
}

function priceAgain(inputs: PricingInputs, rules: PromotionRules | undefined): Quote | string {
  try {
    return quote(inputs, rules)
  } catch (error) {
    return `can't be priced again: ${error instanceof Error ? error.message : String(error)}`
  }
}

function quoteProblems(order: OrderFacts['order'], again: Quote): Problem[] {
  const lines = new Map(again.lines.map((line) => [line.id, line.total]))
  return [
    ...problemUnless(
      again.total === order.total && again.currency === order.currency,
      order.id,
      `was sold for ${order.total} ${order.currency}, priced again it is ${again.total} ${again.currency}`,
    ),
    ...problemUnless(
      quoteHashOf(again) === order.quoteHash,
      order.id,
      'priced again it is not the quote that was accepted',
    ),
    ...order.lines.flatMap(({ id, total }) => {
      const now = lines.get(id)
      return problemUnless(now === total, order.id, `line ${id} was ${total}, priced again it is ${now ?? 'not there'}`)
    }),
  ]
}
