import { invalidInput } from '../contract/index.ts'
import { BursarError } from '../errors/index.ts'
import type { AuthenticationRequest, Authenticator, Principal, Storage } from '../ports/index.ts'
import { API_KEY_MARK, findApiKey } from '../site/index.ts'
import { HOST_ID, isHostId } from './check-principal.ts'
import type { RequestFacts } from './commerce.ts'
import type { SiteFinder } from './find-site.ts'
import { withCartToken } from './with-cart-token.ts'

/** What authentication needs. */
export interface AuthenticatePorts {
  /** Where API keys are kept. */
  storage: Storage
  /** The host's own, asked in this order. */
  authenticators: readonly Authenticator[]
  /** Finds the site. */
  sites: SiteFinder
}

/**
 * Who makes a request: an API key, else the first of the host's authenticators that knows, else a shopper. The cart token of
 * the request goes with whoever it is.
 * @throws BursarError `site_unknown`, `unauthenticated` for wrong credentials (never a silent shopper), `unavailable`,
 * `invalid_input` for a key that acts for nobody
 */
export async function authenticate(ports: AuthenticatePorts, request: RequestFacts): Promise<Principal> {
  const { operator, site } = await ports.sites.ofRequest(request)
  const asked: AuthenticationRequest = { header: (name) => request.header(name), site: { operator, site } }
  const token = request.header('bursar-cart-token')
  const principal = (await byApiKey(ports, asked)) ?? (await byHost(ports.authenticators, asked))
  if (principal !== null && principal.site !== site) throw new BursarError('unauthenticated')
  return withCartToken(principal ?? { type: 'shopper', site }, token)
}

const ACTING_FOR = 'Bursar-Acting-For'
const BEARER = 'bearer '

async function byApiKey(ports: AuthenticatePorts, request: AuthenticationRequest): Promise<Principal | null> {
  const credentials = request.header('authorization') ?? ''
  const scheme = credentials.slice(0, BEARER.length).toLowerCase()
  if (scheme !== BEARER || !credentials.startsWith(API_KEY_MARK, BEARER.length)) return null
  const secret = credentials.slice(BEARER.length).trimEnd()
  const { operator, site } = request.site
  const key = await findApiKey({ storage: ports.storage }, { operator }, secret)
  if (key === null) throw new BursarError('unauthenticated')
  const named = request.header('bursar-acting-for')
  return { type: 'service', site, ...key, ...(named === null ? {} : { actingFor: namedIn(named) }) }
}

/** In ASCII alone, or encoded: some send other letters as UTF-8, some as Latin-1, and another reading is another customer. */
function namedIn(header: string): string {
  const id = /^[ -~]*$/.test(header) ? decoded(header) : null
  if (id !== null && isHostId(id)) return id
  const message = `${ACTING_FOR} ${HOST_ID}. Where it is not ASCII, send it as in UTF-8''j%C3%BCrgen (RFC 8187).`
  throw invalidInput([{ path: ACTING_FOR, message }])
}

/** Null for what is no encoded text, though it says so. */
function decoded(header: string): string | null {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(header)?.[1]
  if (encoded === undefined) return header
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null
  }
}

async function byHost(
  authenticators: readonly Authenticator[],
  request: AuthenticationRequest,
): Promise<Principal | null> {
  for (const authenticator of authenticators) {
    const answer = await authenticator.authenticate(request)
    switch (answer.outcome) {
      case 'principal':
        return answer.principal
      case 'refused':
        throw new BursarError('unauthenticated', { reason: answer.reason })
      case 'unavailable':
        throw new BursarError('unavailable', { reason: answer.reason, retryAfter: 5 })
      case 'none':
        break
    }
  }
  return null
}
