import type {
  AddLineInput,
  ApplyCodeInput,
  ApplyDiscountInput,
  CartWithQuote,
  CreateCartInput,
  GetCartInput,
  MergeCartsInput,
  RemoveCodeInput,
  RemoveLineInput,
  TakeCartInput,
  UpdateCartInput,
  UpdateLineInput,
} from '../cart/index.ts'
import type { GetProductInput, ListProductsInput, ProductView } from '../catalog/index.ts'
import type { CheckoutInput, CheckoutResult } from '../checkout/index.ts'
import type {
  ChooseRunInput,
  ClaimOrderInput,
  EntitlementView,
  GetOrderInput,
  OrderView,
  RefreshPaymentInput,
} from '../order/index.ts'
import type { CreateQuoteInput, Quote } from '../pricing/index.ts'
import type { SiteView } from '../site/index.ts'
import type { OperationOptions, PageInput, PageOf } from './common.ts'

/** The site of the call. */
export interface SiteApi {
  /** The site: currencies, locales, ways to pay, theme. */
  get(input?: Record<never, never>, options?: OperationOptions): Promise<SiteView>
}

/** What is sold on the site. */
export interface ProductsApi {
  /** Published products, by search or in the site's order. */
  list(input: ListProductsInput, options?: OperationOptions): Promise<PageOf<ProductView>>
  /** One product by id or slug. @throws `not_found` when it is not on this site */
  get(input: GetProductInput, options?: OperationOptions): Promise<ProductView>
}

/** Prices without a cart. */
export interface QuotesApi {
  /** Prices up to 50 lines for the caller, without writing anything. One quote per line, or one in all with `together`. */
  create(input: CreateQuoteInput, options?: OperationOptions): Promise<{ quotes: readonly Quote[] }>
}

/** Carts. Every command answers the whole cart and its quote. */
export interface CartsApi {
  /** Makes a cart: the customer's, or an anonymous one whose token is in the answer. */
  create(input: CreateCartInput, options?: OperationOptions): Promise<CartWithQuote>
  /** The cart and its quote. */
  get(input: GetCartInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Changes currency or place. */
  update(input: UpdateCartInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Adds a line. @throws `not_sellable` with the reason */
  addLine(input: AddLineInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Sets quantity or recipient of a line. */
  updateLine(input: UpdateLineInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Removes a line; one that is not there is no error. */
  removeLine(input: RemoveLineInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Applies a code. @throws `code_not_valid` with the reason */
  applyCode(input: ApplyCodeInput, options?: OperationOptions): Promise<CartWithQuote>
  /**
   * Applies a discount that the host's server signed for this shopper; it stands among the cart's codes from then on. A newer
   * one of the same promotion takes its place. @throws `code_not_valid` for whatever is wrong with the token
   */
  applyDiscount(input: ApplyDiscountInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Removes a code; one that is not there is no error. */
  removeCode(input: RemoveCodeInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Takes an anonymous cart into the customer's; repeated, it changes nothing. */
  merge(input: MergeCartsInput, options?: OperationOptions): Promise<CartWithQuote>
  /** Starts the purchase. Needs an idempotency key. */
  checkout(input: CheckoutInput, options?: OperationOptions): Promise<CheckoutResult>
}

/** Orders of the caller. */
export interface OrdersApi {
  /** One order. */
  get(input: GetOrderInput, options?: OperationOptions): Promise<OrderView>
  /** Asks the processor how the payment stands, and answers the order as it is then. */
  refreshPayment(input: RefreshPaymentInput, options?: OperationOptions): Promise<OrderView>
  /**
   * Makes a guest's order the customer's who calls, by the token of the cart that was bought (`cartToken`), and delivers what
   * waited for it. Repeated, it changes nothing. @throws `wrong_state` before it is placed
   */
  claim(input: ClaimOrderInput, options?: OperationOptions): Promise<OrderView>
}

/** What belongs to the customer who calls. */
export interface MeApi {
  /** The newest cart on this site that the customer has not ordered, with its quote; null where there is none. */
  cart(input?: Record<never, never>, options?: OperationOptions): Promise<CartWithQuote | null>
  /**
   * The same after a sign-in: a guest's cart goes into it, and who has none gets one in that currency. Calls at once have one
   * cart, and a repeat adds nothing. @throws `not_found` where the token does not open the guest's cart
   */
  takeCart(input?: TakeCartInput, options?: OperationOptions): Promise<CartWithQuote | null>
  /** Orders on this site, newest first. */
  orders(input: PageInput, options?: OperationOptions): Promise<PageOf<OrderView>>
  /** Rights at this operator, newest first. */
  entitlements(input: PageInput, options?: OperationOptions): Promise<PageOf<EntitlementView>>
  /**
   * Chooses the run of a right of theirs, once; it is delivered then. The same run again changes nothing.
   * @throws `run_full`, `run_not_open`, `run_chosen`; `wrong_state` while it waits for something else
   */
  chooseRun(input: ChooseRunInput, options?: OperationOptions): Promise<EntitlementView>
}

/** What a storefront calls: the same in-process and over HTTP. */
export interface CommerceClient {
  /** The site of the call. */
  readonly site: SiteApi
  /** What is sold. */
  readonly products: ProductsApi
  /** Prices without a cart. */
  readonly quotes: QuotesApi
  /** Carts. */
  readonly carts: CartsApi
  /** Orders. */
  readonly orders: OrdersApi
  /** What is the customer's own. */
  readonly me: MeApi
}
