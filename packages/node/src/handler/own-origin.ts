/** Where a site's pages are. */
export interface SiteOrigins {
  /** Host name and port that the request was made to. */
  host: string
  /** Origins that the site lists. */
  origins: readonly string[]
}

/** Does the request change nothing? */
const isSafe = (request: Request): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(request.method)

/**
 * Does a request come from the site's own pages: from the host that it goes to, or from an origin that the site lists?
 * Browsers send `Origin` with every request that can change something, so one without it counts as the site's own only
 * if it is safe and the browser does not say that another site made it.
 */
export function isOwnOrigin(request: Request, site: SiteOrigins): boolean {
  const from = request.headers.get('sec-fetch-site')
  if (from === 'same-origin') return true
  const origin = request.headers.get('origin')
  if (origin === null) return isSafe(request) && from !== 'cross-site'
  return site.origins.includes(origin) || hostOf(origin) === site.host.toLowerCase()
}

/**
 * Does a page of somebody else try to change something? A browser may send along what the host's own session rests on,
 * so such a request is refused whatever it carries. Servers and apps send no `Origin` and are not concerned.
 */
export function isForeignChange(request: Request, site: SiteOrigins): boolean {
  return !isSafe(request) && request.headers.has('origin') && !isOwnOrigin(request, site)
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
