import { isReturnUrl } from '../checkout/index.ts'
import type { CommerceClient } from '../contract/index.ts'
import { BursarError, isBursarError } from '../errors/index.ts'
import type { Site } from '../site/index.ts'
import type { BuyInput, BuyResult } from './commerce.ts'

/**
 * A link that puts one variant in a new cart and sends the shopper on. What is refused (sold out, a wrong code) does not
 * strand anybody: the return address says so.
 * @throws BursarError `invalid_input` for a return address that is not the site's: a shop must not redirect to strangers
 */
export async function buy(client: CommerceClient, site: Site, input: BuyInput): Promise<BuyResult> {
  if (!isReturnUrl(site, input.returnUrl)) {
    throw new BursarError('invalid_input', {
      issues: [{ path: 'return', message: 'is not one of the addresses that this site allows (returnUrls)' }],
    })
  }
  try {
    const lines = [{ lineId: 'buy', variantId: input.variant, quantity: input.quantity }]
    const { cart, token } = await client.carts.create({ lines })
    return {
      location: withQuery(input.returnUrl, { bursar_cart: cart.id }),
      cartId: cart.id,
      ...(token === undefined ? {} : { token }),
    }
  } catch (error) {
    if (!isBursarError(error) || error.status >= 500) throw error
    return { location: withQuery(input.returnUrl, { bursar_error: error.code }), cartId: null }
  }
}

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
