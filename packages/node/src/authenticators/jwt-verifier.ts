import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { JwtKeys } from './jwt-options.ts'
import { remoteKeys } from './remote-keys.ts'
import { type JwtVerifier, verifierBySecret } from './verify-by-secret.ts'

/** Algorithms that are taken where keys are public: never `none`, and no secret. */
const PUBLIC = ['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519']

/** Checks tokens by the keys of an issuer. @throws TypeError for a secret that is too short */
export function jwtVerifier(keys: JwtKeys, now: () => number): JwtVerifier {
  if ('secret' in keys) return verifierBySecret(keys.secret)
  if ('jwksUrl' in keys) return byPublicKeys(remoteKeys({ url: keys.jwksUrl, fetch: keys.fetch, now }))
  // The type that jose declares is mutable; it copies the set.
  return byPublicKeys(createLocalJWKSet(keys.jwks as unknown as JSONWebKeySet))
}

const byPublicKeys =
  (keyOf: JWTVerifyGetKey): JwtVerifier =>
  (token, claims) =>
    jwtVerify(token, keyOf, { ...claims, algorithms: PUBLIC })
