import type { CartWithQuote } from '../../cart/index.ts'
import type { CommerceClient, OperationError, OperationOptions } from '../../contract/index.ts'
import type { RecipientInput } from '../../customer/index.ts'
import type { BursarError, ErrorCode } from '../../errors/index.ts'
import type { PagePort } from '../../ports/index.ts'
import type { Quote } from '../../pricing/index.ts'
import type { CartState } from './cart-state.ts'

/**
 * How a command ended. It settles when the server has answered, however long the network is away; it never rejects.
 * What is refused stands in {@link CartState.errors} too, until it is dismissed.
 */
export type CommandResult<Code extends ErrorCode = ErrorCode> =
  | { readonly ok: true; readonly state: CartState }
  | { readonly ok: false; readonly error: BursarError<Code> }

/** Codes of a cart's command, and of `carts.create`, which its first command does before. */
type CodeOf<Command extends keyof CommerceClient['carts']> = OperationError<'carts.create' | `carts.${Command}`>

/** What a tab can tell the others: they fetch what they show, and pages what else depends on it. */
export type TabEvent = 'signed_in' | 'signed_out' | 'placed'

/** A line to be added. */
export interface StoreLineInput {
  /** Variant id. */
  variantId: string
  /** 1 to 1,000. @default 1 */
  quantity?: number | undefined
  /** Ids of the parts chosen from a bundle's groups. @default none */
  parts?: readonly string[] | undefined
  /** Who gets it. @default the buyer */
  recipient?: RecipientInput | undefined
  /**
   * 1 to 64 characters of `A–Z a–z 0–9 _ -`. The id of a line of the same variant sets that line, so a page on which a
   * second click must not add a second line gives the variant's id here. @default a random one
   */
  lineId?: string | undefined
}

/**
 * Reckons what is shown from what the server sent with the cart; the same object for the same. Null where something that
 * was not sent counts, such as another variant or a code just typed.
 */
export type Estimate = (
  sent: CartWithQuote,
  shown: Pick<CartState, 'lines' | 'codes' | 'currency' | 'country' | 'region'>,
) => Quote | null

/** What the store is made of. */
export interface CartStoreOptions {
  /** Remote (`createCommerceClient`) or in process (`commerce.as(principal)`). */
  client: CommerceClient
  /** Site id: stores of different sites share nothing. @default 'default' */
  site?: string | undefined
  /** A cart that was fetched before, such as by the server that rendered the page: the first state shows it. */
  initial?: CartWithQuote | undefined
  /** A cart that the page was told of, such as `bursar_cart` of a buy link; it takes the place of the one kept. */
  cartId?: string | undefined
  /** Another tab signed in or out, or placed the order. The store fetches its cart when this has ended. */
  onTabEvent?: ((event: TabEvent) => unknown) | undefined
  /**
   * Loads what reckons a total at once while commands wait, when it is first needed:
   * `() => import('@bursar/core/estimate')`. @default none, and the total is `stale` meanwhile
   */
  estimate?: (() => Promise<{ estimate: Estimate }>) | undefined
  /** Storage, timers, chance, network events and the other tabs. @default the browser's */
  page?: PagePort | undefined
}

/**
 * A shopper's cart in one tab: the server's truth, and a queue of the shopper's own commands that are shown at once and
 * sent one at a time. Framework-free: `subscribe` and `getState` are what `useSyncExternalStore` takes.
 *
 * Nothing starts before the first subscriber or command, so that a server can make one to render with. The methods are
 * no methods of a class: they can be taken off.
 */
export interface CartStore {
  /** The state now: the same object until something changes; lines and codes that did not change stay the same too. */
  getState(): CartState
  /** The state that the store began with, for the hydration of what a server rendered. Never changes. */
  getInitialState(): CartState
  /** Calls back after each change. With the first subscriber the store begins to hear network, page and tabs. */
  subscribe(listener: () => void): () => void

  /** Adds a line. The first one makes the cart. */
  addLine(input: StoreLineInput): Promise<CommandResult<CodeOf<'addLine'>>>
  /** Sets a line's quantity, 1 to 1,000. */
  setQuantity(lineId: string, quantity: number): Promise<CommandResult<CodeOf<'updateLine' | 'addLine'>>>
  /** Chooses the parts of a bundle's groups; they replace those chosen before. */
  setParts(lineId: string, parts: readonly string[]): Promise<CommandResult<CodeOf<'updateLine' | 'addLine'>>>
  /** Says who gets a line. */
  setRecipient(lineId: string, recipient: RecipientInput): Promise<CommandResult<CodeOf<'updateLine' | 'addLine'>>>
  /** Removes a line. */
  removeLine(lineId: string): Promise<CommandResult<CodeOf<'removeLine'>>>
  /** Applies a code, as typed. */
  applyCode(code: string): Promise<CommandResult<CodeOf<'applyCode'>>>
  /** Removes a code by its id. */
  removeCode(codeId: string): Promise<CommandResult<CodeOf<'removeCode'>>>
  /**
   * Sets currency (ISO 4217), country (ISO 3166-1 alpha-2) or region: what its ISO 3166-2 code has behind the hyphen, such as
   * `QC`. Another country forgets the region.
   */
  update(input: {
    currency?: string | undefined
    country?: string | undefined
    region?: string | undefined
  }): Promise<CommandResult<CodeOf<'update'>>>

  /** Call it when the client calls for a customer now: the guest's cart is merged into the customer's, and other tabs told. */
  signedIn(): Promise<CommandResult<OperationError<'me.takeCart'>>>
  /** Call it when the client calls for nobody again: cart and waiting commands are forgotten here, and other tabs told. */
  signedOut(): void
  /** Call it when checkout placed the order: the state is `ordered`, other tabs are told, the next command makes a new cart. */
  placed(orderId: string): void

  /** Fetches the cart. Without an answer it is refused now and tried again later. */
  refresh(): Promise<CommandResult<OperationError<'carts.get'>>>
  /** Takes an error off the list, or all of them. */
  dismissError(id?: string): void
  /** What opens this cart: give it to `carts.checkout` and, for a guest's order, to `orders.get`. */
  options(): Pick<OperationOptions, 'cartToken'>
}
