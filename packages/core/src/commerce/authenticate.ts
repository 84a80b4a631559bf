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
  const header = request.header('authorization') ?? ''
  if (!header.startsWith(API_KEY_MARK, BEARER.length) || header.slice(0, BEARER.length).toLowerCase() !== BEARER)
    return null
  const secret = header.slice(BEARER.length).trimEnd()
  const { operator, site } = request.site
  const key = await findApiKey({ storage: ports.storage }, { operator }, secret)
  if (key === null) throw new BursarError('unauthenticated')
  const actingFor = request.header('bursar-acting-for')
  if (actingFor !== null && !isHostId(actingFor))
    throw invalidInput([{ path: ACTING_FOR, message: `${ACTING_FOR} ${HOST_ID}.` }])
  return { type: 'service', site, ...key, ...(actingFor === null ? {} : { actingFor }) }
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
