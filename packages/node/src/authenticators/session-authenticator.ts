import type { AuthenticationRequest, Authenticator, Principal } from '@bursar/core'

/** Says who is signed in to the host, or null for nobody. A `Promise` of it, where the host has to look. */
export type SessionLookup = (request: AuthenticationRequest) => Principal | null | Promise<Principal | null>

/**
 * Takes the host's own session: one function that says whose it is. What it throws, it could not learn.
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
  return {
    name: 'session',
    authenticate: async (request) => {
      try {
        const principal = await lookup(request)
        return principal === null ? { outcome: 'none' } : { outcome: 'principal', principal }
      } catch (error) {
        return { outcome: 'unavailable', reason: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}
