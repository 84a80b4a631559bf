import type { Instant } from '../time/index.ts'

/** The declared accounts. */
export const ACCOUNTS = [
  'cash',
  'receivable',
  'deferred_revenue',
  'revenue',
  'discount',
  'tax',
  'fees',
  'partner_payable',
  'store_credit',
  'disputes',
  'suspense',
] as const

/** Name of an account. */
export type Account = (typeof ACCOUNTS)[number]

/** One entry: positive is a debit, negative a credit. */
export interface JournalEntry {
  /** Account. */
  account: Account
  /** Minor units, never 0: debit positive, credit negative. */
  amount: number
  /** ISO 4217 code. */
  currency: string
  /** Payment account id, for cash. */
  paymentAccount?: string | undefined
  /** Order line id. */
  line?: string | undefined
  /** Part of the line. */
  part?: string | undefined
  /** Whose tax it is: a country, or a region as ISO 3166-2 writes it. */
  jurisdiction?: string | undefined
}

/** What caused a transaction. */
export type JournalCause =
  | { type: 'sale'; orderId: string }
  | { type: 'sale_cancelled'; orderId: string }
  | { type: 'capture'; orderId: string; paymentId: string }
  | { type: 'capture_failed'; orderId: string; paymentId: string }
  /** The processor reports money that went back without a refund of ours. */
  | { type: 'refund_elsewhere'; orderId: string; paymentId: string }
  | { type: 'refund'; orderId: string; paymentId: string; operationId: string }

/** Entries that sum to zero per currency. Never changed: a correction is a new one. Belongs to the operator. */
export interface JournalTransaction {
  /** `<stream>:<seq>` */
  id: string
  /** Owner of the stream: an order id. */
  stream: string
  /** Place in the stream, from 1. */
  seq: number
  /** Hash of the transaction before it in the stream, or empty. */
  previousHash: string
  /** SHA-256 over this transaction's other members. */
  hash: string
  /** Business date in the seller's zone, `YYYY-MM-DD`. */
  occurredAt: string
  /** When it was recorded. */
  recordedAt: Instant
  /** Seller id. */
  seller: string
  /** Site id. */
  site: string
  /** What caused it. */
  cause: JournalCause
  /** Two or more. */
  entries: readonly JournalEntry[]
}

/** The last place and hash of a stream, kept by its owner. */
export interface StreamHead {
  /** 0 before the first. */
  seq: number
  /** Empty before the first. */
  hash: string
}

/** Did money of an order come and fail later? What becomes of it then is the site's policy. */
export const hasFailedMoney = (booked: readonly JournalTransaction[]): boolean =>
  booked.some(({ cause }) => cause.type === 'capture_failed')
