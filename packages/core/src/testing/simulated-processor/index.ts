export { holdsCardNumber } from './card-number.ts'
export type { CallBehaviour } from './keyed-calls.ts'
export { PAYMENT_SCRIPTS, type PaymentScript, type PaymentToken } from './payment-scripts.ts'
export type { DueDelivery, WebhookBehaviour } from './processor-deliveries.ts'
export {
  EFFECTS as PROCESSOR_EFFECTS,
  type KeyedOperation,
  type ProcessorEffect,
  type SimulatedPayment,
} from './processor-records.ts'
export type { ProcessorRules } from './processor-rules.ts'
export {
  type PaymentRef,
  type ScriptCall,
  type ShopperChoice,
  type SimulatedProcessor,
  type SimulatedProcessorOptions,
  simulatedProcessor,
} from './simulated-processor.ts'
export { signTestEvent, TEST_SIGNATURE_HEADER } from './test-signature.ts'
