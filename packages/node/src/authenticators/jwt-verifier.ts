import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import type { JwtKeys } from './jwt-options.ts'
import { type JwtVerifier, verifierBySecret } from './verify-by-secret.ts'

const TEN_MINUTES = 10 * 60_000

/** Algorithms that are taken where keys are public: never `none`, and no secret. */
const PUBLIC = ['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519']

/** Checks tokens by the keys of an issuer. @throws TypeError for a secret that is too short */
export function jwtVerifier(keys: JwtKeys, now: () => number): JwtVerifier {
  if ('secret' in keys) return verifierBySecret(keys.secret)
  if ('jwksUrl' in keys) return byPublicKeys(remoteKeys(keys.jwksUrl, keys.fetch, now))
  // The type that jose declares is mutable; it copies the set.
  return byPublicKeys(createLocalJWKSet(keys.jwks as unknown as JSONWebKeySet))
}

const byPublicKeys =
  (keyOf: JWTVerifyGetKey): JwtVerifier =>
  (token, claims) =>
    jwtVerify(token, keyOf, { ...claims, algorithms: PUBLIC })

/** Old keys are better than none: they are replaced when the issuer answers, never dropped because it does not. */
function remoteKeys(url: string, fetch: typeof globalThis.fetch | undefined, now: () => number): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    ...(fetch === undefined ? {} : { [customFetch]: fetch }),
  })
  let askedAt = now()
  return (header, token) => {
    if (remote.jwks() !== undefined && Math.abs(now() - askedAt) > TEN_MINUTES) {
      askedAt = now()
      // Nobody waits for it; the next token that needs a new key asks again.
      remote.reload().catch(() => {})
    }
    return remote(header, token)
  }
}
