export type { Actor, AuditEvent } from './audit/index.ts'
export type { Cart, CartLine, Guard } from './cart/index.ts'
export type {
  AdminProduct,
  Bundle,
  BundlePart,
  CreateProductInput,
  FulfilmentTarget,
  Parsed,
  ParsePriceOptions,
  Product,
  ProductRef,
  Publication,
  PublicationInput,
  RecordStatus,
  UpdateProductInput,
  Variant,
  VariantInput,
} from './catalog/index.ts'
export {
  type AttributeDefinition,
  type CatalogRow,
  type CatalogRowPrice,
  type CheckedImport,
  type CheckImportOptions,
  type CheckTarget,
  checkImport,
  IMPORT_FIELDS,
  type ImportField,
  type ImportIssue,
  type ImportPriceOptions,
  isImportField,
  missingBundleParts,
  type ProductType,
  parsePrice,
  standardProductTypes,
  type ValidatedImportRow,
  type ValidateImportRowOptions,
  validateImportRow,
} from './catalog/index.ts'
export type {
  BuyInput,
  BuyResult,
  Commerce,
  InProcessClient,
  InstallInput,
  JobWorker,
  RequestFacts,
  ResolvedSite,
} from './commerce/commerce.ts'
export { createCommerce } from './commerce/index.ts'
export type { CommerceOptions } from './commerce/options.ts'
export {
  type AdminClient,
  type AdminOperationName,
  type CommerceClient,
  type CommerceOperationName,
  createOpenApiDocument,
  decodeOptions,
  decodeRequest,
  type Operation,
  type OperationError,
  type OperationInput,
  type OperationName,
  type OperationOptions,
  type OperationOutput,
  operations,
  type PageInput,
  type PageOf,
  type Problem,
  type RawParameter,
  type RawRoute,
  type RequestParts,
  type Route,
  rawRoutes,
  STATUS_TITLES,
  toProblem,
} from './contract/index.ts'
export type { Customer, LearnerLink } from './customer/index.ts'
export type { DeliveryState, Grant, WaitingFor } from './entitlement/index.ts'
export {
  BursarError,
  type CommonErrorCode,
  ERRORS,
  type ErrorAudience,
  type ErrorCode,
  type ErrorDetails,
  type ErrorEntry,
  type InputIssue,
  isBursarError,
} from './errors/index.ts'
export type { IdKind, IdPrefix, IdSource } from './ids/index.ts'
export { errorReference } from './ids/index.ts'
export type { StreamHead } from './journal/index.ts'
export type { Json, JsonObject } from './json/index.ts'
export type { RoundingMode } from './money/index.ts'
export {
  addMoney,
  compareMoney,
  formatMoney,
  isCurrency,
  type Money,
  money,
  multiplyMoney,
  negateMoney,
  parseDecimal,
  subtractMoney,
  sumMoney,
  zero,
} from './money/index.ts'
export type { Allocation, Order, OrderLine, OrderState, Part, UnitRun } from './order/index.ts'
export type { Payment, PaymentAccount, PaymentOperation, PaymentState } from './payment/index.ts'
export type { Failpoint, JobRecord, JobState, Storage } from './ports/index.ts'
export {
  type AuthenticationAnswer,
  type AuthenticationRequest,
  type Authenticator,
  type Caller,
  type CustomerPrincipal,
  type DeliverGrant,
  type DeliveryAnswer,
  type DeliveryRecipient,
  type EventAnswer,
  type FulfilmentProvider,
  isStorageUnavailable,
  type Logger,
  type LookupAnswer,
  type MoveMoney,
  type NextStep,
  type OpenPayment,
  type PaymentProcessor,
  type Principal,
  type ProcessorAccount,
  type ProcessorAnswer,
  type ProcessorCapabilities,
  type ProcessorEvent,
  type ProcessorPayment,
  type Runtime,
  type ServicePrincipal,
  type ServiceScope,
  type ShopperPrincipal,
  STEPS,
  type StaffPrincipal,
  type StaffRole,
  type StepName,
  StorageUnavailableError,
  type SystemPrincipal,
  silentLogger,
  systemRuntime,
  type WithdrawGrant,
} from './ports/index.ts'
export {
  explainQuote,
  type Hold,
  type Price,
  type PricedCode,
  type PricedLine,
  type PricedPromotion,
  type PricedVariant,
  type PriceList,
  type PricingInputs,
  type Quote,
  quote,
  type ShopperFacts,
} from './pricing/index.ts'
export type {
  BenefitRule,
  CartConditionRule,
  Code,
  ConditionAnswer,
  ConditionRefusal,
  ConditionRule,
  DiscountableLine,
  Fact,
  LineConditionRule,
  PromotableLine,
  Promotion,
  PromotionBenefit,
  PromotionCondition,
  PromotionContext,
  PromotionRules,
  Typed,
} from './promotion/index.ts'
export { type DoctorFinding, type DoctorReport, type DoctorSeverity, formatDoctorReport } from './report/index.ts'
export type { Consent, Seller, Site, UnknownPolicy } from './site/index.ts'
export { type MemoryStorageOptions, memoryStorage } from './storage/index.ts'
export type { TaxRate } from './tax/index.ts'
export { addMilliseconds, fromInstant, type Instant, toInstant } from './time/index.ts'
