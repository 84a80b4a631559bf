export type {
  AddLineInput,
  ApplyCodeInput,
  ApplyDiscountInput,
  CartLineView,
  CartView,
  CartWithQuote,
  CreateCartInput,
  GetCartInput,
  MergeCartsInput,
  NewCartLine,
  RemoveCodeInput,
  RemoveLineInput,
  ShownPricingInputs,
  TakeCartInput,
  UpdateCartInput,
  UpdateLineInput,
} from '../cart/index.ts'
export type { GetProductInput, ListProductsInput, PriceTier, ProductView, VariantView } from '../catalog/index.ts'
export type { CheckoutInput, CheckoutResult, GuestInput } from '../checkout/index.ts'
export type {
  CartsApi,
  CommerceClient,
  CommerceOperationName,
  MeApi,
  OperationError,
  OperationInput,
  OperationOptions,
  OperationOutput,
  OrdersApi,
  PageInput,
  PageOf,
  Problem,
  ProductsApi,
  QuotesApi,
  SiteApi,
} from '../contract/index.ts'
export type { Recipient, RecipientInput } from '../customer/index.ts'
export type { DeliveryState, EntitlementState, RunState, WaitingFor } from '../entitlement/index.ts'
export {
  BursarError,
  type CommonErrorCode,
  type ErrorCode,
  type ErrorDetails,
  type InputIssue,
  isBursarError,
} from '../errors/index.ts'
export type { Json, JsonObject } from '../json/index.ts'
export { formatMoney, formatMoneyToParts, type Money } from '../money/index.ts'
export type {
  ChooseRunInput,
  ClaimOrderInput,
  DeliveryDelayView,
  DeliveryView,
  EntitlementView,
  GetOrderInput,
  MoneyAmounts,
  MoneyState,
  OrderLineView,
  OrderState,
  OrderView,
  PaymentView,
  RefreshPaymentInput,
  RunView,
} from '../order/index.ts'
export type { PaymentState } from '../payment/index.ts'
export type { NextStep, PagePort, TabChannel, TabMessage, TextStorage } from '../ports/index.ts'
export type {
  Adjustment,
  AdjustmentCause,
  CodeRefusal,
  CreateQuoteInput,
  LeftOutPart,
  LineRefusal,
  PartTax,
  PlaceOfSale,
  Quote,
  QuoteCode,
  QuoteHint,
  QuoteLine,
  QuoteLineInput,
  QuotePart,
  QuoteStep,
  QuoteUse,
} from '../pricing/index.ts'
export type { Missing } from '../promotion/index.ts'
export type { ConsentInput, ConsentKind, PaymentMethodView, SiteView } from '../site/index.ts'
export type { Instant } from '../time/index.ts'
export type { CartCommand, CartProblem, CartState, CartStoreCode, CartStoreLine } from './cart-store/cart-state.ts'
export type {
  CartStore,
  CartStoreOptions,
  CommandResult,
  Estimate,
  StoreLineInput,
  TabEvent,
} from './cart-store/cart-store.ts'
export { createCartStore } from './cart-store/create-cart-store.ts'
export type {
  CheckoutCommands,
  CheckoutErrorCode,
  CheckoutOutcome,
  CheckoutPhase,
  CheckoutState,
  StartCheckout,
} from './checkout-store/checkout-state.ts'
export type { CheckoutStore, CheckoutStoreOptions } from './checkout-store/checkout-store.ts'
export { createCheckoutStore } from './checkout-store/create-checkout-store.ts'
export type { ClientOptions, Secret, Send } from './client-options.ts'
export { createCommerceClient } from './create-commerce-client.ts'
export {
  createOrderWatcher,
  type OrderError,
  type OrderWatcher,
  type OrderWatcherOptions,
  type WatchedOrder,
} from './order-watcher/create-order-watcher.ts'
export {
  createQuotesBatcher,
  type QuotePlace,
  type QuotesBatcher,
  type QuotesBatcherOptions,
} from './quotes-batcher/create-quotes-batcher.ts'
export { toBursarError } from './to-bursar-error.ts'
