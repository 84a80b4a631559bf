export { allocateUnits } from './allocate-units.ts'
export { type ApplyContext, applyPayment, authorizedOf, cancelOrder } from './apply-payment.ts'
export { type Claim, claimOrder, isClaimable } from './claim-order.ts'
export type { DomainEvent } from './domain-event.ts'
export type { EntitleContext } from './entitle.ts'
export { explainOrder } from './explain-order.ts'
export { givenBack, isBudget, type MoneyBack } from './give-back.ts'
export { grantsAfter } from './grants-after.ts'
export {
  callingCustomer,
  myEntitlements,
  myOrders,
  siteOrders,
} from './list-orders.ts'
export { isRefunded, isStanding, type MoneyAmounts, type MoneyState, wentBack } from './money-state.ts'
export { domainEvents, orders } from './order.collection.ts'
export type { Allocation, Order, OrderLine, OrderState, Part, UnitRun } from './order.ts'
export type {
  ChooseRunInput,
  ClaimOrderInput,
  DeliveryDelayView,
  DeliveryView,
  EntitlementView,
  GetOrderInput,
  OrderExplanation,
  OrderLineView,
  OrderView,
  PaymentView,
  RefreshPaymentInput,
  RunView,
} from './order-api.ts'
export type { OrderDraft } from './order-draft.ts'
export { isOnTermsOf, type OrderSource, orderFromQuote } from './order-from-quote.ts'

export { placeOrder } from './place-order.ts'
export {
  assertSees,
  getOrder,
  isOfOperator,
  openOrder,
  openOrderAs,
  readGiven,
  type ViewPorts,
  viewOrder,
  viewOrderOf,
  viewStored,
} from './read-order.ts'
export { type UsedCode, usesGivenBack } from './uses-given-back.ts'
export { viewEntitlements } from './view-entitlements.ts'
