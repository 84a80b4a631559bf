import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import {
  base64url,
  decodeProtectedHeader,
  errors,
  type JWTClaimVerificationOptions,
  type JWTVerifyResult,
  type ProtectedHeaderParameters,
  UnsecuredJWT,
} from 'jose'

/** Checks the signature of a token and what it claims. @throws JOSEError for a wrong one; other errors where its key cannot be had */
export type JwtVerifier = (
  token: string,
  claims: JWTClaimVerificationOptions,
) => Promise<Pick<JWTVerifyResult, 'payload' | 'protectedHeader'>>

/** Of the hash's size: a shorter one is weaker than the algorithm (RFC 7518, 3.2). */
const SHORTEST = 32

/**
 * Checks tokens that are signed with a secret, by HS256 alone. The signature is compared here, at once: the Web's `verify`,
 * which jose uses, goes to another thread and back, which costs ten times the hash. What header and claims say is judged by jose.
 *
 * @throws TypeError for a secret that is too short
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-5.2
 */
export function verifierBySecret(secret: string): JwtVerifier {
  const bytes = Buffer.from(secret)
  if (bytes.byteLength < SHORTEST) {
    throw new TypeError(`A secret that tokens are signed with must have at least ${SHORTEST} bytes.`)
  }
  const key = createSecretKey(bytes)
  return async (token, claims) => {
    const [, payload = '', signature, ...others] = token.split('.')
    if (signature === undefined || others.length > 0) throw new errors.JWSInvalid('Invalid Compact JWS')
    const header = headerOf(token)
    if (header.alg !== 'HS256') {
      throw new errors.JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter value not allowed')
    }
    if (!isSigned(token, signature, key)) throw new errors.JWSSignatureVerificationFailed()
    const unsigned = base64url.encode(JSON.stringify({ ...header, alg: 'none' }))
    const judged = UnsecuredJWT.decode(`${unsigned}.${payload}.`, claims)
    return { payload: judged.payload, protectedHeader: { ...header, alg: header.alg } }
  }
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token)
  } catch (cause) {
    throw new errors.JWSInvalid('JWS Protected Header is invalid', { cause })
  }
}

function isSigned(token: string, signature: string, key: KeyObject): boolean {
  const signed = token.slice(0, -signature.length - 1)
  const expected = Buffer.from(createHmac('sha256', key).update(signed).digest('base64url'))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
