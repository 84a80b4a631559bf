import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { JwtKeys } from './jwt-options.ts'

const TEN_MINUTES = 10 * 60_000

/** What a signature is checked with, and by which algorithms alone. */
export interface JwtKeySource {
  /** Finds the key that a token's header names. @throws where it cannot be had */
  readonly keyOf: JWTVerifyGetKey
  /** Algorithms that are taken: never `none`, and no secret where keys are public. */
  readonly algorithms: readonly string[]
}

const PUBLIC = ['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519']

/** The keys of an issuer. @throws TypeError for a secret that is too short */
export function jwtKeySource(keys: JwtKeys, now: () => number): JwtKeySource {
  if ('secret' in keys) return { keyOf: sharedSecret(keys.secret), algorithms: ['HS256'] }
  if ('jwksUrl' in keys) return { keyOf: remoteKeys(keys.jwksUrl, keys.fetch, now), algorithms: PUBLIC }
  // The type that jose declares is mutable; it copies the set.
  return { keyOf: createLocalJWKSet(keys.jwks as unknown as JSONWebKeySet), algorithms: PUBLIC }
}

function sharedSecret(secret: string): JWTVerifyGetKey {
  const bytes = new TextEncoder().encode(secret)
  if (bytes.byteLength < 32) throw new TypeError('A secret that tokens are signed with must have at least 32 bytes.')
  let key: ReturnType<typeof crypto.subtle.importKey> | undefined
  return () => {
    key ??= crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    return key
  }
}

/** Old keys are better than none: they are replaced when the issuer answers, never dropped because it does not. */
function remoteKeys(url: string, fetch: typeof globalThis.fetch | undefined, now: () => number): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    ...(fetch === undefined ? {} : { [customFetch]: fetch }),
  })
  let askedAt = now()
  return (header, token) => {
    if (remote.jwks() !== undefined && now() - askedAt > TEN_MINUTES) {
      askedAt = now()
      // Nobody waits for it; the next token that needs a new key asks again.
      remote.reload().catch(() => {})
    }
    return remote(header, token)
  }
}
