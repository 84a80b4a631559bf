import type { CartsPreview, CartToPreview, PromotionPreview } from '../admin/index.ts'
import type { AuditEvent } from '../audit/index.ts'
import type { CartView } from '../cart/index.ts'
import type {
  AdminProduct,
  CatalogRow,
  CreateProductInput,
  ProductCollection,
  ProductRef,
  UpdateProductInput,
} from '../catalog/index.ts'
import type { Customer, LearnerLink, TaxExemption } from '../customer/index.ts'
import type { Grant } from '../entitlement/index.ts'
import type { Json } from '../json/index.ts'
import type { Order, OrderExplanation, OrderView } from '../order/index.ts'
import type { Payment, PaymentAccount } from '../payment/index.ts'
import type { JobRecord, JobState, QueueDepth, ServiceScope } from '../ports/index.ts'
import type { PriceChange, PriceList, Quote } from '../pricing/index.ts'
import type { Code, CodeBatch, Promotion, ReturnsUse } from '../promotion/index.ts'
import type { OrderRefundOptions, RefundOptionsInput } from '../refund/index.ts'
import type { DoctorReport } from '../report/index.ts'
import type { Seller, Site } from '../site/index.ts'
import type { TaxRate } from '../tax/index.ts'
import type { Instant } from '../time/index.ts'
import type { OperationOptions, PageInput, PageOf } from './common.ts'

/** A record with its version. */
export interface Versioned<T> {
  /** The record. */
  record: T
  /** Give it as `ifVersion` to change only what was seen. */
  version: number
}

/** Makes a record; what has a default may be left out, the id too. */
export type CreateInput<T, Optional extends keyof T = never> = Omit<T, 'id' | Optional> & {
  [K in Optional]?: T[K] | undefined
} & {
  /** An id of the operator's choice, 1 to 64 characters of `a–z 0–9 _ -`. @default a new one */
  id?: string | undefined
}

/** Changes a record; what is absent stays. */
export type UpdateInput<T> = { [K in Exclude<keyof T, 'id'>]?: T[K] | undefined } & {
  /** Record id. */
  id: string
}

/** Names a record. */
export interface RecordInput {
  /** Record id. */
  id: string
}

/** Operations on one kind of simple record. */
export interface RecordsApi<T, Optional extends keyof T = never> {
  /** A page of them. */
  list(input: PageInput, options?: OperationOptions): Promise<PageOf<Versioned<T>>>
  /** One. */
  get(input: RecordInput, options?: OperationOptions): Promise<Versioned<T>>
  /** Makes one. */
  create(input: CreateInput<T, Optional>, options?: OperationOptions): Promise<Versioned<T>>
  /** Changes one. */
  update(input: UpdateInput<T>, options?: OperationOptions): Promise<Versioned<T>>
}

/** Rows of an import; see `docs/import.md`. */
export interface ImportProductsInput {
  /** At most 50,000. */
  rows: readonly CatalogRow[]
}

/** What an import did. */
export interface ImportResult {
  /** Products made. */
  created: number
  /** Products changed. */
  updated: number
  /** Products that were so already. */
  unchanged: number
}

/** The catalog. */
export interface AdminProductsApi {
  /** Products of the operator, newest first, or by search. */
  list(input: PageInput & { search?: string | undefined }, options?: OperationOptions): Promise<PageOf<AdminProduct>>
  /** One product. */
  get(input: ProductRef, options?: OperationOptions): Promise<AdminProduct>
  /** Makes a product with its variants and prices. */
  create(input: CreateProductInput, options?: OperationOptions): Promise<AdminProduct>
  /** Changes a product, its variants, prices and publication. */
  update(input: UpdateProductInput, options?: OperationOptions): Promise<AdminProduct>
  /** Takes it off sale everywhere; orders keep it. */
  archive(input: ProductRef, options?: OperationOptions): Promise<AdminProduct>
  /**
   * Makes or changes products by their external ids. All rows are checked before the first product is stored, a few at a
   * time; after a failure (`data.stored` counts them) the same call does the others.
   */
  import(input: ImportProductsInput, options?: OperationOptions): Promise<ImportResult>
  /** Changes of a variant's prices, newest first: who, when, from what to what. */
  priceChanges(input: PageInput & { variantId: string }, options?: OperationOptions): Promise<PageOf<PriceChange>>
}

