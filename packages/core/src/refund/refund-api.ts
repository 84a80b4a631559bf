import type { LineRefundOptions, PartRefundOptions, RefundOptions } from './refund-options.ts'
import type { RefundPolicyAnswer, RefundPolicyRule } from './refund-policy.ts'

/** Input of `admin.orders.refundOptions`: the order and the policy. A rule that is left out is not asked. */
export interface RefundOptionsInput {
  /** Order id. */
  orderId: string
  /** Only this line. An order of thousands of parts is asked about line by line. @default all lines */
  lineId?: string | undefined
  /** Days after the day on which the order was placed, in the site's time zone. @default any number */
  windowDays?: number | undefined
  /** Only before the course begins? @default false */
  beforeStart?: boolean | undefined
  /** How far the learner may have come, 0 to 10,000 basis points, at most. @default all the way */
  maximumProgress?: number | undefined
  /** Not once a certificate was issued? @default false */
  withoutCertificate?: boolean | undefined
  /** Not where the shopper agreed to lose the right of withdrawal? @default false */
  withoutWaiver?: boolean | undefined
}

/** What the policy says of a part. */
export interface RefundPolicyView {
  /** `awaiting_facts`: no rule denies it by what is known, and one lacks a fact. Ask again later. */
  answer: RefundPolicyAnswer['answer']
  /** The rule that denies it, or that lacks a fact; null where it is allowed. */
  reason: RefundPolicyRule | null
}

/** What one part of one unit would give back now, if it alone were refunded. */
export interface PartRefundView extends Omit<PartRefundOptions, 'policy'> {
  /** What the policy says. */
  policy: RefundPolicyView
}

/** What a line would give back. */
export interface LineRefundView extends Omit<LineRefundOptions, 'parts'> {
  /** Each unit and part. */
  parts: readonly PartRefundView[]
}

/** What an order would give back. All amounts in minor units of `currency`. */
export interface OrderRefundOptions extends Omit<RefundOptions, 'lines'> {
  /** In the order's order. */
  lines: readonly LineRefundView[]
}
