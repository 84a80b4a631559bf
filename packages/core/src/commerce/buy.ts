import { isReturnUrl } from '../checkout/index.ts'
import { type CommerceClient, refuseCardNumber } from '../contract/index.ts'
import { BursarError, type ErrorCode, isBursarError } from '../errors/index.ts'
import type { Site } from '../site/index.ts'
import type { BuyInput, BuyResult } from './commerce.ts'

/**
 * A link that puts one variant in a new cart, with the code, and sends the shopper on. What is refused (sold out, a wrong
 * code) does not strand anybody: the return address says so, and a wrong code leaves the cart as it is without it.
 * @throws BursarError `invalid_input` for a return address that is not the site's: a shop must not redirect to strangers;
 * `card_number_refused`
 */
export async function buy(client: CommerceClient, site: Site, input: BuyInput): Promise<BuyResult> {
  refuseCardNumber({ variant: input.variant, code: input.code, return: input.returnUrl })
  if (!isReturnUrl(site, input.returnUrl)) {
    throw new BursarError('invalid_input', {
      issues: [{ path: 'return', message: 'is not one of the addresses that this site allows (returnUrls)' }],
    })
  }
  const lines = [{ lineId: 'buy', variantId: input.variant, quantity: input.quantity }]
  const made = await unlessRefused(() => client.carts.create({ lines }))
  if (typeof made === 'string') {
    return { location: withQuery(input.returnUrl, { bursar_error: made }), cartId: null }
  }
  const { cart, token } = made
  const refused = await applyCode(client, { cartId: cart.id, code: input.code, cartToken: token })
  return {
    location: withQuery(input.returnUrl, {
      bursar_cart: cart.id,
      ...(refused === null ? {} : { bursar_error: refused }),
    }),
    cartId: cart.id,
    ...(token === undefined ? {} : { token }),
  }
}

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
