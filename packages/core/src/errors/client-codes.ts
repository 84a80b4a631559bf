/** An error that a client makes by itself, `[code, HTTP status, sentence]`: all that a browser has of the table of errors. */
export type ClientError<Code extends string = string> = readonly [code: Code, status: number, sentence: string]

/** The input is wrong. */
export const INVALID_INPUT = ['invalid_input', 400, 'Not valid: see the issues.'] as const
/** Nobody is signed in. */
export const UNAUTHENTICATED = ['unauthenticated', 401, 'Sign in first.'] as const
/** It is not there. */
export const NOT_FOUND = ['not_found', 404, 'Nothing here for you.'] as const
/** Another was first. */
export const VERSION_CONFLICT = ['version_conflict', 409, 'It was changed: look again.'] as const
/** The cart became an order. */
export const CART_NOT_OPEN = ['cart_not_open', 409, 'The cart was ordered.'] as const
/** There is nothing to be ordered. */
export const CART_EMPTY = ['cart_empty', 409, 'The cart is empty.'] as const
/** A payment is under way. */
export const PAYMENT_IN_PROGRESS = ['payment_in_progress', 409, 'A payment is under way: wait.'] as const
/** A defect. */
export const INTERNAL = ['internal', 500, 'Something went wrong here.'] as const
/** Nobody answers. */
export const UNAVAILABLE = ['unavailable', 503, 'No answer: try again soon.'] as const
