/**
 * Who gets a line's right, as a caller says it. `buyer` is the default.
 * A named learner or an e-mail becomes a customer record without a host id, so that carts and orders hold ids only.
 */
export type RecipientInput =
  | { type: 'buyer' }
  | { type: 'learner'; platform: string; learnerId: string }
  | { type: 'email'; email: string }

/** Who gets a line's right, as records keep it: a customer's id. `claim`: an e-mail that nobody has claimed yet. */
export type Recipient =
  | { type: 'buyer' }
  | { type: 'customer'; customerId: string }
  | { type: 'claim'; customerId: string }
