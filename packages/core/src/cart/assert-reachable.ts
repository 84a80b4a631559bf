import { type Customer, learnerOf } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { CartLine } from './cart.ts'
import { type CartPorts, needsLearner } from './cart-ports.ts'
import type { PricedCart } from './price-cart.ts'

/**
 * Refuses a line for a learner who was named by their id at one platform, where a part of it is delivered by another: nobody
 * could be given it once it is paid.
 *
 * @param learner who was named; nobody where it is for the buyer, or for an e-mail that is to be claimed
 * @throws BursarError `not_sellable` with the line and the platform
 */
export function assertReachable(
  ports: Pick<CartPorts, 'fulfilment'>,
  { quote, gathered: { entries } }: PricedCart,
  { id: lineId, variantId }: CartLine,
  learner: Customer | null,
): void {
  if (learner === null) return
  const parts = quote.lines.find(({ id }) => id === lineId)?.parts ?? []
  const providers = parts.flatMap((part) => entries.get(part.variantId)?.variant.fulfilment?.provider ?? [])
  const platform = providers.find((name) => needsLearner(ports, name) && learnerOf(learner, name) === null)
  if (platform === undefined) return
  const message = `A part of it is delivered by the platform ${platform}, where this learner is not known: name them there, or by their e-mail.`
  throw new BursarError('not_sellable', { message, reason: 'learner_unknown', data: { lineId, variantId, platform } })
}
