/** Who can do something about an error. */
export type ErrorAudience = 'shopper' | 'developer' | 'operator'

/** One row of the table of errors. */
export interface ErrorEntry {
  /** HTTP status. */
  readonly status: number
  /** A sentence that the reader can act on. */
  readonly sentence: string
  /** Who can act on it. */
  readonly audience: ErrorAudience
  /** May the same request be sent again, unchanged? */
  readonly retryable?: true
}

/** The codes that a client answers with by itself: all that a browser has of the table. */
export const CLIENT_ERRORS = {
  invalid_input: { status: 400, sentence: 'The request is not valid: see the issues.', audience: 'developer' },
  unauthenticated: { status: 401, sentence: 'Sign in to do this.', audience: 'shopper' },
  not_found: { status: 404, sentence: 'There is nothing here for you under that name.', audience: 'developer' },
  version_conflict: {
    status: 409,
    sentence: 'It was changed meanwhile: fetch it again and repeat.',
    audience: 'developer',
    retryable: true,
  },
  cart_not_open: { status: 409, sentence: 'This cart was already ordered: start a new one.', audience: 'shopper' },
  cart_empty: { status: 409, sentence: 'The cart is empty.', audience: 'shopper' },
  payment_in_progress: {
    status: 409,
    sentence: 'A payment for this cart is under way: wait for its answer before you try again.',
    audience: 'shopper',
    retryable: true,
  },
  internal: { status: 500, sentence: 'Something went wrong on our side.', audience: 'operator' },
  unavailable: {
    status: 503,
    sentence: 'The shop cannot answer now: nothing was lost, try again shortly.',
    audience: 'shopper',
    retryable: true,
  },
} as const satisfies { readonly [code: string]: ErrorEntry }

/** A code that a client may make an error of by itself. */
export type ClientErrorCode = keyof typeof CLIENT_ERRORS
