import { assertSize } from '../cart/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Json } from '../json/index.ts'
import type { Quote } from '../pricing/index.ts'
import type { Consent, Site } from '../site/index.ts'
import type { Instant } from '../time/index.ts'
import type { CheckoutInput } from './checkout-api.ts'

/** Refuses a quote that can't be ordered or that is not the one the shopper saw. */
export function assertOrderable(quote: Quote, input: CheckoutInput): void {
  if (quote.lines.length === 0) throw new BursarError('cart_empty')
  for (const line of quote.lines) {
    if (line.refusal === null) continue
    const data = { lineId: line.id, variantId: line.variantId }
    if (line.refusal === 'sold_out') throw new BursarError('sold_out', { data })
    if (line.refusal === 'quantity_above_limit') throw new BursarError('quantity_not_allowed', { data })
    throw new BursarError('not_sellable', { reason: line.refusal, data })
  }
  assertSize(quote)
  const { amount, currency } = input.expectedTotal
  if (quote.total !== amount || quote.currency !== currency) {
    // The shopper has the quote of before; this is the one of now. A quote is JSON.
    const total = { amount: quote.total, currency: quote.currency }
    const data = { expectedTotal: { amount, currency }, total, quote: quote as unknown as Json }
    throw new BursarError('price_changed', { data })
  }
}

/**
 * Refuses what depends on an answer that nobody gave, where the site does not sell that.
 * @throws BursarError `ownership_unknown`; `unauthenticated` to a guest, of whom waiting tells nothing
 */
export function assertKnown(
  { policies }: Pick<Site, 'policies'>,
  { unknowns = [] }: Quote,
  { isGuest }: { isGuest: boolean },
): void {
  if (policies.ownership !== 'refuse' || !unknowns.includes('ownership')) return
  throw new BursarError(isGuest ? 'unauthenticated' : 'ownership_unknown')
}

/** The consents as the order keeps them. @throws BursarError `consent_required` with the kinds that are missing */
export function acceptConsents(site: Site, input: CheckoutInput, now: Instant): Consent[] {
  const consents = (input.consents ?? []).map((consent) => ({ ...consent, at: now }))
  const missing = site.requiredConsents.filter((kind) => !consents.some((own) => own.kind === kind && own.given))
  if (missing.length > 0) throw new BursarError('consent_required', { data: { missing } })
  return consents
}

/** Is this address one of the site's? Origins must be equal, and the path must be the allowed one or below it: `/shop` allows `/shop/done`, not `/shopping`. One with a user name is nobody's: it would show or sign in as somebody. */
export function isReturnUrl(site: Pick<Site, 'returnUrls'>, url: string): boolean {
  if (!URL.canParse(url)) return false
  const { origin, pathname, username, password } = new URL(url)
  if (username !== '' || password !== '') return false
  return site.returnUrls.some((allowed) => {
    const base = new URL(allowed)
    const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`
    return origin === base.origin && (pathname === base.pathname || pathname.startsWith(folder))
  })
}

/** @throws BursarError `invalid_input` when the address is not the site's */
export function assertReturnUrl(site: Site, url: string | undefined): void {
  if (url === undefined || isReturnUrl(site, url)) return
  throw new BursarError('invalid_input', {
    issues: [{ path: 'returnUrl', message: 'is not one of the addresses that this site allows (returnUrls)' }],
  })
}
