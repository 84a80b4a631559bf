import type { LimitedAct } from '../handler/index.ts'

/** How many acts, in how long. */
export interface ActLimit {
  /** So many acts, 1 or more. */
  readonly acts: number
  /** In so many seconds, 1 or more, from the first of them. */
  readonly seconds: number
}

/** The limits, for each address or customer at a site. */
export type LimitOptions = { readonly [Act in LimitedAct]?: ActLimit | undefined }

/** Thirty mistyped codes are more than a person's, and four thousand guesses a day find no code of eight characters. Carts: a school has one address. Payments: who tries cards has thousands. */
const LIMITS: { readonly [Act in LimitedAct]: ActLimit } = {
  codes: { acts: 30, seconds: 600 },
  carts: { acts: 100, seconds: 60 },
  payments: { acts: 30, seconds: 600 },
}

/** The limits with the defaults of those that were not given. @throws RangeError */
export function limitsOf(options: LimitOptions): { readonly [Act in LimitedAct]: ActLimit } {
  const limits = {
    codes: options.codes ?? LIMITS.codes,
    carts: options.carts ?? LIMITS.carts,
    payments: options.payments ?? LIMITS.payments,
  }
  for (const [act, { acts, seconds }] of Object.entries(limits)) {
    const isFit = Number.isInteger(acts) && acts >= 1 && Number.isInteger(seconds) && seconds >= 1
    if (!isFit) throw new RangeError(`The limit of ${act} must have whole numbers of acts and seconds from 1.`)
  }
  return limits
}
