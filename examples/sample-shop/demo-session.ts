import type { Authenticator } from '@bursar/core'
import { sessionAuthenticator } from '@bursar/node'
import { jwtVerify, SignJWT } from 'jose'

/** Who signs the sample learners' tokens, and for whom. */
export const ISSUER = 'urn:bursar:sample-shop'
/** See {@link ISSUER}. */
export const AUDIENCE = 'bursar'

const COOKIE = 'demo_session'
const SECONDS = 3600

/** A token for one of the sample learners, good for an hour. */
export function signToken(secret: string, learner: string): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(learner)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${SECONDS}s`)
    .sign(new TextEncoder().encode(secret))
}

/** The cookie that keeps a browser signed in; of an empty token, the one that signs it out. */
export function sessionCookie(token: string): string {
  return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${token === '' ? 0 : SECONDS}`
}

/** Who is signed in by the cookie, or null. */
export async function learnerOf(secret: string, cookies: string | null): Promise<string | null> {
  const token = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(cookies ?? '')?.[1]
  if (token === undefined) return null
  const options = { issuer: ISSUER, audience: AUDIENCE }
  const verified = await jwtVerify(token, new TextEncoder().encode(secret), options).catch(() => null)
  return verified?.payload.sub ?? null
}

/** The host's own session: what a learning platform has already, and Bursar takes. */
export function demoSession(secret: string): Authenticator {
  return sessionAuthenticator(async (request) => {
    const learner = await learnerOf(secret, request.header('cookie'))
    return learner === null ? null : { type: 'customer', site: request.site.site, customerId: learner }
  })
}