export type { CartsPreview, CartToPreview, PreviewedCart, PreviewedOrder, PromotionPreview } from '../admin/index.ts'

/** A promotion to be made. */
export type NewPromotionInput = CreateInput<
  Promotion,
  'sites' | 'from' | 'until' | 'requiresCode' | 'conditions' | 'limits' | 'stacking' | 'priority' | 'status'
>

/** Prices carts with a promotion that need not be live. */
export interface PreviewCartsInput {
  /** The promotion, live or not. Its window and its code are taken as given, limits count from what was used of them. */
  promotion: NewPromotionInput
  /** 1 to 50. */
  carts: readonly CartToPreview[]
}

/** Prices orders again with a promotion that need not be live. */
export interface PreviewPromotionInput extends PageInput {
  /** The promotion. Its window and its code are taken as given. */
  promotion: NewPromotionInput
  /** Orders begun from then on … */
  from: Instant
  /** … and before then. */
  until: Instant
}

/** Promotions. */
export interface AdminPromotionsApi {
  /** A page of them. */
  list(input: PageInput, options?: OperationOptions): Promise<PageOf<Versioned<Promotion>>>
  /** One. */
  get(input: RecordInput, options?: OperationOptions): Promise<Versioned<Promotion>>
  /** Makes one. */
  create(input: NewPromotionInput, options?: OperationOptions): Promise<Versioned<Promotion>>
  /** Changes one. */
  update(input: UpdateInput<Promotion>, options?: OperationOptions): Promise<Versioned<Promotion>>
  /**
   * What a promotion that need not be live would have given to the placed orders of a time range, a page of orders at a
   * time. Each is priced again from all that priced it then; limits are not counted from order to order. Writes nothing.
   */
  preview(input: PreviewPromotionInput, options?: OperationOptions): Promise<PromotionPreview>
  /**
   * What a promotion that need not be live would give to carts as they are now: carts of the site, or lines that somebody
   * could buy. Writes nothing.
   */
  previewCarts(input: PreviewCartsInput, options?: OperationOptions): Promise<CartsPreview>
}

/** How a cart comes to its price now. */
export interface CartExplanation {
  /** The clock by which it was priced. */
  pricedAt: Instant
  /** Each line, each step of it, each code with what became of it, and the sums, as sentences for a person. */
  steps: readonly string[]
  /** The quote, with the true reason of each refusal: of a single-use code shoppers are told less. */
  quote: Quote
}

/** Carts as staff see them. */
export interface AdminCartsApi {
  /** How a cart comes to its price now, for the customer whose it is: each step told. Changes nothing. */
  explain(input: { cartId: string }, options?: OperationOptions): Promise<CartExplanation>
}

/** Makes a batch of codes. */
export interface CreateCodeBatchInput {
  /** An id of the operator's choice, 1 to 64 characters of `a–z 0–9 _ -`. @default a new one */
  id?: string | undefined
  /** Name for staff. */
  name: string
  /** Promotion id. */
  promotionId: string
  /** How many codes, 1 to 100,000. */
  count: number
  /** What each code begins with: up to 16 letters and digits. @default nothing */
  prefix?: string | undefined
  /** Characters after the prefix, 10 to 32. @default 12 */
  length?: number | undefined
  /** The one site where they are valid, or `*` for all. @default the site of the call */
  site?: string | undefined
  /** How often each can be used, or null. @default 1 */
  uses?: number | null | undefined
  /** How often one customer can use each, or null. @default null */
  usesPerCustomer?: number | null | undefined
  /** Whether a use comes back when its order is refunded. @default 'never' */
  returnsUse?: ReturnsUse | undefined
  /** From when they are valid. @default null, at once */
  from?: Instant | null | undefined
  /** Until when (exclusive). @default null, without end */
  until?: Instant | null | undefined
}

/** Changes all codes of a batch at once; what is absent stays. */
export interface UpdateCodeBatchInput {
  /** Batch id. */
  id: string
  /** Name for staff. */
  name?: string | undefined
  /** From when they are valid. */
  from?: Instant | null | undefined
  /** Until when (exclusive). */
  until?: Instant | null | undefined
  /** How often one customer can use each, or null. */
  usesPerCustomer?: number | null | undefined
  /** Whether a use comes back when its order is refunded. */
  returnsUse?: ReturnsUse | undefined
  /** `revoked`: none of them is valid. */
  status?: 'active' | 'revoked' | undefined
}

