import { type CartPorts, carts, priceCart } from '../cart/index.ts'
import { customers } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { explainQuote, PRICING_VERSION_ID, pricingVersions, type Quote } from '../pricing/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'

/** How a cart comes to its price now. */
export interface CartExplanation {
  /** The clock by which it was priced. */
  pricedAt: Instant
  /** Each line, each step of it, each code with what became of it, and the sums, as sentences for a person. */
  steps: readonly string[]
  /** The quote, with the true reason of each refusal: of a single-use code shoppers are told less. */
  quote: Quote
}

/** Says how a cart comes to its price now, for the customer whose it is. It changes nothing. @throws BursarError `not_found` */
export async function explainCart(
  ports: CartPorts,
  call: Call,
  { cartId }: { cartId: string },
): Promise<CartExplanation> {
  const [cart, pricing] = await readAll(
    ports.storage,
    call.scope,
    byId(carts, cartId),
    byId(pricingVersions, PRICING_VERSION_ID),
  )
  if (cart === null) throw new BursarError('not_found')
  const owner = byId(customers, cart.body.customerId ?? 'nobody')
  const [customer] = await readAll(ports.storage, call.scope, owner)
  const book = ports.books.of(call.scope.operator)
  book.sync(pricing)
  const { quote } = await priceCart(ports, call, { book, customer: customer?.body ?? null }, cart.body)
  return { pricedAt: call.now, steps: explainQuote(quote), quote }
}
