export { orderRefundOptions } from './order-refund-options.ts'
export { type LineShares, type PartShare, sharesAsSold, type UnitPart } from './part-shares.ts'
export {
  type Reckoning,
  type ReckonRefusal,
  type RefundReckoning,
  type RefundRule,
  reckonRefund,
} from './reckon-refund.ts'
export type {
  LineRefundView,
  OrderRefundOptions,
  PartRefundView,
  RefundOptionsInput,
  RefundPolicyView,
} from './refund-api.ts'
export {
  type LineRefundOptions,
  type PartRefundOptions,
  type RefundOptions,
  type RefundOptionsFacts,
  type RefundRefusal,
  refundOptions,
} from './refund-options.ts'
export type { RefundPolicy, RefundPolicyAnswer, RefundPolicyRule } from './refund-policy.ts'
export { type KeptCost, type KeptCounts, type ReplayLine, type ReplaySource, replayLine } from './replay-kept.ts'
export type { ShareAmounts } from './share-amounts.ts'
