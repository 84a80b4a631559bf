import { type AuthenticationRequest, type Authenticator, BursarError, type Principal } from '@bursar/core'

/** Says who is signed in to the host, or null for nobody. A `Promise` of it, where the host has to look. */
export type SessionLookup = (request: AuthenticationRequest) => Principal | null | Promise<Principal | null>

/**
 * Takes the host's own session: one function that says whose it is. Where it throws, nobody is taken for nobody: the
 * request is answered `unavailable`, and the log has the cause.
 *
 * @example
 * ```ts
 * sessionAuthenticator(async (request) => {
 *   const user = await sessions.find(request.header('cookie'))
 *   return user === null ? null : { type: 'customer', site: request.site.site, customerId: user.id }
 * })
 * ```
 */
export function sessionAuthenticator(lookup: SessionLookup): Authenticator {
  const ask = async (request: AuthenticationRequest): Promise<Principal | null> => {
    try {
      return await lookup(request)
    } catch (cause) {
      throw new BursarError('unavailable', { cause })
    }
  }
  return {
    name: 'session',
    authenticate: async (request) => {
      const principal = await ask(request)
      return principal === null ? { outcome: 'none' } : { outcome: 'principal', principal }
    },
  }
}
