import type { AdminClient, CommerceClient, OperationOptions } from '../contract/index.ts'
import type { Principal } from '../ports/index.ts'

/** All operations, for one principal: the storefront's and the admin's. */
export interface InProcessClient extends CommerceClient {
  /** What finance, support and catalog people call. */
  readonly admin: AdminClient
}

/** What a request says of itself before anybody knows whose it is. */
export interface RequestFacts {
  /** Host name that the request was made to, with or without port. */
  host: string
  /** A header's value by its lower-case name, or null. */
  header(name: string): string | null
}

/** The site that a request was made to. */
export interface ResolvedSite {
  /** Operator id. */
  operator: string
  /** Site id. */
  site: string
  /** Origins that browsers may call from. */
  origins: readonly string[]
}

/** Input of {@link Commerce.buy}: a link that puts one variant in a cart. */
export interface BuyInput {
  /** Variant id. */
  variant: string
  /** Code as typed. */
  code?: string | undefined
  /** Where to go then; must be one of the site's `returnUrls` or below it. */
  returnUrl: string
  /** 1 to 1,000. @default 1 */
  quantity?: number | undefined
}

/** Where {@link Commerce.buy} sends the shopper, and the cart that it put the variant in. */
export interface BuyResult {
  /** The return address with `bursar_cart` added, and `bursar_error` if the variant or the code was refused. */
  location: string
  /** Cart id, or null if the variant was refused. */
  cartId: string | null
  /** Secret of a new anonymous cart, for a cookie; absent for a customer's. */
  token?: string | undefined
}

/** Input of {@link Commerce.install}. */
export interface InstallInput {
  /** The operator. */
  operator: { id: string; name: string }
  /** Its first seller. */
  seller: Parameters<AdminClient['sellers']['create']>[0] & { id: string }
  /** Its first site, without what can't be known yet. */
  site: Omit<Parameters<AdminClient['sites']['create']>[0], 'seller'> & { id: string }
}

/** The worker that does what commits have enqueued: deliveries, payment events, reconciliation. */
export interface JobWorker {
  /** Works until stopped. Repeatable. */
  start(): void
  /** Begins nothing more and finishes what it has begun, without an end or within the time given. */
  stop(options?: StopOptions): Promise<void>
  /** Does what is due now, and what that makes due at once; answers how many jobs it did. For tests and cron. */
  runDue(): Promise<number>
}

/** How a worker stops. */
export interface StopOptions {
  /**
   * Milliseconds that jobs under way are given. What is not done by then is given back, and another worker begins it
   * anew at once. @default as long as they take
   */
  graceMs?: number | undefined
}

/** The host's object. It has no operations of its own: they are at {@link Commerce.as}. */
export interface Commerce {
  /** All operations for a principal that the host vouches for. Cheap: make one per request. Answers are frozen. */
  as(principal: Principal): InProcessClient
  /** One operation by its name (`carts.addLine`, `admin.products.create`): what an HTTP handler calls. */
  invoke(operation: string, principal: Principal, input: unknown, options?: OperationOptions): Promise<unknown>
  /** The site of a request, by `Bursar-Site` or the host name. @throws `site_unknown` */
  siteOf(request: RequestFacts): Promise<ResolvedSite>
  /** Who makes a request: API key, the host's authenticators in their order, else a shopper. @throws `site_unknown`, `unauthenticated`, `invalid_input` */
  authenticate(request: RequestFacts): Promise<Principal>
  /** `GET /v1/buy`: adds to the shopper's cart and says where to go. @throws `invalid_input` for an address that is not the site's */
  buy(principal: Principal, input: BuyInput): Promise<BuyResult>
  /**
   * A processor's event: checks its signature on the raw bytes and stores it. When this answers, it is safe to acknowledge.
   * @param rawBody the bytes, or what reads them: it is called once the account was found, so that nobody else's are kept
   * @throws `not_found` for an unknown account, `unavailable` where this process has not its processor, `bad_signature`
   */
  handleWebhook(
    paymentAccountId: string,
    rawBody: Uint8Array | (() => Promise<Uint8Array>),
    headers: { get(name: string): string | null },
  ): Promise<void>
  /**
   * Sets up an operator with its first seller and site, so that there is a site to be called at. Repeatable: what is there
   * already stays as it is. Everything else is done by the admin's operations.
   */
  install(input: InstallInput): Promise<void>
  /** The worker. */
  readonly jobs: JobWorker
  /** Is storage there, has it the collections, and does it take writes? For `/health/ready`. */
  ready(): Promise<boolean>
  /** Makes the collections. Repeatable. */
  migrate(): Promise<void>
  /** Stops the worker and closes storage. */
  close(): Promise<void>
}
