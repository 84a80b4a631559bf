import type { Instant } from '../time/index.ts'
import type { Principal } from './principal.ts'

/** One call of an operation: who, where, when, and what makes it repeatable. */
export interface Call {
  /** Operator and site. */
  readonly scope: { readonly operator: string; readonly site: string }
  /** Who calls. */
  readonly principal: Principal
  /** Operation's name, such as `carts.addLine`. */
  readonly operation: string
  /** Idempotency key, or null. */
  readonly key: string | null
  /** Hash of operation, path and body: a key belongs to one of them. Empty without a key. */
  readonly fingerprint: string
  /** The version that the caller saw, or null. */
  readonly ifVersion: number | null
  /** What the answer holds besides. @default nothing */
  readonly expand?: 'pricingInputs' | undefined
  /** The clock when the call began. */
  readonly now: Instant
}

/** The host's id of the customer for whom a principal acts, or null. */
export function customerHostId(principal: Principal): string | null {
  if (principal.type === 'customer') return principal.customerId
  if (principal.type === 'service') return principal.actingFor ?? null
  return null
}