/** A code of a batch as it is handed out. */
export interface BatchCode {
  /** Code id. */
  id: string
  /** As it is handed out: prefix and groups of four. Spaces and hyphens don't count when it is typed. */
  code: string
  /** How often it was used, or is held by an order that is being paid. */
  used: number
  /** Where it stands: `revoked` with its batch, too. */
  status: 'active' | 'revoked'
}

/** A code and the person whose it is. */
export interface AssignedCode {
  /** Code id. */
  id: string
  /** As it is handed out. */
  code: string
  /** Customer id of the person, known or waiting to be claimed. */
  customerId: string
  /** The person's e-mail address; null once they were erased. */
  email: string | null
}

/** Batches of codes. As a file the codes are at `/v1/admin/code-batches/{id}/codes.csv`. */
export interface AdminCodeBatchesApi {
  /** A page of them. */
  list(input: PageInput, options?: OperationOptions): Promise<PageOf<Versioned<CodeBatch>>>
  /** One. */
  get(input: RecordInput, options?: OperationOptions): Promise<Versioned<CodeBatch>>
  /** Makes a batch and its codes: they cannot be guessed, and have no characters that look alike. */
  create(input: CreateCodeBatchInput, options?: OperationOptions): Promise<Versioned<CodeBatch>>
  /** Changes or revokes all codes of a batch at once. */
  update(input: UpdateCodeBatchInput, options?: OperationOptions): Promise<Versioned<CodeBatch>>
  /** Makes the codes that are missing where `create` was interrupted. Repeated, it changes nothing. */
  mint(input: RecordInput, options?: OperationOptions): Promise<Versioned<CodeBatch>>
  /** A page of its codes; `limit` goes to 1,000 here. */
  codes(input: PageInput & RecordInput, options?: OperationOptions): Promise<PageOf<BatchCode>>
  /**
   * Gives each of up to 200 addresses a code of the batch that nobody has, all or none; an address that has one keeps it.
   * Only that person can use it.
   */
  assign(
    input: RecordInput & { emails: readonly string[] },
    options?: OperationOptions,
  ): Promise<{ items: readonly AssignedCode[] }>
  /** Whom to remind: people whose code was not used and who were not reminded yet. */
  toRemind(input: PageInput & RecordInput, options?: OperationOptions): Promise<PageOf<AssignedCode>>
  /** Says that the people of these codes, up to 200, were reminded. Repeated, it changes nothing. */
  markReminded(
    input: RecordInput & { codes: readonly string[] },
    options?: OperationOptions,
  ): Promise<{ reminded: number }>
}

/** What staff write of a code. */
export type CodeWrite = Omit<Code, 'batchId' | 'assignedTo' | 'remindedAt' | 'signed'>

/** Codes. */
export interface AdminCodesApi {
  /** A page of them. */
  list(input: PageInput, options?: OperationOptions): Promise<PageOf<Versioned<Code>>>
  /** One. */
  get(input: RecordInput, options?: OperationOptions): Promise<Versioned<Code>>
  /** Makes one. */
  create(
    input: CreateInput<CodeWrite, 'site' | 'uses' | 'from' | 'until' | 'status'>,
    options?: OperationOptions,
  ): Promise<Versioned<Code>>
  /** Changes one. */
  update(input: UpdateInput<CodeWrite>, options?: OperationOptions): Promise<Versioned<Code>>
}

/** Orders as staff see them. */
export interface AdminOrdersApi {
  /** Orders of the site, newest first; with `number` the one that has it, if there is one. */
  list(
    input: PageInput & { state?: Order['state'] | undefined; number?: string | undefined },
    options?: OperationOptions,
  ): Promise<PageOf<OrderView>>
  /** One order. */
  get(input: { orderId: string }, options?: OperationOptions): Promise<OrderView>
  /** How it came to its price: priced again from what priced it then, each step told. @throws `wrong_state` for an order of an older engine, where this one comes to another quote */
  explain(input: { orderId: string }, options?: OperationOptions): Promise<OrderExplanation>
  /**
   * What each part of it would give back now, and what a policy says of that; a refund is made at the processor. Learning
   * platforms are asked where the policy has a rule about what they know, for five seconds at most.
   */
  refundOptions(input: RefundOptionsInput, options?: OperationOptions): Promise<OrderRefundOptions>
  /** Ends an order that is not paid, or whose money has all gone back: closes its payment, gives back its holds, withdraws what was delivered. */
  cancel(input: { orderId: string; reason: string }, options?: OperationOptions): Promise<OrderView>
  /**
   * Gives a guest's order to the customer whose it is; with `recipientId`, what it holds for an e-mail or a learner named in
   * it (the customer id of a line's recipient). Who that is, the caller has made sure. Repeated, it changes nothing.
   */
  claim(
    input: { orderId: string; hostId: string; recipientId?: string | undefined },
    options?: OperationOptions,
  ): Promise<OrderView>
}

