export {
  type CallBehaviour,
  PAYMENT_SCRIPTS,
  type PaymentRef,
  type PaymentScript,
  type PaymentToken,
  type ProcessorEffect,
  type ShopperChoice,
  type SimulatedPayment,
  TEST_SIGNATURE_HEADER,
  type WebhookBehaviour,
} from '@bursar/core/testing'
export {
  type TestProcessor,
  type TestProcessorOptions,
  testProcessor,
  testProcessorLog,
} from './test-processor.ts'
export type { CourierReport, WebhookOptions } from './webhook-courier.ts'
