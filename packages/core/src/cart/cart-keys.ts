import { BursarError } from '../errors/index.ts'
import { shortHash } from '../ids/index.ts'
import type { Call } from '../ports/index.ts'
import { type Cart, KEPT_KEYS } from './cart.ts'

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