/** Payments. */
export interface AdminPaymentsApi {
  /** One payment. */
  get(input: { paymentId: string }, options?: OperationOptions): Promise<Versioned<Payment>>
  /** Takes authorised money, or records that an invoice was paid. */
  capture(input: { paymentId: string }, options?: OperationOptions): Promise<OrderView>
}

/** Deliveries. */
export interface AdminGrantsApi {
  /** Grants of the operator by state. */
  list(input: PageInput & { state: Grant['state'] }, options?: OperationOptions): Promise<PageOf<Versioned<Grant>>>
  /** Tries a parked one again; a delivery with another target, where the one that was sold is wrong. */
  retry(input: { grantId: string; target?: Json | undefined }, options?: OperationOptions): Promise<Versioned<Grant>>
  /** Says that a delivery or a withdrawal was done by hand. */
  complete(input: { grantId: string; note?: string | undefined }, options?: OperationOptions): Promise<Versioned<Grant>>
}

/** Customer as staff and the host's server make it. */
export interface PutCustomerInput {
  /** The customer's id at the host. */
  hostId: string
  /** E-mail address. */
  email?: string | null | undefined
  /** Name. */
  name?: string | null | undefined
  /** Accounts at learning platforms. */
  links?: readonly LearnerLink[] | undefined
  /** Names of customer groups. */
  groups?: readonly string[] | undefined
  /** That the customer pays no tax, or some taxes not; null takes it back. */
  taxExemption?: TaxExemption | null | undefined
}

/** Everything kept under one record of a person. */
export interface CustomerExport {
  /** The personal record. */
  customer: Customer
  /**
   * Ids of the other records with the same e-mail, such as those of guest orders: they are not in this export. Null once
   * the record was erased, for its e-mail is gone.
   */
  sameEmail: readonly string[] | null
  /** Their orders, over all sites of the operator. */
  orders: readonly Order[]
  /** Their carts, over all sites of the operator. */
  carts: readonly CartView[]
  /** The payments of their orders, failed attempts too. */
  payments: readonly Payment[]
  /** What was, or is to be, delivered to them. */
  deliveries: readonly Grant[]
  /** Codes that were assigned to them. */
  codes: readonly Code[]
  /** Their entitlements. */
  entitlements: readonly { id: string; variantId: string; state: string; soldAt: Instant }[]
  /** When it was made. */
  at: Instant
}

/** A record after its personal data were erased. */
export interface ErasedCustomer extends Versioned<Customer> {
  /**
   * Ids of the other records with the e-mail that was erased, which are left as they are. Null where the record had been
   * erased before: the e-mail is gone, so there may be others.
   */
  sameEmail: readonly string[] | null
}

/** Customers. */
export interface AdminCustomersApi {
  /** One customer. */
  get(input: { customerId: string }, options?: OperationOptions): Promise<Versioned<Customer>>
  /** Makes or changes the customer with this host id. */
  put(input: PutCustomerInput, options?: OperationOptions): Promise<Versioned<Customer>>
  /** The records with exactly this e-mail address, capitals aside: with an account, of guests, and of named recipients. */
  find(input: PageInput & { email: string }, options?: OperationOptions): Promise<PageOf<Versioned<Customer>>>
  /** Everything kept under one record of a person. Other records with the same e-mail are named in `sameEmail`. */
  export(input: { customerId: string }, options?: OperationOptions): Promise<CustomerExport>
  /**
   * Erases the personal data of one record; the books stay as they are. Other records with the same e-mail are named in
   * `sameEmail` and left as they are. Repeated, it changes nothing, and `sameEmail` is null: it cannot be known any more.
   */
  erase(input: { customerId: string }, options?: OperationOptions): Promise<ErasedCustomer>
}

