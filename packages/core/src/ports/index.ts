export type { AuthenticationAnswer, AuthenticationRequest, Authenticator } from './authenticator.ts'
export { type Call, customerHostId } from './call.ts'
export type { DiscountAnswer, DiscountRequest, DiscountVerifier, SignedDiscount } from './discount-verifier.ts'
export { type Failpoint, STEPS, type StepName } from './failpoint.ts'
export type {
  DeliveredGrant,
  DeliverGrant,
  DeliveryAnswer,
  DeliveryRecipient,
  FulfilmentProvider,
  WithdrawGrant,
} from './fulfilment-provider.ts'
export type {
  Enqueued,
  JobChoice,
  JobDelay,
  JobListQuery,
  JobPage,
  JobQueue,
  JobRecord,
  JobState,
  LeasedJob,
  LeaseRef,
  LeaseRequest,
  QueueDepth,
} from './job-queue.ts'
export {
  type AskingOptions,
  type Eligibility,
  type HoldingsAnswer,
  isLearningPlatform,
  type LearningPlatform,
  type Ownership,
  type PlatformHolding,
  type PlatformUnknown,
  type RefundFacts,
  type RefundFactsAnswer,
} from './learning-platform.ts'
export { type Logger, silentLogger } from './logger.ts'
export type { PagePort, TabChannel, TabMessage, TextStorage } from './page-port.ts'
export type {
  EventAnswer,
  LookupAnswer,
  MoveMoney,
  NextStep,
  OpenPayment,
  PaymentProcessor,
  ProcessorAccount,
  ProcessorAnswer,
  ProcessorCapabilities,
  ProcessorEvent,
  ProcessorPayment,
} from './payment-processor.ts'
export type {
  Caller,
  CustomerPrincipal,
  Principal,
  ServicePrincipal,
  ServiceScope,
  ShopperPrincipal,
  StaffPrincipal,
  StaffRole,
  SystemPrincipal,
} from './principal.ts'
export type { Runtime } from './runtime.ts'
export {
  type AnyCollection,
  type Change,
  type CheckLimitChange,
  type Collection,
  type CollectionSearch,
  type CommitOptions,
  type Committed,
  type Conflict,
  type ConflictReason,
  type CounterState,
  type DequeueChange,
  type EnqueueChange,
  type HoldChange,
  type HoldRecord,
  type InsertChange,
  isStorageUnavailable,
  type NumberChange,
  type Page,
  type PutChange,
  type Query,
  type Ref,
  type RemoveChange,
  type Scope,
  type SearchPage,
  type SearchQuery,
  type SettleHoldChange,
  type Storage,
  StorageUnavailableError,
  type Stored,
} from './storage.ts'
export { systemRuntime } from './system-runtime.ts'
export type { CalculatedTax, TaxAnswer, TaxCalculator, TaxRequest, TaxRequestItem } from './tax-calculator.ts'
