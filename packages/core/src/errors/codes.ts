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

/** A row of its own. Said by a function, the table is shorter in a browser. */
const row = <const Status extends number, const Sentence extends string, Audience extends ErrorAudience>(
  status: Status,
  sentence: Sentence,
  audience: Audience,
): { readonly status: Status; readonly sentence: Sentence; readonly audience: Audience } => ({
  status,
  sentence,
  audience,
})

/** The row of an error that a client makes by itself. */
const entry = <Row extends ClientError, Audience extends ErrorAudience>(
  [, status, sentence]: Row,
  audience: Audience,
) => row<Row[1], Row[2], Audience>(status, sentence, audience)

/** Every error code of the API. Codes are never renamed; a new one is a minor change, so clients have a default branch. */
export const ERRORS = {
  invalid_input: entry(INVALID_INPUT, 'developer'),
  card_number_refused: row(
    400,
    'A field holds what looks like a card number. Card data goes to the processor’s own fields only.',
    'developer',
  ),
  body_already_read: row(
    500,
    'The body was read before Bursar: mount the handler before any body parser.',
    'developer',
  ),
  idempotency_key_required: row(
    400,
    'This needs an Idempotency-Key: send a new random key for each intention.',
    'developer',
  ),
  bad_signature: row(400, 'The signature of the event is not valid.', 'developer'),
  unauthenticated: entry(UNAUTHENTICATED, 'shopper'),
  forbidden: row(403, 'You may not do this.', 'developer'),
  not_found: entry(NOT_FOUND, 'developer'),
  no_such_address: row(404, 'There is nothing here: see /openapi.json.', 'developer'),
  site_unknown: row(404, 'No shop answers under this name.', 'operator'),
  method_not_allowed: row(405, 'This address does not know that method.', 'developer'),
  version_conflict: entry(VERSION_CONFLICT, 'developer'),
  idempotency_key_reused: row(409, 'This Idempotency-Key belongs to another request: use a new one.', 'developer'),
  unique_taken: row(409, 'Another record already has this name.', 'operator'),
  cart_not_open: entry(CART_NOT_OPEN, 'shopper'),
  cart_empty: entry(CART_EMPTY, 'shopper'),
  cart_full: row(409, 'The cart holds as much as it can.', 'shopper'),
  not_sellable: row(409, 'This cannot be bought here now.', 'shopper'),
  quantity_not_allowed: row(409, 'That many cannot be bought at once.', 'shopper'),
  currency_not_offered: row(409, 'This shop does not sell in that currency.', 'shopper'),
  code_not_valid: row(409, 'This code is not valid.', 'shopper'),
  guard_refused: row(409, 'The rules here do not allow this.', 'shopper'),
  price_changed: row(409, 'The price has changed: look and confirm.', 'shopper'),
  tax_unknown: row(503, 'The tax is not known now: try again in a moment.', 'shopper'),
  sold_out: row(409, 'The last place was taken.', 'shopper'),
  ownership_unknown: row(409, 'What you have already is not known now: try again in a few minutes.', 'shopper'),
  consent_required: row(409, 'Please agree to the terms first.', 'shopper'),
  payment_account_unknown: row(409, 'This way to pay is not offered here.', 'shopper'),
  amount_not_payable: row(409, 'This amount is too small or too large for this way to pay.', 'shopper'),
  payment_in_progress: entry(PAYMENT_IN_PROGRESS, 'shopper'),
  run_chosen: row(409, 'A run was chosen already.', 'shopper'),
  run_not_open: row(409, 'This run cannot be chosen now: choose another one.', 'shopper'),
  run_full: row(409, 'This run is full: choose another one.', 'shopper'),
  wrong_state: row(409, 'Not possible in its present state.', 'operator'),
  import_refused: row(409, 'Rows are not valid: nothing was imported.', 'operator'),
  body_too_large: row(413, 'The body is larger than 256 kB.', 'developer'),
  unsupported_media_type: row(415, 'Send JSON with Content-Type: application/json.', 'developer'),
  rate_limited: row(429, 'Too many requests: wait a little.', 'shopper'),
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
