import { BursarError } from '../errors/index.ts'
import { shortHash } from '../ids/index.ts'
import type { Call, Runtime } from '../ports/index.ts'
import { type Cart, KEPT_KEYS } from './cart.ts'

/**
 * The call with a key of its own where it has none and names a version: when the reply of its commit is lost, the version that
 * it wrote itself must not look like somebody else's. Without a version it does the same once more, and no room is spent.
 */
export function withOwnKey(runtime: Pick<Runtime, 'newId'>, call: Call): Call {
  return call.key === null && call.ifVersion !== null ? { ...call, key: runtime.newId('req') } : call
}

/** Was this call's key already used on this cart, for this very request? @throws BursarError `idempotency_key_reused` */
export function isRepeat(cart: Cart, call: Call): boolean {
  if (call.key === null) return false
  const key = shortHash(call.key)
  const kept = cart.keys?.find((entry) => entry.startsWith(key))
  if (kept === undefined) return false
  if (kept !== key + shortHash(call.fingerprint)) throw new BursarError('idempotency_key_reused')
  return true
}

/** The cart with this call's key among its last ones. */
export function rememberKey(cart: Cart, call: Call): Cart {
  if (call.key === null) return cart
  const entry = shortHash(call.key) + shortHash(call.fingerprint)
  return { ...cart, keys: [...(cart.keys ?? []), entry].slice(-KEPT_KEYS) }
}
