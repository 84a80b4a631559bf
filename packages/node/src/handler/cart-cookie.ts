const NAME = 'bursar_cart'
/** Browsers take a cookie of such a name from its own host alone, and only over TLS: no sibling can give a shopper its own cart. */
const HOST_NAME = `__Host-${NAME}`
const THIRTY_DAYS = 30 * 24 * 60 * 60

/** A cart token is base 64 for addresses; anything else in the cookie is not ours. */
const TOKEN = /^[A-Za-z0-9_-]{16,128}$/

/**
 * What the cookie may be used for. `orders`: also one under the name that it had over TLS before it had a host's, for guests who
 * paid with it. Whoever planted that one shows others an order of their own, and no more.
 */
export type CookieUse = 'carts' | 'orders'

/** The anonymous cart's token: the header's, else the cookie's where the request may use it. */
export function cartTokenOf(request: Request, use: CookieUse | null): string | null {
  const header = request.headers.get('bursar-cart-token')
  if (header !== null || use === null) return header
  const cookies = request.headers.get('cookie') ?? ''
  const takesPlain = use === 'orders' || !isEncrypted(request)
  // A server of the host's passes its visitors' cookies on by its own way, which need not be TLS.
  return cookieOf(cookies, HOST_NAME) ?? (takesPlain ? cookieOf(cookies, NAME) : null)
}

/** The cookie that keeps a token from scripts: for this host only, sent on links from elsewhere but not on their forms. */
export function cartCookie(request: Request, token: string): string {
  const rest = `${token}; Path=/; Max-Age=${THIRTY_DAYS}; HttpOnly; SameSite=Lax`
  return isEncrypted(request) ? `${HOST_NAME}=${rest}; Secure` : `${NAME}=${rest}`
}

/** Where one name has two values, one of them is somebody else's. */
function cookieOf(cookies: string, wanted: string): string | null {
  const values = new Set<string>()
  for (const cookie of cookies.split(';')) {
    const [name, value] = cookie.trim().split('=', 2)
    if (name === wanted && value !== undefined && TOKEN.test(value)) values.add(value)
  }
  const [value = null, other] = values
  return other === undefined ? value : null
}

/** A proxy's word is enough here, a false one makes the cookie only stricter; of several, that of the shopper's own. */
function isEncrypted(request: Request): boolean {
  const [first] = (request.headers.get('x-forwarded-proto') ?? '').split(',')
  return request.url.startsWith('https:') || first?.trim() === 'https'
}
