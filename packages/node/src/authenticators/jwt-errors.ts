import { decodeJwt, errors } from 'jose'

/** Seconds by which the issuer's clock may be wrong. */
export const TOLERANCE = 5

/** jose's codes for a key set that did not come, or is none. */
const NO_KEYS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']

/** Could the key of a token not be had? Then nobody knows whether it is right: the cause may be the network's too. */
export function isUnobtainableKey(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || NO_KEYS.includes(error.code)
}

/** Who says that they made a token, before anything of it is checked. */
export function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}
