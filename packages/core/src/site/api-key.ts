import type { ServiceScope } from '../ports/index.ts'
import type { Instant } from '../time/index.ts'

/** How an API key begins, so that it is told from a JWT and found by secret scanners. */
export const API_KEY_MARK = 'bursar_'

/** An API key as it is stored: the secret itself is not. */
export interface ApiKey {
  /** `key_…` */
  id: string
  /** Name for staff. */
  name: string
  /** SHA-256 of the secret, hex. */
  secretHash: string
  /** What it may do. */
  scopes: readonly ServiceScope[]
  /** When it was made. */
  createdAt: Instant
  /** When it was revoked, or null. */
  revokedAt: Instant | null
}
