import {
  type Cart,
  type CartWithQuote,
  carts,
  createCart,
  findCartOfToken,
  myCart,
  opensFrom,
  type TakeCartInput,
} from '../cart/index.ts'
import { BursarError } from '../errors/index.ts'
import { sha256Hex } from '../ids/index.ts'
import { type Call, customerHostId } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingVersions, siteOf } from '../pricing/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { mergeCheckedOut } from './merge-checked-out.ts'

/**
 * The customer's newest open cart, into which the anonymous cart was taken, if one was named by its id or its token. A customer
 * without a cart gets one in its currency, or in the site's first where that one is not offered any more. Calls at once end
 * with one cart, and a repeat adds nothing. An anonymous cart that became an order has
 * nothing to be taken. Null where there is no cart at all.
 * @throws BursarError `not_found` where the token does not open the anonymous cart, `payment_in_progress` while nobody
 * knows whether it was paid
 */
export async function takeCart(ports: CheckoutPorts, call: Call, input: TakeCartInput): Promise<CartWithQuote | null> {
  const own = await myCart(ports, call)
  if (input.fromCartId === undefined && input.fromToken === undefined) return own
  const from = await namedCart(ports, call, input)
  if (!from || !opensFrom(call, input, from)) throw new BursarError('not_found')
  if (from.orderId !== undefined) return own
  const fromCartId = from.id
  const cartId = own?.cart.id ?? (await makeCart(ports, call, { fromCartId, currency: from.currency }))
  return mergeCheckedOut(ports, call, { cartId, fromCartId, fromToken: input.fromToken })
}

async function namedCart(
  ports: CheckoutPorts,
  { scope }: Call,
  { fromCartId, fromToken }: TakeCartInput,
): Promise<Cart | null> {
  if (fromCartId === undefined) return fromToken === undefined ? null : findCartOfToken(ports, scope, fromToken)
  const [named] = await readAll(ports.storage, scope, byId(carts, fromCartId))
  return named?.body ?? null
}

/** Two calls at once make the same cart: its id follows from whose and what it is made for, until that one was ordered. */
async function makeCart(
  ports: CheckoutPorts,
  call: Call,
  { fromCartId, currency }: { fromCartId: string; currency: string },
): Promise<string> {
  const agreed = `crt_${sha256Hex(`${customerHostId(call.principal)} ${fromCartId}`).slice(0, 26)}`
  const refs = [byId(carts, agreed), byId(pricingVersions, PRICING_VERSION_ID)] as const
  const [known, pricing] = await readAll(ports.storage, call.scope, ...refs)
  const id = known?.body.orderId === undefined ? agreed : ports.runtime.newId('crt')
  const book = ports.books.of(call.scope.operator)
  book.sync(pricing)
  const isOffered = siteOf(await book.whole(), call.scope.site).currencies.includes(currency)
  const { cart } = await createCart(ports, call, isOffered ? { currency } : {}, id)
  return cart.id
}
