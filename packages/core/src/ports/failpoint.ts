/**
 * Called at each boundary between effects with the step's name, so that a test can end the process there.
 * The default does nothing.
 */
export type Failpoint = (step: StepName) => void

/** The steps of a purchase, in the order in which they happen; w: webhook, d: delivery. */
export const STEPS = [
  's1_quote_frozen',
  's2_order_committed',
  's3_processor_called',
  's4_processor_answered',
  's5_payment_committed',
  's6_reply_sent',
  'w1_event_verified',
  'w2_event_stored',
  'w3_payment_fetched',
  'w4_payment_committed',
  'd1_grant_leased',
  'd2_provider_called',
  'd3_provider_answered',
  'd4_grant_committed',
] as const

/** Name of a step of a purchase. */
export type StepName = (typeof STEPS)[number]
