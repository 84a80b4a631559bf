import type { BursarError, Commerce, Principal, RequestFacts, ResolvedSite } from '@bursar/core'
import type { BodyRoom } from './body-room.ts'
import { type CookieUse, cartTokenOf } from './cart-cookie.ts'
import type { IncomingRequest, RequestInfo } from './handler-options.ts'
import { isOwnOrigin } from './own-origin.ts'
import type { KnownLimits } from './remember-refusals.ts'
import { requestIdOf } from './request-id.ts'

/** What came to be known of a request while it was answered: the fields of its line in the log. */
export interface Trail {
  /** The route's pattern, never the address: an address can hold ids. */
  route?: string | undefined
  /** Whose shop. */
  site?: ResolvedSite | undefined
  /** Who asked. */
  principal?: Principal | undefined
  /** What was answered instead. */
  error?: BursarError | undefined
  /** Reference that the caller was given. */
  reference?: string | undefined
}

/** One request while it is answered. */
export interface RequestContext {
  /** The request as it came. */
  readonly request: Request
  /** Its id, the caller's or a new one. */
  readonly id: string
  /** Host name and port that it was made to. */
  readonly host: string
  /** Was the body read before the handler saw it? */
  readonly bodyAlreadyRead: boolean
  /** Does the server hold the body to its declared length? node:http does, unless the body comes in chunks. */
  readonly lengthIsKept: boolean
  /** Where bodies are kept while they come. */
  readonly room: BodyRoom
  /** IP address of who asks, where the host tells it. */
  readonly address: string | undefined
  /** Counts what is done too often, where the host limits it. */
  readonly limits: KnownLimits | undefined
  /** For the log. */
  readonly trail: Trail
  /** Waits for what the caller is still to send, or for others of theirs; meanwhile the request does not count as one that is answered. */
  aside<T>(arrival: Promise<T>): Promise<T>
  /** The site of the request, looked up once. @throws `site_unknown` */
  site(): Promise<ResolvedSite>
  /** Who makes the request. `mayUse`: what the cookie counts for, where it does. @default carts @throws `site_unknown`, `unauthenticated` */
  principal(cookie: 'from_own_pages' | 'from_any_page', mayUse?: CookieUse): Promise<Principal>
}

/** Starts the context of a request. Looks nothing up yet. */
export function requestContext(
  { commerce, limits, room }: { commerce: Commerce; limits?: KnownLimits | undefined; room: BodyRoom },
  request: Request,
  info: RequestInfo = {},
): RequestContext {
  const host = info.host ?? request.headers.get('host') ?? new URL(request.url).host
  const trail: Trail = {}
  const facts: RequestFacts = { host, header: (name) => request.headers.get(name) }
  let found: Promise<ResolvedSite> | undefined

  const site = async (): Promise<ResolvedSite> => {
    found ??= commerce.siteOf(facts)
    trail.site = await found
    return trail.site
  }

  const principal: RequestContext['principal'] = async (cookie, mayUse = 'carts') => {
    const { origins } = await site()
    const counts = cookie === 'from_any_page' || isOwnOrigin(request, { host, origins })
    const cartToken = cartTokenOf(request, counts ? mayUse : null)
    const header = (name: string): string | null => (name === 'bursar-cart-token' ? cartToken : facts.header(name))
    trail.principal = await commerce.authenticate({ host, header })
    return trail.principal
  }

  return {
    request,
    id: requestIdOf(request),
    host,
    bodyAlreadyRead: request.bodyUsed || info.incoming?.readableDidRead === true,
    lengthIsKept: isLengthKept(info.incoming?.headers),
    room,
    address: info.address,
    limits,
    trail,
    aside: (arrival) => arrival,
    site,
    principal,
  }
}

function isLengthKept(headers: IncomingRequest['headers'] = {}): boolean {
  return headers['content-length'] !== undefined && headers['transfer-encoding'] === undefined
}
