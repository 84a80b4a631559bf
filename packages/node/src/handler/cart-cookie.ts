const NAME = 'bursar_cart'
const THIRTY_DAYS = 30 * 24 * 60 * 60

/** A cart token is base 64 for addresses; anything else in the cookie is not ours. */
const TOKEN = /^[A-Za-z0-9_-]{16,128}$/

/** The anonymous cart's token: the header's, else the cookie's where the request may use it. */
export function cartTokenOf(request: Request, mayUseCookie: boolean): string | null {
  const header = request.headers.get('bursar-cart-token')
  if (header !== null || !mayUseCookie) return header
  return cookieOf(request.headers.get('cookie') ?? '')
}

/** The cookie that keeps a token from scripts: for this host only, sent on links from elsewhere but not on their forms. */
export function cartCookie(request: Request, token: string): string {
  const cookie = `${NAME}=${token}; Path=/; Max-Age=${THIRTY_DAYS}; HttpOnly; SameSite=Lax`
  return isEncrypted(request) ? `${cookie}; Secure` : cookie
}

function cookieOf(cookies: string): string | null {
  for (const cookie of cookies.split(';')) {
    const [name, value] = cookie.trim().split('=', 2)
    if (name === NAME && value !== undefined && TOKEN.test(value)) return value
  }
  return null
}

/** A proxy's word is enough here, a false one makes the cookie only stricter; of several, that of the shopper's own. */
function isEncrypted(request: Request): boolean {
  const [first] = (request.headers.get('x-forwarded-proto') ?? '').split(',')
  return request.url.startsWith('https:') || first?.trim() === 'https'
}
