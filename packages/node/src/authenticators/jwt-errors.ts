import { decodeJwt, errors } from 'jose'

/** Seconds by which the issuer's clock may be wrong. */
export const TOLERANCE = 5

/** jose's codes for a key set that did not come, or is none. */
const NO_KEYS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']

/**
 * What is wrong with a token, for the log and for whoever sent it: jose's code, and the claim that is wrong. Its messages repeat
 * what the token says, which nobody need have signed. Null if the key could not be had, so that nobody knows: the cause may be
 * the network's too.
 */
export function faultOf(error: unknown): string | null {
  if (!(error instanceof errors.JOSEError) || NO_KEYS.includes(error.code)) return null
  const isOfClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired
  return isOfClaim ? `${error.code}: ${error.claim}` : error.code
}

/** Who says that they made a token, before anything of it is checked. */
export function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}
