import { hashOf } from '../ids/index.ts'
import type { Scope } from '../ports/index.ts'

/** A learner's account at a provider, as a grant keeps it: only a customer's record says who it is. */
export function learnerHash({ operator }: Scope, provider: string, learnerId: string): string {
  return hashOf([operator, provider, learnerId])
}
