export type { DomainEvent } from './domain-event.ts'
export { type MoneyAmounts, type MoneyState, moneyState } from './money-state.ts'
export type { Allocation, Order, OrderLine, OrderState, Part, UnitRun } from './order.ts'
export type {
  DeliveryView,
  EntitlementView,
  GetOrderInput,
  OrderLineView,
  OrderView,
  PaymentView,
  RefreshPaymentInput,
} from './order-api.ts'
export { domainEvents, orders } from './order.collection.ts'
export { allocateUnits } from './allocate-units.ts'
export { applyPayment, type ApplyContext, authorizedOf, cancelOrder, isDeliverable } from './apply-payment.ts'
export type { EntitleContext } from './entitle.ts'
export { captureEntries, saleEntries } from './journal-entries.ts'
export { myEntitlements, myOrders, siteOrders } from './list-orders.ts'
export { emit, type OrderDraft, post } from './order-draft.ts'
export { orderFromQuote, type OrderSource } from './order-from-quote.ts'
export { deliveryView, orderView, paymentView } from './order-view.ts'
export { placeOrder } from './place-order.ts'
export { getOrder, maySee, openOrder, readGiven, viewOrder } from './read-order.ts'
