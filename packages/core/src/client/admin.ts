export type { Actor, AuditEvent } from '../audit/index.ts'
export type {
  AdminProduct,
  Bundle,
  BundlePart,
  CollectionRule,
  CreateProductInput,
  FulfilmentTarget,
  Product,
  ProductCollection,
  ProductRef,
  Publication,
  PublicationInput,
  RecordStatus,
  UpdateProductInput,
  Variant,
  VariantInput,
} from '../catalog/index.ts'
export type {
  AdminApiKeysApi,
  AdminAuditEventsApi,
  AdminCartsApi,
  AdminClient,
  AdminCodeBatchesApi,
  AdminCodesApi,
  AdminCustomersApi,
  AdminGrantsApi,
  AdminJobsApi,
  AdminOrdersApi,
  AdminPaymentsApi,
  AdminProductsApi,
  AdminPromotionsApi,
  AdminReportsApi,
  ApiKeyView,
  AssignedCode,
  BatchCode,
  CartExplanation,
  CartsPreview,
  CartToPreview,
  CodeWrite,
  CreateCodeBatchInput,
  CreateInput,
  CustomerExport,
  ErasedCustomer,
  ImportProductsInput,
  ImportResult,
  NewPromotionInput,
  PreviewCartsInput,
  PreviewedCart,
  PreviewedOrder,
  PreviewPromotionInput,
  PromotionPreview,
  PutCustomerInput,
  RecordInput,
  RecordsApi,
  UpdateCodeBatchInput,
  UpdateInput,
  Versioned,
} from '../contract/admin-api.ts'
export type { AdminOperationName, OperationError, OperationOptions, PageInput, PageOf } from '../contract/index.ts'
export type { Customer, LearnerLink, TaxExemption, TaxExemptReason } from '../customer/index.ts'
export type { DeliveryState, Grant, WaitingFor } from '../entitlement/index.ts'
export { BursarError, type ErrorCode, isBursarError } from '../errors/index.ts'
export type { StreamHead } from '../journal/index.ts'
export type { RoundingMode } from '../money/index.ts'
export type { Allocation, Order, OrderExplanation, OrderLine, OrderState, Part, UnitRun } from '../order/index.ts'
export type { Payment, PaymentAccount, PaymentOperation, PaymentState } from '../payment/index.ts'
export type { JobRecord, JobState, QueueDepth } from '../ports/index.ts'
export type { Hold, PriceChange, PriceList } from '../pricing/index.ts'
export type {
  AnyCondition,
  Code,
  CodeBatch,
  LocalDateRange,
  NoneCondition,
  Promotion,
  PromotionBenefit,
  PromotionCondition,
  PromotionLimits,
  ReturnsUse,
  SimpleCondition,
} from '../promotion/index.ts'
export type {
  LineRefundView,
  OrderRefundOptions,
  PartRefundView,
  RefundOptionsInput,
  RefundPolicyRule,
  RefundPolicyView,
  RefundRule,
  ShareAmounts,
} from '../refund/index.ts'
export type { Consent, Seller, Site, SitePricing, UnknownPolicy } from '../site/index.ts'
export type { FurtherTax, TaxLevel, TaxRate } from '../tax/index.ts'
export type { ClientOptions, Secret, Send } from './client-options.ts'
export { createAdminClient } from './create-admin-client.ts'
