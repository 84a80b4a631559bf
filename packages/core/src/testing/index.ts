export {
  type CartStoreBench,
  type CartStoreShop,
  type CartStoreSubject,
  cartStoreBench,
  type StoreTab,
  type Who,
} from './cart-store/cart-store-bench.ts'
export { type CartStoreContractCase, cartStoreContract } from './cart-store/cart-store-contract.ts'
export { type CartStoreFault, cartStoreFaults } from './cart-store/cart-store-faults.ts'
export {
  type FaultyNetwork,
  faultyNetwork,
  type NetworkFault,
  type NetworkRequest,
  type NetworkTab,
} from './cart-store/faulty-network.ts'
export { inProcessShop, remoteShop } from './cart-store/store-shops.ts'
export { type TabClock, tabClock } from './cart-store/tab-clock.ts'
export {
  type VirtualBrowser,
  type VirtualBrowserOptions,
  type VirtualTab,
  virtualBrowser,
} from './cart-store/virtual-browser.ts'
export {
  type CheckoutShop,
  type CheckoutShopKind,
  checkoutShop,
  type Shopper,
} from './checkout-store/checkout-shop.ts'
export {
  type CheckoutStoreBench,
  type CheckoutStoreSubject,
  type CheckoutTab,
  checkoutStoreBench,
} from './checkout-store/checkout-store-bench.ts'
export { type CheckoutStoreContractCase, checkoutStoreContract } from './checkout-store/checkout-store-contract.ts'
export { type CheckoutStoreFault, checkoutStoreFaults } from './checkout-store/checkout-store-faults.ts'
export { type CommerceContractCase, commerceContract } from './commerce-contract.ts'
export { type CommerceFault, commerceFaults } from './commerce-faults.ts'
export type {
  CommerceFixtures,
  CommerceSubject,
  ContractCustomer,
  LocalSubject,
  RemoteSubject,
} from './commerce-subject.ts'
export { type ContractCase, chooseCases, type LeftOutCase } from './contract-case.ts'
export { expectOutcome, expectSame, expectThat } from './expectations.ts'
export { faultsOf } from './faults-of.ts'
export {
  type ExpiredTarget,
  type FulfilmentProviderBench,
  type FulfilmentProviderNeed,
  fulfilmentProviderAbilities,
} from './fulfilment-provider-bench.ts'
export { fulfilmentProviderContract } from './fulfilment-provider-contract.ts'
export { type FulfilmentProviderFault, fulfilmentProviderFaults } from './fulfilment-provider-faults.ts'
export { jobQueueContract } from './job-queue-contract.ts'
export { type LearningPlatformBench, learningPlatformAbilities } from './learning-platform-bench.ts'
export { learningPlatformContract } from './learning-platform-contract.ts'
export { type LearningPlatformFault, learningPlatformFaults } from './learning-platform-faults.ts'
export { type MemoryShop, type MemoryShopOptions, memoryShop } from './memory-shop.ts'
export { memorySimulationLog } from './memory-simulation-log.ts'
export {
  type EventToSign,
  type PaymentProcessorBench,
  type PaymentProcessorNeed,
  type ProcessorTotals,
  paymentProcessorAbilities,
  type SignedRequest,
} from './payment-processor-bench.ts'
export { paymentProcessorContract } from './payment-processor-contract.ts'
export { type PaymentProcessorFault, paymentProcessorFaults } from './payment-processor-faults.ts'
export {
  COURSE_MODES,
  type CourseMode,
  type Enrolment,
  PLATFORM_EFFECTS,
  type PlatformBehaviour,
  type PlatformCall,
  type PlatformCourse,
  type PlatformEffect,
  type PlatformMode,
  type PlatformRules,
  type PlatformTarget,
  platformEnrolments,
  type SimulatedPlatform,
  type SimulatedPlatformOptions,
  simulatedPlatform,
} from './simulated-platform/index.ts'
export {
  simulatedPlatformBench,
  TRIAL_COURSES,
  TRIAL_NOW,
} from './simulated-platform/simulated-platform-bench.ts'
export {
  type CallBehaviour,
  type DueDelivery,
  holdsCardNumber,
  type KeyedOperation,
  PAYMENT_SCRIPTS,
  type PaymentRef,
  type PaymentScript,
  type PaymentToken,
  PROCESSOR_EFFECTS,
  type ProcessorEffect,
  type ProcessorRules,
  type ScriptCall,
  type ShopperChoice,
  type SimulatedPayment,
  type SimulatedProcessor,
  type SimulatedProcessorOptions,
  signTestEvent,
  simulatedProcessor,
  TEST_SIGNATURE_HEADER,
  type WebhookBehaviour,
} from './simulated-processor/index.ts'
export { simulatedProcessorBench } from './simulated-processor/simulated-processor-bench.ts'
export { type SimulatedTaxCalculator, simulatedTaxCalculator } from './simulated-tax-calculator.ts'
export {
  type Sabotage,
  type SabotageTools,
  type SeededRandom,
  type SimulationOptions,
  type SimulationReport,
  sabotages,
  simulate,
} from './simulation/index.ts'
export { type LogFilter, type LogRow, type RowKind, rowId, rowKind, type SimulationLog } from './simulation-log.ts'
export {
  type MakeStorage,
  type StorageContractCase,
  type StorageUnderTest,
  storageContract,
} from './storage-contract.ts'
export { type TaxCalculatorBench, type TaxCalculatorNeed, taxCalculatorAbilities } from './tax-calculator-bench.ts'
export { taxCalculatorContract } from './tax-calculator-contract.ts'
export { simulatedTaxCalculatorBench, type TaxCalculatorFault, taxCalculatorFaults } from './tax-calculator-faults.ts'
export { testAccount } from './test-account.ts'
export { type TestRuntime, type TestRuntimeOptions, testRuntime } from './test-runtime.ts'
