import type { CartLine } from '../cart/index.ts'
import { isReturnUrl } from '../checkout/index.ts'
import { type CommerceClient, refuseCardNumber } from '../contract/index.ts'
import { BursarError, type ErrorCode, isBursarError } from '../errors/index.ts'
import { sha256Hex } from '../ids/index.ts'
import type { Site } from '../site/index.ts'
import type { BuyInput, BuyResult } from './commerce.ts'

/** Where the link was followed. */
export interface BuyPlace {
  /** The site. */
  site: Site
  /** The shopper's open cart, or null. */
  cart: CartToFill | null
}

/** What is known of a cart that something is put in; without a quantity one, without a recipient the buyer. */
interface CartToFill {
  id: string
  lines: readonly Pick<CartLine, 'id' | 'variantId' | 'quantity' | 'recipient'>[]
}

/**
 * A link that puts one variant in the shopper's cart, or in a new one, with the code, and sends the shopper on. Followed
 * again it changes nothing. What is refused (sold out, a wrong code) does not strand anybody: the return address says so,
 * and a wrong code leaves the cart as it is without it.
 * @throws BursarError `invalid_input` for a return address that is not the site's: a shop must not redirect to strangers;
 * `card_number_refused`
 */
export async function buy(client: CommerceClient, { site, cart }: BuyPlace, input: BuyInput): Promise<BuyResult> {
  refuseCardNumber({ variant: input.variant, code: input.code, return: input.returnUrl })
  if (!isReturnUrl(site, input.returnUrl)) {
    throw new BursarError('invalid_input', {
      issues: [{ path: 'return', message: 'is not one of the addresses that this site allows (returnUrls)' }],
    })
  }
  const filled = await unlessRefused(() => (cart === null ? fillNew(client, input) : fill(client, cart, input)))
  if (typeof filled === 'string') {
    const query = { ...(cart === null ? {} : { bursar_cart: cart.id }), bursar_error: filled }
    return { location: withQuery(input.returnUrl, query), cartId: cart?.id ?? null }
  }
  const { cartId, token } = filled
  const refused = await applyCode(client, { cartId, code: input.code, cartToken: token })
  return {
    location: withQuery(input.returnUrl, {
      bursar_cart: cartId,
      ...(refused === null ? {} : { bursar_error: refused }),
    }),
    cartId,
    ...(token === undefined ? {} : { token }),
  }
}

/** The cart that the variant is in, and its token where it is new and anonymous. */
interface Filled {
  cartId: string
  token?: string | undefined
}

async function fillNew(client: CommerceClient, { variant, quantity }: BuyInput): Promise<Filled> {
  const made = await client.carts.create({ lines: [{ lineId: lineIdOf(variant), variantId: variant, quantity }] })
  return { cartId: made.cart.id, token: made.token }
}

/** So many as the link says are in the cart then, or as many as there were, where that is more. */
async function fill(client: CommerceClient, cart: CartToFill, { variant, quantity = 1 }: BuyInput): Promise<Filled> {
  const own = cart.lines.find((line) => line.variantId === variant && (line.recipient?.type ?? 'buyer') === 'buyer')
  if (own !== undefined && (own.quantity ?? 1) >= quantity) return { cartId: cart.id }
  const lineId = own?.id ?? lineIdOf(variant)
  await client.carts.addLine({ cartId: cart.id, lineId, variantId: variant, quantity })
  return { cartId: cart.id }
}

/** One line per variant, whichever link it came by and however often. */
const lineIdOf = (variant: string): string => `buy-${sha256Hex(variant).slice(0, 16)}`

/** The error code by which the code was refused, or null. */
async function applyCode(
  client: CommerceClient,
  { cartId, code, cartToken }: { cartId: string; code: string | undefined; cartToken: string | undefined },
): Promise<ErrorCode | null> {
  if (code === undefined) return null
  const options = cartToken === undefined ? {} : { cartToken }
  const answer = await unlessRefused(() => client.carts.applyCode({ cartId, code }, options))
  return typeof answer === 'string' ? answer : null
}

/** What the operation answers, or the code of its refusal. */
async function unlessRefused<T extends object>(operation: () => Promise<T>): Promise<T | ErrorCode> {
  try {
    return await operation()
  } catch (error) {
    if (!isBursarError(error) || error.status >= 500) throw error
    return error.code
  }
}

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
