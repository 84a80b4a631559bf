import type { Recipient } from '../customer/index.ts'
import type { DeliveryState, EntitlementState, RunState, WaitingFor } from '../entitlement/index.ts'
import type { Json } from '../json/index.ts'
import type { PaymentState } from '../payment/index.ts'
import type { NextStep } from '../ports/index.ts'
import type { Adjustment, PlaceOfSale, Quote } from '../pricing/index.ts'
import type { Instant } from '../time/index.ts'
import type { MoneyAmounts, MoneyState } from './money-state.ts'
import type { Order, OrderState } from './order.ts'

/** A payment as shoppers see it. */
export interface PaymentView {
  /** `pay_…` */
  id: string
  /** Payment account id. */
  account: string
  /** Where it stands. */
  status: PaymentState
  /** Is its outcome in doubt? Then nothing but waiting or asking again is right. */
  inDoubt: boolean
  /** What the shopper has to do next, or null. */
  next: NextStep | null
}

/** One delivery: of one part of one unit. */
export interface DeliveryView {
  /** `grt_…`, or the entitlement's id where nothing is delivered. */
  id: string
  /** Unit of the line, from 1. */
  unit: number
  /** Part of the line. */
  part: string
  /** Where it stands. */
  state: DeliveryState
  /** What it waits for, or null. */
  waitingFor: WaitingFor | null
  /** Why it has not happened yet, for the page that waits for it; null while nothing is late. */
  delay: DeliveryDelayView | null
  /** What the recipient may see, such as a download address, or null. */
  detail: Json | null
}

/** Why a delivery has not happened yet, as its recipient sees it. */
export interface DeliveryDelayView {
  /**
   * `not_answering`: the platform does not answer, and is asked again. `under_way`: it was accepted, or a person is at
   * work. `needs_staff`: it was refused, or nobody has configured the platform, and staff see it; the recipient need do nothing.
   */
  reason: 'not_answering' | 'under_way' | 'needs_staff'
  /** One English sentence for it; pages in other languages go by the reason. */
  message: string
  /** When it is tried again; null where that is not known. */
  nextAttemptAt: Instant | null
}

/** A line of an order as callers see it. Amounts in minor units. */
export interface OrderLineView {
  /** Line id. */
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
  /** Who gets it. */
  recipient: Recipient
  /** Each delivery. */
  deliveries: readonly DeliveryView[]
}

/** An order as callers see it: three axes, never one. */
export interface OrderView {
  /** `ord_…` */
  id: string
  /** Its number for people. */
  number: string
  /** Version of the record. */
  version: number
  /** Cart id. */
  cartId: string
  /** Where the order stands. */
  state: OrderState
  /** Where its money stands. */
  money: { state: MoneyState; disputed: boolean; amounts: MoneyAmounts }
  /** The least advanced of its deliveries, or null where there is nothing to deliver yet. */
  delivery: DeliveryState | null
  /** ISO 4217 code. */
  currency: string
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
  /** Where the sale took place. */
  place: PlaceOfSale
  /** Lines. */
  lines: readonly OrderLineView[]
  /** The live or last payment, or null for a total of zero. */
  payment: PaymentView | null
  /** When checkout started. */
  createdAt: Instant
  /** When it was placed, or null. */
  placedAt: Instant | null
  /**
   * Why it ended: `expired`, `merged` into another cart or `replaced` by another order. What staff wrote when they ended it is told
   * to the operator's people alone; others see null.
   */
  cancelReason: string | null
  /** What was not known when it was sold. Told to the operator's people alone; absent where there is nothing. */
  reviews?: Order['reviews'] | undefined
}

/** Input of `me.chooseRun`. */
export interface ChooseRunInput {
  /** Id of the right, as `me.entitlements` names it. */
  entitlementId: string
  /** Id of the run. */
  run: string
}

/** A run that the holder of a right may choose. */
export interface RunView {
  /** Give it to `me.chooseRun`. */
  id: string
  /** Its name. */
  title: string
  /** From when it can be chosen, or null. */
  enrolmentStartsAt: Instant | null
  /** Until when (exclusive), or null. */
  enrolmentEndsAt: Instant | null
  /** When it begins, or null. */
  serviceStart: Instant | null
  /** When it ends, or null. */
  serviceEnd: Instant | null
  /** Can it be chosen now? */
  state: RunState
}

/** An entitlement as its holder sees it. */
export interface EntitlementView {
  /** `ent_…` */
  id: string
  /** Variant id. */
  variantId: string
  /** Product id. */
  productId: string
  /** Title of the product now. */
  title: string
  /** Name of the variant. */
  variantName: string
  /** Where it stands: `expired` from its `validUntil` on. */
  state: EntitlementState
  /** From when it counts. One that is `pending` begins later: once what it waits for is there. */
  validFrom: Instant
  /** Until when (exclusive), or null. Null too while it is `pending`: its days run from when it begins. */
  validUntil: Instant | null
  /** The order that gave it. */
  orderId: string
  /** Its delivery, or null where nothing is delivered. */
  delivery: DeliveryView | null
  /** The runs among which its holder has to choose, while they have to; else absent. */
  runs?: readonly RunView[] | undefined
  /** The run that its holder chose; absent where none was, or where there was none to choose. */
  run?: { id: string; title: string } | undefined
}

/** How an order came to its price. */
export interface OrderExplanation {
  /** The order's number. */
  number: string
  /** The clock by which it was priced. */
  pricedAt: Instant
  /** Each line, each step of it, each code and the sums, as sentences for a person. */
  steps: readonly string[]
  /** The quote, priced again from what priced it then. */
  quote: Quote
  /** Is it, to the cent and the word, the quote that was accepted? `false` is a fault of the books: run the doctor. */
  isSame: boolean
}

/** Input of `orders.get`. */
export interface GetOrderInput {
  /** Order id. */
  orderId: string
}

/** Input of `orders.refreshPayment`: asks the processor, for pages that shoppers come back to. */
export interface RefreshPaymentInput {
  /** Order id. */
  orderId: string
}

/** Input of `orders.claim`: a guest's order becomes that of the customer who calls. */
export interface ClaimOrderInput {
  /** Order id. */
  orderId: string
}
