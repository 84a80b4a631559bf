import type { FulfilmentTarget } from '../catalog/index.ts'
import type { Recipient } from '../customer/index.ts'
import type { StreamHead } from '../journal/index.ts'
import type { JsonObject } from '../json/index.ts'
import type { Adjustment, Hold, PartTax, PlaceOfSale } from '../pricing/index.ts'
import type { Consent } from '../site/index.ts'
import type { Instant } from '../time/index.ts'
import type { MoneyAmounts } from './money-state.ts'

/** Where an order stands; money and delivery are axes of their own. */
export type OrderState = 'pending' | 'awaiting_approval' | 'on_hold' | 'placed' | 'closed' | 'cancelled'

/** The frozen share of one (unit, part) in all that the order charges, minor units. */
export interface Allocation {
  /** Part id. */
  part: string
  /** Before discounts. */
  base: number
  /** Taken off. */
  discount: number
  /** Without tax. */
  net: number
  /** Tax. */
  tax: number
  /** What was charged: net + tax. */
  total: number
}

/** A run of units with equal allocations: most lines have one or two. */
export interface UnitRun {
  /** First unit, from 1. */
  first: number
  /** How many units. */
  count: number
  /** One per part; of each single unit. */
  allocations: readonly Allocation[]
}

/** A part of an order line: what is delivered. A line that is no bundle has one, named `all`. */
export interface Part {
  /** Part id within the line. */
  id: string
  /** Variant id. */
  variantId: string
  /** Product id. */
  productId: string
  /** How it is delivered; null where nothing is. */
  fulfilment: FulfilmentTarget | null
  /** The taxes on all units of the part. */
  taxes: readonly PartTax[]
  /** When the service begins, or null. */
  serviceStart: Instant | null
  /** When it ends, or null. */
  serviceEnd: Instant | null
  /** How long the right lasts, in days, or null. */
  validityDays: number | null
  /** Its recipient chooses a run after the purchase. @default it has none to choose */
  choosesRun?: boolean | undefined
}

/** One line of an order, frozen. */
export interface OrderLine {
  /** The cart line's id. */
  id: string
  /** Variant id. */
  variantId: string
  /** Product id. */
  productId: string
  /** Title as it was sold. */
  title: string
  /** Name of the variant as it was sold. */
  variantName: string
  /** How many. */
  quantity: number
  /** List price of one unit. */
  unitPrice: number
  /** unitPrice × quantity. */
  base: number
  /** Taken off. */
  discount: number
  /** Without tax. */
  net: number
  /** Tax. */
  tax: number
  /** What is charged. */
  total: number
  /** Each step of the price. */
  adjustments: readonly Adjustment[]
  /** What it is made of. */
  parts: readonly Part[]
  /** Shares of each unit and part, as runs in order; they sum to the line. */
  units: readonly UnitRun[]
  /** Who gets it. */
  recipient: Recipient
  /** How a refund of a part is reckoned. */
  refundRule: 'share' | 'reprice' | 'whole_only'
  /**
   * Variants that the buyer had paid for before, and whose price was taken off that of this bundle.
   * @default none
   */
  credited?: readonly string[] | undefined
}

/** An accepted quote, frozen. Belongs to a site. */
export interface Order {
  /** `ord_…` */
  id: string
  /** Unique on the site; may have gaps. */
  number: string
  /** Cart id. */
  cartId: string
  /** Version of the cart that was ordered. */
  cartVersion: number
  /** Customer id; a guest gets a customer record at checkout. */
  customerId: string
  /** SHA-256 of the token by which a guest sees the order, or null. */
  tokenHash: string | null
  /** Seller id. */
  seller: string
  /** ISO 4217 code. */
  currency: string
  /** Where it stands. */
  state: OrderState
  /** In the cart's order. */
  lines: readonly OrderLine[]
  /** Sum before discounts. */
  base: number
  /** Sum of the discounts. */
  discount: number
  /** Sum without tax. */
  net: number
  /** Sum of the taxes. */
  tax: number
  /** What is charged. */
  total: number
  /** Did prices contain tax? */
  priceBasis: 'inclusive' | 'exclusive'
  /** Where the sale took place. */
  place: PlaceOfSale
  /** What was agreed to. */
  consents: readonly Consent[]
  /** Hash of the pricing inputs, which are kept as one document. */
  inputsHash: string
  /** Hash of the quote that was accepted. */
  quoteHash: string
  /** Version of the pricing engine. */
  engine: number
  /** Money, derived from operations. */
  money: MoneyAmounts
  /** Was it accepted to be paid later? */
  onAccount: boolean
  /** The live or last payment, or null for a total of zero. */
  paymentId: string | null
  /** Holds taken at checkout; the hold's id is the order's. */
  holds: readonly Hold[]
  /** What refunds gave back of them: taken again if a refund fails after all. @default none */
  returned?: readonly Hold[] | undefined
  /** Did it sell on facts that could not be learnt? Each is settled by the site's policy. */
  reviews: readonly ('ownership' | 'tax' | 'screening')[]
  /** Head of the order's stream in the journal. */
  journal: StreamHead
  /** Head of the order's stream of domain events. */
  events: StreamHead
  /** When checkout started. */
  createdAt: Instant
  /** When it was placed, or null. */
  placedAt: Instant | null
  /** When it ended without being placed, or null, and why. */
  cancelledAt: Instant | null
  /** Why it was cancelled, or null. */
  cancelReason: string | null
  /** The host's own data. */
  metadata: JsonObject
}
