import { hash } from 'node:crypto'
import { type AuthenticationAnswer, type Authenticator, BursarError } from '@bursar/core'
import { isDiscountType } from './discount-claims.ts'
import { faultOf, issuerOf, TOLERANCE } from './jwt-errors.ts'
import type { JwtAuthenticatorOptions } from './jwt-options.ts'
import { jwtPrincipal } from './jwt-principal.ts'
import { jwtVerifier } from './jwt-verifier.ts'
import { rememberedTokens, type TokenPayload } from './remembered-tokens.ts'

/** Three parts of base 64: anything else in the header is for another authenticator. */
const BEARER_JWT = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i

type Verified = { outcome: 'verified'; payload: TokenPayload } | Extract<AuthenticationAnswer, { outcome: 'refused' }>

/**
 * Takes JSON Web Tokens from `Authorization: Bearer`: `sub` is the customer, or the member of staff where the token has
 * roles. Issuer, audience, expiry and signature must be right, and the algorithm one that fits the key. A verified token
 * is remembered by its hash until it expires, at most 60 s. While the issuer's keys cannot be fetched, known ones count;
 * a token that needs an unknown one is answered `unavailable`, and the log has the cause.
 *
 * @example
 * ```ts
 * jwtAuthenticator({
 *   issuer: 'https://id.example.org',
 *   audience: 'bursar',
 *   jwksUrl: 'https://id.example.org/.well-known/jwks.json',
 * })
 * ```
 * @throws TypeError for a secret that is too short
 * @see https://www.rfc-editor.org/rfc/rfc8725 (best current practice for JWT)
 */
export function jwtAuthenticator(options: JwtAuthenticatorOptions): Authenticator {
  const now = options.now ?? Date.now
  const verifyToken = jwtVerifier(options, now)
  const remembered = rememberedTokens(now)

  const verify = async (token: string): Promise<Verified> => {
    // At once: the Web's `digest` goes to another thread and back, which costs more than all else here.
    const digest = hash('sha256', token, 'base64')
    const known = remembered.find(digest)
    if (known !== undefined) return { outcome: 'verified', payload: known }
    try {
      const { payload, protectedHeader } = await verifyToken(token, {
        issuer: options.issuer,
        audience: options.audience,
        requiredClaims: ['exp'],
        clockTolerance: TOLERANCE,
        currentDate: new Date(now()),
      })
      // A page shows it to whom it is for: it says what they get, not who they are.
      if (isDiscountType(protectedHeader.typ)) return { outcome: 'refused', reason: 'the token promises a discount' }
      remembered.keep(digest, payload, payload.exp ?? 0)
      return { outcome: 'verified', payload }
    } catch (error) {
      return refusal(error)
    }
  }

  return {
    name: 'jwt',
    authenticate: async (request) => {
      const token = BEARER_JWT.exec(request.header('authorization') ?? '')?.[1]
      if (token === undefined) return { outcome: 'none' }
      if (options.operator !== undefined && options.operator !== request.site.operator) return { outcome: 'none' }
      if (options.otherIssuers === 'pass' && issuerOf(token) !== options.issuer) return { outcome: 'none' }
      const verified = await verify(token)
      if (verified.outcome !== 'verified') return verified
      const principal = jwtPrincipal(verified.payload, options.claims ?? {}, request.site.site)
      if (typeof principal === 'string') return { outcome: 'refused', reason: `the token ${principal}` }
      return { outcome: 'principal', principal }
    },
  }
}

/** A token that is wrong is refused; where its key could not be had, nobody knows. */
function refusal(error: unknown): Verified {
  const reason = faultOf(error)
  if (reason !== null) return { outcome: 'refused', reason }
  // Its message can name machines of the operator's.
  throw new BursarError('unavailable', { message: 'Nobody can be signed in at the moment.', cause: error })
}
