import type { Instant } from '../time/index.ts'

/** The boundary of isolation: owns catalog, customers, entitlements, journal and promotions, and leads every key. */
export interface Operator {
  /** `opr_…` */
  id: string
  /** Name for staff. */
  name: string
  /** When it was made. */
  createdAt: Instant
}

/** The scope of what must be found before the operator is known. */
export const SYSTEM_SCOPE = { operator: 'system' } as const
