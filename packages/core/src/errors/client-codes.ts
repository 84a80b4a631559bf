/** An error that a client makes by itself: all that a browser has of the table of errors, row by row as it needs them. */
export interface ClientError<Code extends string = string> {
  /** Stable code. */
  readonly code: Code
  /** HTTP status. */
  readonly status: number
  /** A sentence that the reader can act on. */
  readonly sentence: string
}

const row = <Code extends string>(code: Code, status: number, sentence: string): ClientError<Code> => ({
  code,
  status,
  sentence,
})

/** The input is wrong. */
export const INVALID_INPUT = /* @__PURE__ */ row('invalid_input', 400, 'The request is not valid: see the issues.')
/** Nobody is signed in. */
export const UNAUTHENTICATED = /* @__PURE__ */ row('unauthenticated', 401, 'Sign in to do this.')
/** It is not there. */
export const NOT_FOUND = /* @__PURE__ */ row('not_found', 404, 'There is nothing here for you under that name.')
/** Another was first. */
export const VERSION_CONFLICT = /* @__PURE__ */ row(
  'version_conflict',
  409,
  'It was changed meanwhile: fetch it again and repeat.',
)
/** The cart became an order. */
export const CART_NOT_OPEN = /* @__PURE__ */ row(
  'cart_not_open',
  409,
  'This cart was already ordered: start a new one.',
)
/** There is nothing to be ordered. */
export const CART_EMPTY = /* @__PURE__ */ row('cart_empty', 409, 'The cart is empty.')
/** A payment is under way. */
export const PAYMENT_IN_PROGRESS = /* @__PURE__ */ row(
  'payment_in_progress',
  409,
  'A payment for this cart is under way: wait for its answer before you try again.',
)
/** A defect. */
export const INTERNAL = /* @__PURE__ */ row('internal', 500, 'Something went wrong on our side.')
/** Nobody answers. */
export const UNAVAILABLE = /* @__PURE__ */ row(
  'unavailable',
  503,
  'The shop cannot answer now: nothing was lost, try again shortly.',
)
