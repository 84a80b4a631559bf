import {
  CART_EMPTY,
  CART_NOT_OPEN,
  type ClientError,
  INTERNAL,
  INVALID_INPUT,
  NOT_FOUND,
  PAYMENT_IN_PROGRESS,
  UNAUTHENTICATED,
  UNAVAILABLE,
  VERSION_CONFLICT,
} from './client-codes.ts'

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
}

const entry = <Row extends ClientError, Audience extends ErrorAudience>(
  [, status, sentence]: Row,
  audience: Audience,
): { readonly status: Row[1]; readonly sentence: Row[2]; readonly audience: Audience } => ({
  status,
  sentence,
  audience,
})

/** Every error code of the API. Codes are never renamed; a new one is a minor change, so clients have a default branch. */
export const ERRORS = {
  invalid_input: entry(INVALID_INPUT, 'developer'),
  card_number_refused: {
    status: 400,
    sentence: 'A field holds what looks like a card number. Card data goes to the processor’s own fields only.',
    audience: 'developer',
  },
  body_already_read: {
    status: 500,
    sentence: 'The body was read before Bursar saw it: mount the handler before any body parser.',
    audience: 'developer',
  },
  idempotency_key_required: {
    status: 400,
    sentence: 'This operation needs an Idempotency-Key: send a new random key for each intention.',
    audience: 'developer',
  },
  bad_signature: { status: 400, sentence: 'The signature of the event is not valid.', audience: 'developer' },
  unauthenticated: entry(UNAUTHENTICATED, 'shopper'),
  forbidden: { status: 403, sentence: 'You may not do this.', audience: 'developer' },
  not_found: entry(NOT_FOUND, 'developer'),
  site_unknown: { status: 404, sentence: 'No shop answers under this name.', audience: 'operator' },
  method_not_allowed: { status: 405, sentence: 'This address does not know that method.', audience: 'developer' },
  version_conflict: entry(VERSION_CONFLICT, 'developer'),
  idempotency_key_reused: {
    status: 409,
    sentence: 'This Idempotency-Key belongs to another request: use a new one.',
    audience: 'developer',
  },
  unique_taken: { status: 409, sentence: 'Another record already has this name.', audience: 'operator' },
  cart_not_open: entry(CART_NOT_OPEN, 'shopper'),
  cart_empty: entry(CART_EMPTY, 'shopper'),
  cart_full: { status: 409, sentence: 'The cart holds as much as it can.', audience: 'shopper' },
  not_sellable: { status: 409, sentence: 'This cannot be bought here now.', audience: 'shopper' },
  quantity_not_allowed: { status: 409, sentence: 'That many cannot be bought at once.', audience: 'shopper' },
  currency_not_offered: { status: 409, sentence: 'This shop does not sell in that currency.', audience: 'shopper' },
  code_not_valid: { status: 409, sentence: 'This code is not valid.', audience: 'shopper' },
  guard_refused: { status: 409, sentence: 'The shop’s rules do not allow this.', audience: 'shopper' },
  price_changed: { status: 409, sentence: 'The price has changed: look at it and confirm.', audience: 'shopper' },
  tax_unknown: {
    status: 503,
    sentence: 'The tax could not be learnt just now: try again in a moment.',
    audience: 'shopper',
  },
  sold_out: { status: 409, sentence: 'The last place was taken.', audience: 'shopper' },
  ownership_unknown: {
    status: 409,
    sentence: 'It cannot be checked now what you have already: please try again in a few minutes.',
    audience: 'shopper',
  },
  consent_required: { status: 409, sentence: 'Please agree to the terms first.', audience: 'shopper' },
  payment_account_unknown: {
    status: 409,
    sentence: 'This way to pay is not offered here.',
    audience: 'shopper',
  },
  amount_not_payable: {
    status: 409,
    sentence: 'This amount is too small or too large for the chosen way to pay.',
    audience: 'shopper',
  },
  payment_in_progress: entry(PAYMENT_IN_PROGRESS, 'shopper'),
  run_chosen: { status: 409, sentence: 'A run was chosen already.', audience: 'shopper' },
  run_not_open: { status: 409, sentence: 'This run cannot be chosen now: choose another one.', audience: 'shopper' },
  run_full: { status: 409, sentence: 'This run is full: choose another one.', audience: 'shopper' },
  wrong_state: { status: 409, sentence: 'This is not possible in its present state.', audience: 'operator' },
  import_refused: { status: 409, sentence: 'Some rows are not valid: nothing was imported.', audience: 'operator' },
  body_too_large: { status: 413, sentence: 'The body is larger than 256 kB.', audience: 'developer' },
  unsupported_media_type: {
    status: 415,
    sentence: 'Send JSON with Content-Type: application/json.',
    audience: 'developer',
  },
  rate_limited: { status: 429, sentence: 'Too many requests: wait a little.', audience: 'shopper' },
  internal: entry(INTERNAL, 'operator'),
  unavailable: entry(UNAVAILABLE, 'shopper'),
} as const satisfies Record<string, ErrorEntry>

/** A stable error code. */
export type ErrorCode = keyof typeof ERRORS

/** Codes that any operation may answer with. */
export type CommonErrorCode =
  | 'invalid_input'
  | 'card_number_refused'
  | 'unauthenticated'
  | 'forbidden'
  | 'site_unknown'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'internal'
  | 'unavailable'
