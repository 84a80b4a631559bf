export {
  advancePayment,
  captureUnderWay,
  closingOf,
  ENDED,
  isInDoubt,
  type PaymentNews,
  withOperation,
} from './advance-payment.ts'
export { isOverdue } from './is-overdue.ts'
export { eventCursors, paymentAccounts, paymentEvents, payments } from './payment.collection.ts'
export type { AfterClosing, Payment, PaymentOperation, PaymentState } from './payment.ts'
export type { PaymentAccount } from './payment-account.ts'
export { type NewPaymentAccount, paymentAccountKind } from './payment-account-kind.ts'
export type { PaymentEvent } from './payment-event.ts'
export {
  type ConnectedAccount,
  connectAccounts,
  type ProcessorPorts,
  reachAccount,
  requireAccount,
  type SecretOwner,
  type Secrets,
} from './processor-of.ts'
