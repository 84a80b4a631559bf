import type { BenefitKind, BenefitRule } from '@bursar/core'
import * as z from 'zod'

/** Each selected line is brought down to a multiple of so many minor units: 49.90 becomes 45.00 by `to: 500`. */
export interface RoundDown {
  type: 'campus:round_down'
  to: number
}

/** The rule: what a browser takes of this file. */
export const roundDown: BenefitRule<RoundDown> = {
  type: 'campus:round_down',
  discounts: ({ to }, lines) => lines.map(({ left }) => left % to),
  describe: () => 'Rounded down',
}

/** The rule with the schema of its data, and with what no schema says. */
export const roundDownKind = (): BenefitKind<RoundDown> => ({
  rule: roundDown,
  schema: z.strictObject({ type: z.literal('campus:round_down'), to: z.int().min(2).max(100_000) }),
  check: ({ to }) => (to % 5 === 0 ? [] : [{ path: 'to', message: 'must be a multiple of 5: no coin is smaller' }]),
})