/** An API key as staff see it: never its secret. */
export interface ApiKeyView {
  /** `key_…` */
  id: string
  /** Name for staff. */
  name: string
  /** What it may do. */
  scopes: readonly ServiceScope[]
  /** When it was made. */
  createdAt: Instant
  /** When it was revoked, or null. */
  revokedAt: Instant | null
}

/** API keys. */
export interface AdminApiKeysApi {
  /** All keys of the operator. */
  list(input: PageInput, options?: OperationOptions): Promise<PageOf<ApiKeyView>>
  /** Makes a key; its secret is in this answer and nowhere else. */
  create(
    input: { name: string; scopes: readonly ServiceScope[] },
    options?: OperationOptions,
  ): Promise<ApiKeyView & { secret: string }>
  /** Ends a key. */
  revoke(input: { id: string }, options?: OperationOptions): Promise<ApiKeyView>
}

/** Jobs. */
export interface AdminJobsApi {
  /** Jobs of the operator by state, of one queue or of all. */
  list(
    input: PageInput & { state: JobState; queue?: string | undefined },
    options?: OperationOptions,
  ): Promise<PageOf<JobRecord>>
  /** How much waits in each queue of the operator, and since when. */
  depth(input?: Record<never, never>, options?: OperationOptions): Promise<{ queues: readonly QueueDepth[] }>
  /** Lets a parked job run again. */
  retry(input: { id: string }, options?: OperationOptions): Promise<{ retried: boolean }>
  /**
   * Ends a parked job of the queue `payment.event`, such as an event of a payment that another system made. For jobs of
   * other queues `wrong_state`: a delivery is ended by its grant.
   */
  dismiss(input: { id: string }, options?: OperationOptions): Promise<{ dismissed: boolean }>
}

/** Reports. */
export interface AdminReportsApi {
  /** Checks the invariants on the operator's live data. */
  doctor(input?: Record<never, never>, options?: OperationOptions): Promise<DoctorReport>
}

/** Audit. */
export interface AdminAuditEventsApi {
  /** Who changed a record, newest first. Of an order, a payment or a grant its own site tells, others nothing. */
  list(input: PageInput & { record: string }, options?: OperationOptions): Promise<PageOf<AuditEvent>>
}

/** What finance, support and catalog people call. */
export interface AdminClient {
  /** Catalog. */
  readonly products: AdminProductsApi
  /** Collections of products. */
  readonly collections: RecordsApi<ProductCollection, 'products'>
  /** Price lists. */
  readonly priceLists: RecordsApi<PriceList, 'groups' | 'countries' | 'from' | 'until' | 'priority' | 'status'>
  /** Promotions. */
  readonly promotions: AdminPromotionsApi
  /** Carts as staff see them. */
  readonly carts: AdminCartsApi
  /** Codes. */
  readonly codes: AdminCodesApi
  /** Batches of codes. */
  readonly codeBatches: AdminCodeBatchesApi
  /** Tax rates. */
  readonly taxRates: RecordsApi<TaxRate>
  /** Sites. */
  readonly sites: RecordsApi<
    Site,
    | 'hosts'
    | 'origins'
    | 'returnUrls'
    | 'locales'
    | 'timeZone'
    | 'priceLists'
    | 'paymentAccounts'
    | 'requiredConsents'
    | 'allowsGuests'
    | 'deliversOnAccount'
    | 'onPaymentFailure'
    | 'rounding'
    | 'priceBasis'
    | 'capture'
    | 'checkoutMinutes'
    | 'policies'
    | 'orderPrefix'
    | 'theme'
  >
  /** Sellers. */
  readonly sellers: RecordsApi<Seller, 'address' | 'taxRegistrations' | 'timeZone' | 'invoicePrefix'>
  /** Payment accounts. */
  readonly paymentAccounts: RecordsApi<Omit<PaymentAccount, 'operator'>, 'secretRefs' | 'status'>
  /** Orders. */
  readonly orders: AdminOrdersApi
  /** Payments. */
  readonly payments: AdminPaymentsApi
  /** Deliveries. */
  readonly grants: AdminGrantsApi
  /** Customers. */
  readonly customers: AdminCustomersApi
  /** API keys. */
  readonly apiKeys: AdminApiKeysApi
  /** Jobs. */
  readonly jobs: AdminJobsApi
  /** Audit. */
  readonly auditEvents: AdminAuditEventsApi
  /** Reports. */
  readonly reports: AdminReportsApi
}
