import { BursarError } from '../errors/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import { explainQuote, pricingInputs, quoteAgain, quoteHashOf } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { OrderExplanation } from './order-api.ts'
import { openOrder } from './read-order.ts'

/**
 * Says how an order came to its price: it is priced again from all that priced it then, and each step is told.
 * @throws BursarError `not_found`; `wrong_state` for an order that an older engine priced, where this one comes to another quote
 */
export async function explainOrder(
  ports: { storage: Storage; rules: PromotionRules },
  call: Call,
  { orderId }: { orderId: string },
): Promise<OrderExplanation> {
  const { body: order } = await openOrder(ports, call, orderId)
  const [inputs] = await readAll(ports.storage, call.scope, byId(pricingInputs, order.inputsHash))
  const again = inputs && quoteAgain(inputs.body, order, ports.rules)
  if (inputs === null || again === null) throw new BursarError('wrong_state', { reason: 'older_engine' })
  return {
    number: order.number,
    pricedAt: inputs.body.now,
    steps: explainQuote(again),
    quote: again,
    isSame: quoteHashOf(again) === order.quoteHash,
  }
}
